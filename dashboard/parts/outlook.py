"""The word before the press: how long it usually takes, and an answer to the same question that is there already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import streamlit as st

from dashboard.client.model import Snapshot
from dashboard.comparing import compared_question
from dashboard.formats import moment_text, plain
from dashboard.outlook import PastAnswer, kept_answer, past_of_history, past_of_page
from dashboard.parts.asking import open_kept
from dashboard.parts.page import Page
from dashboard.periods import Days
from dashboard.questions import Question
from dashboard.session import services
from dashboard.state import PageState
from dashboard.usual import runs_of, usual
from pipeline.core.reports import Report


def draw_outlook(page: Page, report: Report, question: Question, compared: Days | None) -> None:
    """Draw the line below Submit. Nothing is run and nothing is fetched."""
    state = page.state
    snapshot = services().bridge.snapshot()
    kept = _kept(state, snapshot, report, question)
    kept_too = _kept(state, snapshot, report, compared_question(question, compared)) if compared else None
    with st.container(horizontal=True, vertical_alignment="center", key="outlook"):
        runs = runs_of(state.history, snapshot.queries)
        st.caption(plain(usual(report, question, runs).text), width="content")
        if kept is not None:
            answered = moment_text(kept.finished_at, datetime.now(UTC), page.zone)
            st.caption(
                f"You have this answer already, from {answered}; Submit runs it again.", width="content"
            )
            st.button(
                "Use that answer",
                key="use_kept",
                type="tertiary",
                on_click=open_kept,
                args=(page, kept, compared, kept_too),
            )


def _kept(state: PageState, snapshot: Snapshot, report: Report, question: Question) -> PastAnswer | None:
    if state.catalogue is None:
        return None
    past = [*past_of_history(state.history), *_past_here(state, snapshot)]
    return kept_answer(report, question, state.catalogue.data.version, past, datetime.now(UTC))


def _past_here(state: PageState, snapshot: Snapshot) -> Iterator[PastAnswer]:
    for query in snapshot.queries:
        delivery = state.deliveries.get(query.query_id)
        pages = delivery.pages if delivery else ()
        past = past_of_page(query, pages[0]) if pages else None
        if past is not None:
            yield past
