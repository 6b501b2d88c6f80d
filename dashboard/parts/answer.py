"""An answer on the page: what was asked, the figures, what was left out, charts with their sentences, the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.answers import Answer
from dashboard.cards import taken_text
from dashboard.charts.days import shows_events, without_events
from dashboard.charts.draw import draw
from dashboard.charts.frame import NotDrawable, captioned, picture_config
from dashboard.charts.marks import pressable, rows_marked
from dashboard.charts.notes import chart_note
from dashboard.charts.sentences import chart_sentence
from dashboard.client.model import QueryView
from dashboard.coverage import coverage
from dashboard.deeper import Row, leading_rows
from dashboard.figures import controls, figures, left_out
from dashboard.files import file_name
from dashboard.formats import moment_text, plain
from dashboard.parts.asking import ask
from dashboard.parts.comparison import Compared, draw_compared_with, draw_comparison
from dashboard.parts.deeper import draw_deeper
from dashboard.parts.links import draw_links
from dashboard.parts.page import Page
from dashboard.parts.receipt import draw_receipt, receipt_maker
from dashboard.parts.spans import draw_spans
from dashboard.parts.table import draw_table
from dashboard.questions import Question, conditions, days_asked, sentence
from dashboard.receipt import rows_said
from pipeline.core.messages import Finished

_EMPTY = "No trips match {asked}. Choose more days, or take a condition away."


def draw_answer(
    page: Page, query: QueryView, answer: Answer, notice: str | None, beside: Compared | None
) -> DeltaGenerator:
    """Draw everything that an answer has to say; give the place that says how far a comparison is.

    `notice` is the browser's mark of the notice that brought it, `beside` the answer that it is compared with.
    """
    question = Question(query.topic_name, query.parameters)
    draw_heading(page, query, answer, question)
    place_of_comparison, place_of_spans = st.container(), st.container()
    receipt = receipt_maker(page, query, answer, question)
    if not answer.records:
        st.info(plain(_EMPTY.format(asked=conditions(answer.report, question))), icon=":material/search_off:")
        draw_receipt(receipt)
        return place_of_comparison
    if beside is not None and beside.is_like(answer):
        with place_of_comparison:
            draw_compared_with(beside)
    _draw_figures(answer, beside)
    rows = leading_rows(answer, question, page.state.offers().values())
    pressed = {n: _draw_chart(answer, question, n, rows) for n in range(len(answer.report.charts))}
    with place_of_spans:
        draw_spans(query, notice, [n for n, points in pressed.items() if points is not None])
    draw_deeper(page, query.query_id, question, rows, [points or () for points in pressed.values()])
    if beside is not None:
        draw_comparison(page.state, answer, question, beside)
    draw_table(page.state, answer, question, receipt)
    for note in answer.report.notes:
        st.caption(plain(note))
    draw_receipt(receipt)
    return place_of_comparison


def draw_heading(page: Page, query: QueryView, answer: Answer, question: Question) -> None:
    """Draw what was asked, where the answer is from, and what hinders its reading."""
    compared = page.state.compared_days(query.query_id)
    with st.container(horizontal=True, vertical_alignment="center", key="answer_head"):
        st.header(plain(sentence(answer.report, question)), anchor="answer")
        with st.popover("Share"):
            draw_links(page, query, question)
        st.button("Run again", key="run_again", on_click=ask, args=(page, question, compared))
    st.caption(plain(_origin(page, query, answer)))
    if asked := days_asked(question):
        st.caption(plain(coverage(asked, page.state.data_of(answer.data_version))))
    if not answer.current:
        st.caption("The report has changed since: this is the answer of the version that ran.")
    if answer.truncated:
        st.warning(f"These are {rows_said(answer)}.", icon=":material/cut:")


def _origin(page: Page, query: QueryView, answer: Answer) -> str:
    source = page.state.catalogue.data.source if page.state.catalogue else "unknown"
    parts = [rows_said(answer)]
    if isinstance(query.outcome, Finished):
        parts.insert(0, f"Answered {moment_text(query.outcome.finished_at, datetime.now(UTC), page.zone)}")
    if taken := taken_text(query):
        parts.append(taken)
    kind = "synthetic data, " if answer.synthetic else ""
    return f"{', '.join(parts)}. Source: {kind}{source}."


def _draw_figures(answer: Answer, beside: Compared | None) -> None:
    shown = figures(answer)
    changed = beside.changes(answer) if beside else ()
    if shown:
        grid = st.grid(columns=5, min_column_width=150, key="figures")
        for figure, change in zip_longest(shown, changed):
            with grid.cell(), st.container(gap=None):
                # Streamlit knows no minus but a hyphen, and would point up at all others.
                said, arrow = (change.said, change.direction) if change else (None, "off")
                st.metric(figure.label, figure.text, delta=said, delta_color="off", delta_arrow=arrow)
                if figure.detail:
                    st.caption(plain(figure.detail))
    if sentence_of_rules := left_out(answer):
        st.markdown(plain(sentence_of_rules))
    for control in controls(answer):
        if control.agrees:
            st.caption(plain(control.sentence))
        else:
            st.error(plain(control.sentence), icon=":material/error:")


def _draw_chart(
    answer: Answer, question: Question, number: int, rows: Mapping[int, Row]
) -> Sequence[Mapping[str, Any]] | None:
    """Draw a chart with its sentence and note; give the marks that are pressed, None if it could not be drawn.

    Marks can be pressed where one of them stands for one of these rows, which lead on.
    """
    chart = answer.report.charts[number]
    st.subheader(plain(chart.title), anchor=False)
    try:
        said = sentence(answer.report, question)
        figure = captioned(draw(answer, chart), said, synthetic=answer.synthetic)
    except NotDrawable as reason:
        st.info(plain(str(reason)), icon=":material/table:")
        return None
    if shows_events(figure) and not st.toggle("Show events", value=True, key=f"events_{number}"):
        without_events(figure)
    said = chart_sentence(answer, chart)
    st.markdown(plain(said))
    leads_on = not rows_marked(figure).isdisjoint(rows)
    if leads_on:
        pressable(figure)
    # The style sheet knows by the frame's name whether a press leads on.
    with st.container(key=f"{'leads_on' if leads_on else 'still'}_{number}"):
        marks: Any = st.plotly_chart(
            figure,
            key=f"chart_{number}",
            config=picture_config(file_name(answer, question, f"chart-{number + 1}")),
            alt=f"{chart.title}. {said}",
            on_select="rerun" if leads_on else "ignore",
            selection_mode="points",
        )
    if note := chart_note(answer, chart):
        st.caption(plain(note))
    points: Sequence[Mapping[str, Any]] = marks.selection.points if leads_on else ()
    return points
