"""The results fragment of Explore: the only part that a notice runs. It is the last thing on the page."""

from __future__ import annotations

import streamlit as st

from dashboard import wake
from dashboard.client.model import Snapshot
from dashboard.parts.answer import draw_answer
from dashboard.parts.arrivals import announce, find, settle, unseen, watch_again
from dashboard.parts.asking import RESULTS, ask
from dashboard.parts.badge import draw_badge, draw_link_notice, follow_link
from dashboard.parts.card import draw_cards
from dashboard.parts.catalogue import follow_reports
from dashboard.parts.comparison import arrived, bring_comparison
from dashboard.parts.fetching import fetch_answer
from dashboard.parts.glance import draw_glance
from dashboard.parts.history import read_history
from dashboard.parts.page import Page
from dashboard.parts.part import draw_part
from dashboard.parts.skeleton import draw_skeleton
from dashboard.questions import Question
from dashboard.session import Services, services


@st.fragment(key=RESULTS)
def draw_results(page: Page) -> None:
    """Take the notices, then draw badge, cards and answer."""
    held = services()
    notice = wake.mount(held.bridge)  # first: whatever goes wrong below, the next notice still wakes the page
    watch_again(held.bridge, page.state)
    snapshot = held.bridge.snapshot()
    follow_link(page.state, snapshot.link)
    follow_reports(held, page.state)
    _read_history_once(page, held, snapshot)
    settle(page.state, snapshot)
    draw_badge(page.badge, snapshot.link, page.zone)
    draw_link_notice(snapshot.link, held.bridge, page.zone)
    st.html('<div id="results" tabindex="-1"></div>')
    draw_cards(page, snapshot)
    _draw_place_of_answer(page, held, snapshot, notice)
    announce(page.state, snapshot, by_toast=False)
    if len(unseen(page.state, snapshot)) != page.state.counted:
        st.rerun()  # the navigation counts the answers that were not opened


def _read_history_once(page: Page, held: Services, snapshot: Snapshot) -> None:
    """Learn, when the first page stands, what this person has asked before: the form says so beside Submit."""
    wanted = page.state.drawn and page.state.history_at is None and snapshot.link.state == "live"
    if wanted and read_history(held, page.state) is None and page.state.history:
        st.rerun()


def _draw_place_of_answer(page: Page, held: Services, snapshot: Snapshot, notice: str | None) -> None:
    if page.state.awaited is not None:
        draw_skeleton(figures=True, charts=1)
        return
    opened = find(snapshot, page.state.opened)
    if opened is not None and opened.phase == "finished":
        answer = fetch_answer(held, page.state, opened)
        if answer is None:
            again = (
                page,
                Question(opened.topic_name, opened.parameters),
                page.state.compared_days(opened.query_id),
            )
            st.button("Run again", key="run_again", on_click=ask, args=again)
        elif answer.part_of is not None:
            draw_part(page, opened, answer, notice)
        else:
            beside = arrived(held, page.state, snapshot, opened)
            with draw_answer(page, opened, answer, notice, beside):
                bring_comparison(page, held, snapshot, opened)
    elif not snapshot.queries:
        draw_glance(with_chart=page.state.drawn)
