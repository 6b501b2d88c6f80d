"""Reads the catalogue of reports into the session, and keeps it while the pipeline is away.

Where the pipeline was started by the dashboard, it tells of each change, and the open pages run once. Elsewhere a
new report shall appear in an open page soon, and a page that nobody touches shall ask nothing. So the
catalogue is read when somebody looks for a report: at a page run, when the window gets the focus, when pointer
or keys reach the box of reports, and every 0.6 s while its list is open (eight times at most).
"""

from __future__ import annotations

import time

import streamlit as st

from dashboard.client.upstream import Unreachable
from dashboard.session import Services
from dashboard.state import PageState
from pipeline.core.errors import Refusal

# Shorter than the pause between two looks at an open list: none of them may be lost.
FRESH_SECONDS = 0.4

_ATTENTION = """
const BOX = ".st-key-form_report";
let tell, last = Date.now(), looks = 0;
const look = () => { last = Date.now(); tell.setTriggerValue("attention", last); };
const lookOnce = () => { if (!document.hidden && Date.now() - last >= 1000) look(); };
const whileOpen = () => {
  if (looks-- <= 0 || !document.querySelector(`${BOX} [aria-expanded=true]`)) { looks = 0; return; }
  look();
  setTimeout(whileOpen, 600);
};
const atBox = (event) => {
  if (!event.target.closest?.(BOX)) return;
  lookOnce();
  if (looks <= 0) { looks = 8; setTimeout(whileOpen, 600); }
};
export default function (component) {
  tell = component;
  addEventListener("focus", lookOnce);
  document.addEventListener("visibilitychange", lookOnce);
  document.addEventListener("pointerover", atBox);
  document.addEventListener("focusin", atBox);
  return () => {
    removeEventListener("focus", lookOnce);
    document.removeEventListener("visibilitychange", lookOnce);
    document.removeEventListener("pointerover", atBox);
    document.removeEventListener("focusin", atBox);
  };
}
"""

_attention = st.components.v2.component("nyc_taxi_insights_attention", js=_ATTENTION)


def watch_attention() -> bool:
    """Run the current fragment again when somebody comes back to the page; say whether that was the cause now."""
    return _attention(key="attention", on_attention_change=lambda: None).attention is not None


def follow_reports(held: Services, state: PageState) -> None:
    """Run the whole page once when a report has changed since it read the catalogue."""
    if state.catalogue_changes != held.reports_changed:
        st.rerun()


def read_catalogue(held: Services, state: PageState) -> None:
    """Read the catalogue unless it is fresh; on failure keep the last one and a sentence."""
    is_young = time.monotonic() - state.catalogue_read_at < FRESH_SECONDS
    if state.catalogue is not None and is_young and state.catalogue_changes == held.reports_changed:
        return
    state.catalogue_changes = held.reports_changed
    try:
        state.catalogue = held.rest.catalogue()
        state.catalogue_problem = None
        state.catalogue_read_at = time.monotonic()
    except Unreachable as problem:
        state.catalogue_problem = problem.sentence
    except Refusal as refusal:
        state.catalogue_problem = refusal.message
