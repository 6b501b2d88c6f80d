"""Going deeper: a row of the answer, chosen in a chart or in a box, leads to the next question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.answers import Answer
from dashboard.deeper import Step, leads, row_of_click, rows_of, steps
from dashboard.parts.page import Page
from dashboard.questions import Question
from dashboard.state import fill_form, held, put

_ROW, _STEP, _PRESSED = "deeper_row", "deeper_step", "deeper_pressed"


def draw_deeper(page: Page, answer: Answer, question: Question, pressed: Sequence[Mapping[str, Any]]) -> None:
    """Draw the boxes for a row and for what to ask of it. `pressed` are the marks that stand pressed."""
    reports = tuple(page.state.offers().values())
    leading = {number: row for number, row in rows_of(answer).items() if leads(row, question, reports)}
    if not leading:
        return
    row = row_of_click(pressed, leading)
    if row is not None and row != held(_PRESSED, None):  # a mark stays pressed while the box says another row
        put(_ROW, row)
    put(_PRESSED, row)
    if held(_ROW, None) not in leading:
        put(_ROW, next(iter(leading)))
    st.subheader("Go deeper", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="deeper"):
        names = {number: row.name for number, row in leading.items()}
        chosen = st.selectbox("From", list(names), format_func=names.__getitem__, key=_ROW, width=320)
        found = {step.label: step for step in steps(leading[chosen], question, reports)}
        if held(_STEP, None) not in found:
            put(_STEP, next(iter(found)))
        label = st.selectbox("Ask", list(found), key=_STEP, width=480)
        st.button("Fill in the form", key="deeper_fill", on_click=_fill, args=(found[label],))
    st.caption("Press a mark in a chart, or choose here. Nothing runs before Submit; Back leads back here.")


def _fill(step: Step) -> None:
    fill_form(step.report, step.question)
    st.rerun()
