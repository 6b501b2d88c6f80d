"""The two links of an answer: to the question, for anybody; and to the answer itself, for oneself."""

from __future__ import annotations

import streamlit as st

from dashboard.client.model import QueryView
from dashboard.formats import clock_text, day_text, plain
from dashboard.links import answer_link, question_link
from dashboard.parts.page import Page
from dashboard.questions import Question
from pipeline.core.messages import Finished


def draw_links(page: Page, query: QueryView, question: Question) -> None:
    """Draw both addresses, each with what it does for whom."""
    here, comparison = st.context.url or "", page.state.comparisons.get(query.query_id)
    st.markdown("**This question.** The link fills in the form and runs nothing. It holds no data.")
    st.code(question_link(here, question, comparison), language=None, wrap_lines=True)
    st.markdown(f"**This answer.** The link opens what you see{_until(page, query)}. It works for you alone.")
    st.code(answer_link(here, question, query.query_id, comparison), language=None, wrap_lines=True)


def _until(page: Page, query: QueryView) -> str:
    """Say how long an answer is kept, where that was told."""
    if not isinstance(query.outcome, Finished):
        return ""
    end = query.outcome.result_expires_at.astimezone(page.zone)
    return plain(f", until {clock_text(end, page.zone)} on {day_text(end.date())}")
