"""Draws the cards of the queries: where each stands, how long it takes, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import streamlit as st

from dashboard.cards import Action, card
from dashboard.client.model import QueryView, Snapshot
from dashboard.codes import code_link
from dashboard.formats import plain
from dashboard.outlook import places_text
from dashboard.parts.asking import RESULTS, ask, cancel, open_answer
from dashboard.parts.live import clock
from dashboard.parts.page import Page
from dashboard.parts.title import title_of
from dashboard.questions import Question
from dashboard.state import fill_form
from dashboard.usual import Run, runs_of, usual

MAXIMUM_CARDS = 8
_SHORT = 40


def draw_cards(page: Page, snapshot: Snapshot) -> None:
    """Say how many places are taken, and draw a card for each query but the open and the dismissed ones.

    The newest is first, seen answers are folded.
    """
    state = page.state
    if taken := places_text(state.maximum_active, snapshot.queries, state.history, state.compared_ids):
        st.caption(plain(taken))
    if state.hint:
        st.info(state.hint, icon=":material/info:")
    hidden = state.compared_ids | {state.opened}
    queries = [
        query
        for query in snapshot.queries
        if query.query_id not in hidden and (query.query_id, query.phase) not in state.dismissed
    ][:MAXIMUM_CARDS]
    earlier = [query for query in queries if query.query_id in state.seen]
    runs = runs_of(state.history, snapshot.queries)
    for query in queries:
        if query not in earlier:
            _draw_card(page, query, runs)
    if earlier:
        with st.expander(f"Earlier answers ({len(earlier)})", key="earlier"):
            for query in earlier:
                _draw_card(page, query, runs)


def _draw_card(page: Page, query: QueryView, runs: Sequence[Run]) -> None:
    report = page.state.report(query.topic_name)
    question = Question(query.topic_name, query.parameters)
    time = usual(report, question, runs)
    words = card(query, report, time, datetime.now(UTC))
    marked = "marked" if page.state.hint and query.query_id == page.state.awaited else "card"
    short = len(words.sentence) <= _SHORT
    with st.container(border=True, key=f"{marked}_{query.query_id}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            title = plain(title_of(page.state, query.query_id, question))
            st.markdown(f":material/{words.icon}: **{words.word}** {title}", width="content")
            if words.ticks:
                elapsed = (datetime.now(UTC) - query.pressed_at).total_seconds()
                clock(f"clock_{query.query_id}", elapsed, time)
            if short:
                st.markdown(plain(words.sentence), width="content")
            st.space("stretch")
            for action in words.actions:
                _draw_action(page, query, action)
        if not short:
            st.markdown(plain(words.sentence))
        if words.code:
            st.markdown(f"Code {code_link(words.code)}")  # a caption pales its links
        if words.details:
            with st.expander("Details for the data team"):
                st.code(words.details, language=None, wrap_lines=True)


def _draw_action(page: Page, query: QueryView, action: Action) -> None:
    label, on_click = _ACTIONS[action]
    st.button(label, key=f"{action}_{query.query_id}", on_click=on_click, args=(page, query))


def _again(page: Page, query: QueryView) -> None:
    ask(page, Question(query.topic_name, query.parameters), page.state.compared_days(query.query_id))


def _change(page: Page, query: QueryView) -> None:
    report = page.state.report(query.topic_name)
    if report is not None:
        compared = page.state.compared_days(query.query_id)
        fill_form(report, Question(query.topic_name, query.parameters), compared)
    st.rerun()


def _dismiss(page: Page, query: QueryView) -> None:
    page.state.dismissed.add((query.query_id, query.phase))
    st.rerun(RESULTS)


_ACTIONS: dict[Action, tuple[str, Callable[[Page, QueryView], None]]] = {
    "cancel": ("Cancel", cancel),
    "open": ("Open", open_answer),
    "again": ("Try again", _again),
    "change": ("Change the question", _change),
    "dismiss": ("Dismiss", _dismiss),
}
