"""The first rows of an answer of which not all are here: on their way, stopped, or kept back by a problem."""

from __future__ import annotations

import streamlit as st

from dashboard.answers import Answer
from dashboard.client.model import QueryView
from dashboard.delivery import Delivery
from dashboard.formats import counted, plain
from dashboard.parts.answer import draw_heading
from dashboard.parts.fetching import draw_problem
from dashboard.parts.page import Page
from dashboard.parts.receipt import draw_receipt, receipt_maker
from dashboard.parts.skeleton import draw_skeleton
from dashboard.parts.spans import draw_spans
from dashboard.parts.table import draw_table
from dashboard.questions import Question
from dashboard.receipt import rows_said

_STOPPED = "You stopped this: these are {rows}. Figures and charts need all of them."


def draw_part(page: Page, query: QueryView, answer: Answer, notice: str | None) -> None:
    """Draw what is here, and how far it is. Figures and charts wait for the last row; files for the end or a stop.

    `notice` is the browser's mark of the notice that brought the first page.
    """
    question = Question(query.topic_name, query.parameters)
    delivery = page.state.delivery(query.query_id)
    arriving = not delivery.stopped and delivery.problem is None
    receipt = receipt_maker(page, query, answer, question)
    draw_heading(page, query, answer, question)
    draw_spans(query, notice, None)
    _draw_standing(delivery, answer)
    if arriving:
        draw_skeleton(figures=bool(answer.report.kpis), charts=len(answer.report.charts))
    draw_table(page.state, answer, question, receipt, arriving=arriving)
    if not arriving:
        draw_receipt(receipt)


def _draw_standing(delivery: Delivery, answer: Answer) -> None:
    if delivery.problem is not None:
        draw_problem(delivery, delivery.problem)
    elif delivery.stopped:
        st.warning(plain(_STOPPED.format(rows=rows_said(answer))), icon=":material/pan_tool:")
        st.button("Fetch the rest", key="fetch_rest", on_click=delivery.resume)
    else:
        _draw_progress(delivery, answer.part_of or 0)


def _draw_progress(delivery: Delivery, total: int) -> None:
    came = min(delivery.rows, total)
    with st.container(horizontal=True, vertical_alignment="center", key="arriving"):
        st.progress(came / total, text=f"{came:,} of {counted(total, 'row')}")
        st.button("Stop here", key="stop_arriving", on_click=delivery.stop)
    if delivery.trouble:
        st.caption(plain(delivery.trouble))
