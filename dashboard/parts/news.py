"""The waking part of every page but Explore: badge, connection, toast for an answer that came meanwhile."""

from __future__ import annotations

import streamlit as st

from dashboard import wake
from dashboard.client.model import Snapshot
from dashboard.parts.arrivals import announce, unseen, watch_again
from dashboard.parts.badge import draw_badge, draw_link_notice, follow_link
from dashboard.parts.catalogue import follow_reports
from dashboard.parts.page import Page
from dashboard.session import services


@st.fragment(key="news")
def draw_news(page: Page) -> None:
    """Take the notices and tell what came. To be drawn last on the page."""
    held = services()
    wake.mount(held.bridge)
    watch_again(held.bridge, page.state)
    snapshot = held.bridge.snapshot()
    follow_link(page.state, snapshot.link)
    follow_reports(held, page.state)
    draw_badge(page.badge, snapshot.link, page.zone)
    draw_link_notice(snapshot.link, held.bridge, page.zone)
    _redraw_when_counts_change(page, snapshot)
    announce(page.state, snapshot, by_toast=True)


def _redraw_when_counts_change(page: Page, snapshot: Snapshot) -> None:
    """Run the page once when an answer came: the navigation counts them, and the list shows them."""
    state, phases = page.state, tuple(query.phase for query in snapshot.queries)
    came = state.shown is not None and state.shown != phases
    state.shown = phases
    if came or len(unseen(state, snapshot)) != state.counted:
        st.rerun()
