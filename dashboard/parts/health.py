"""The blocks of the Status page."""

from __future__ import annotations

from importlib.metadata import version

import streamlit as st

from dashboard.formats import clock_seconds_text, plain
from dashboard.parts.about import draw_problems
from dashboard.parts.badge import link_sentence
from dashboard.parts.page import Page
from dashboard.session import services

_PACKAGE = "nyc-taxi-insights"


def draw_connection(page: Page) -> None:
    """Say how the connection is, and since when."""
    held = services()
    link = held.bridge.snapshot().link
    st.header("Connection", anchor=False)
    since = clock_seconds_text(link.since, page.zone)
    said = link_sentence(link, page.zone) or f"The connection is {link.state} since {since}."
    st.markdown(plain(said))
    if held.child is not None:
        st.markdown(plain(f"The pipeline runs on this computer. {held.child.sentence or 'It is ready.'}"))
    else:
        st.markdown("The pipeline runs elsewhere.")


def draw_source(page: Page) -> None:
    """Say what data and what versions are in use."""
    st.header("Source and version", anchor=False)
    if page.state.catalogue is None:
        st.markdown(plain(page.state.catalogue_problem or "The data is not known yet."))
    else:
        data = page.state.catalogue.data
        kind = "synthetic" if data.synthetic else "real"
        st.markdown(plain(f"{data.rows:,} trips, {kind}: {data.source}. Data version {data.version}."))
    st.markdown(plain(f"NYC Taxi Insights {version(_PACKAGE)}. Times of day on this page: {page.zone.key}."))


def draw_files(page: Page) -> None:
    """List the files of the reports folder that were refused."""
    st.header("Reports", anchor=False)
    if page.state.catalogue is None:
        return
    problems = page.state.catalogue.problems
    refused = f"{len(problems)} files are refused" if len(problems) != 1 else "1 file is refused"
    st.markdown(f"{len(page.state.catalogue.reports)} reports are offered, {refused}.")
    if problems:
        draw_problems(problems)


def draw_shortcuts() -> None:
    """List the keys."""
    st.header("Keys", anchor=False)
    st.markdown("Ctrl+Enter submits. Tab moves on, arrow keys choose within a group.")
