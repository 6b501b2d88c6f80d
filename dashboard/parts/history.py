"""The list of one's own queries: open, run again, copy the link, cancel."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard.client.model import HistoryItem
from dashboard.client.rest import Unreachable
from dashboard.formats import clock_text, plain
from dashboard.history import RUNNING, history_line, question_of
from dashboard.links import question_link, write_link
from dashboard.parts.asking import begin, watch
from dashboard.parts.live import clock
from dashboard.parts.page import Page
from dashboard.parts.title import title_of
from dashboard.questions import Question
from dashboard.session import Services, services
from dashboard.state import PageState
from dashboard.usual import runs_of, usual
from pipeline.core.errors import Refusal

_EXPLORE = "views/explore.py"
# The pipeline knows queries; that one of two is there to be compared with the other, the page knows that asked.
_ASKED_ELSEWHERE = (
    "What was asked in another tab, or before a reload, is listed without its comparison: "
    "the link of that answer opens both."
)


def draw_history(page: Page) -> None:
    """Draw the list, newest first; without the pipeline the last list stays, marked."""
    problem = read_history(services(), page.state)
    if problem:
        st.warning(plain(_unavailable(page, problem)), icon=":material/cloud_off:")
        st.button("Try again", key="history_again")
    if not page.state.history and not problem:
        st.info("Nothing asked in the last 24 hours. Ask on the Explore page.", icon=":material/history:")
    for item in page.state.history:
        _draw_line(page, item)
    if any(item.query_id not in page.state.questions for item in page.state.history):
        st.caption(_ASKED_ELSEWHERE)


def _unavailable(page: Page, problem: str) -> str:
    if page.state.history_at is None:
        return f"The list is not available. {problem}"
    return f"The list is not available. {problem} Shown as of {clock_text(page.state.history_at, page.zone)}."


def read_history(held: Services, state: PageState) -> str | None:
    """Read the list into the session; on failure keep the last one and give a sentence.

    What runs is followed from now on, wherever it was asked: in another tab, on another device, before a restart.
    """
    try:
        history = held.rest.queries()
        state.history, state.maximum_active = history.queries, history.maximum_active
        state.history_at = datetime.now(UTC)
    except Unreachable as problem:
        return problem.sentence
    except Refusal as refusal:
        return refusal.message
    for item in state.history:
        if item.state in RUNNING:
            held.bridge.watch(item.query_id, item.topic_name, item.parameters)
    return None


def _draw_line(page: Page, item: HistoryItem) -> None:
    report = page.state.report(item.topic_name)
    question = question_of(item)
    now = datetime.now(UTC)
    line = history_line(item, now, page.zone)
    with (
        st.container(border=True, key=f"history_{item.query_id}"),
        st.container(horizontal=True, vertical_alignment="center"),
    ):
        title = plain(title_of(page.state, item.query_id, question))
        st.markdown(f":material/{line.icon}: **{line.word}** {title}", width="content")
        if line.can_cancel:
            elapsed = (now - item.submitted_at).total_seconds()
            runs = runs_of(page.state.history, ())
            clock(f"clock_{item.query_id}", elapsed, usual(report, question, runs))
        st.markdown(plain(line.detail), width="content")
        st.space("stretch")
        if line.can_open and st.button("Open", key=f"open_{item.query_id}"):
            _open(page, item)
        if line.can_cancel:
            st.button("Cancel", key=f"cancel_{item.query_id}", on_click=_cancel, args=(item,))
        if st.button("Run again", key=f"again_{item.query_id}"):
            _run_again(page, item)
        with st.popover("Link", key=f"link_{item.query_id}"):
            comparison = page.state.comparisons.get(item.query_id)
            st.code(question_link(_explore_url(), question, comparison), language=None, wrap_lines=True)


def _open(page: Page, item: HistoryItem) -> None:
    question = question_of(item)
    watch(page.state, item.query_id, question)
    page.state.expect(item.query_id, question)
    _show(page, question, item.query_id)


def _run_again(page: Page, item: HistoryItem) -> None:
    question = question_of(item)
    _show(page, question, begin(page, question, page.state.compared_days(item.query_id)))


def _show(page: Page, question: Question, query_id: str) -> None:
    """Go to Explore, which reads the address as that of a link: it fills the form."""
    page.state.address = None
    address = write_link(question, query_id, page.state.comparisons.get(query_id))
    st.switch_page(_EXPLORE, query_params=address)


def _cancel(item: HistoryItem) -> None:
    services().bridge.cancel(item.query_id)


def _explore_url() -> str:
    """Give the address of Explore: this page's without its own last part."""
    return (st.context.url or "").partition("?")[0].removesuffix("/queries")
