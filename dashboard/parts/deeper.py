"""Going deeper: a row of the answer, chosen in a chart or in a box, leads to the next question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.deeper import Row, Step, row_of_click, steps
from dashboard.parts.page import Page
from dashboard.questions import Question
from dashboard.state import PageState, fill_form, held, put

_PRESSED = "deeper_pressed"


def draw_deeper(
    page: Page,
    query_id: str,
    question: Question,
    rows: Mapping[int, Row],
    pressed: Sequence[Sequence[Mapping[str, Any]]],
) -> None:
    """Draw the boxes for a row and for what to ask of it.

    `rows` are those that lead on, by their numbers; of several with one name the first is meant. `pressed` are the
    marks that stand pressed in each chart.
    """
    if not rows:
        return
    named: dict[str, Row] = {}
    for row in rows.values():
        named.setdefault(row.name, row)
    # Each answer has boxes of its own: a row of one is none of another, though it may have the same name.
    row_key, step_key = f"deeper_row_{query_id}", f"deeper_step_{query_id}"
    _follow_press(page.state, [row_of_click(points, rows) for points in pressed], row_key, query_id)
    if held(row_key, None) not in named:
        put(row_key, next(iter(named)))
    st.subheader("Go deeper", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="deeper"):
        # A browser's Back to the answer finds what was chosen of it.
        chosen = st.selectbox("From", list(named), key=row_key, persist_state="session", width=320)
        found = {step.label: step for step in steps(named[chosen], question, page.state.offers().values())}
        if held(step_key, None) not in found:
            put(step_key, next(iter(found)))
        label = st.selectbox("Ask", list(found), key=step_key, persist_state="session", width=480)
        st.button("Fill in the form", key="deeper_fill", on_click=_fill, args=(page.state, found[label]))
    st.caption("Press a mark in a chart, or choose here. Nothing runs before Submit; Back leads back here.")


def _follow_press(state: PageState, pressed: Sequence[Row | None], row_key: str, query_id: str) -> None:
    """Let the box say the row that was pressed just now, and a screen reader hear it.

    A mark stays pressed while the box says another row.
    """
    now = {(query_id, chart): row.name for chart, row in enumerate(pressed) if row is not None}
    before = held(_PRESSED, {})
    for chart, name in now.items():
        if before.get(chart) != name:
            put(row_key, name)
            state.announcement = f"{name} is chosen: Fill in the form asks about it."
    put(_PRESSED, now)


def _fill(state: PageState, step: Step) -> None:
    fill_form(step.report, step.question)
    state.lead_to_form(f"The form asks: {step.label}. Nothing has run.")
    st.rerun()
