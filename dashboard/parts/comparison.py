"""An answer beside that of other days: figures, what makes them unequal, a picture where there is one, a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.answers import Answer
from dashboard.charts.compared import comparable_chart, compared
from dashboard.charts.frame import NotDrawable, captioned, picture_config
from dashboard.client.model import QueryView, Snapshot
from dashboard.comparing import Change, changes, unfairness
from dashboard.coverage import coverage
from dashboard.files import file_name
from dashboard.formats import MISSING, plain, span_text
from dashboard.parts.arrivals import find
from dashboard.parts.asking import compare_again
from dashboard.parts.fetching import draw_problem, fetch_answer
from dashboard.parts.page import Page
from dashboard.periods import Days
from dashboard.questions import Question, days_asked, sentence
from dashboard.session import Services
from dashboard.state import PageState
from pipeline.core.reports import Chart

_CHANGED = "The report was changed between the two answers, so they are not compared. Run both again."
_WORDS = {"cancelled": "was cancelled", "unknown": "is not kept any more"}


@dataclass(frozen=True, slots=True)
class Compared:
    """The answer for the other days, once all of it is there."""

    answer: Answer
    days: Days
    other: Days

    def changes(self, now: Answer) -> tuple[Change, ...]:
        """Give how the figures changed; none where another version of the report gave the other answer."""
        return changes(now, self.answer, self.days, self.other) if self.is_like(now) else ()

    def is_like(self, now: Answer) -> bool:
        """Say whether the same version of the report gave both answers."""
        return now.report.version == self.answer.report.version


def arrived(held: Services, state: PageState, snapshot: Snapshot, query: QueryView) -> Compared | None:
    """Give what an answer is compared with, if its rows have been fetched; nothing is waited for."""
    comparison = state.comparisons.get(query.query_id)
    other = find(snapshot, comparison.query_id) if comparison else None
    days = days_asked(Question(query.topic_name, query.parameters))
    if comparison is None or other is None or days is None or not _is_here(state, other):
        return None
    answer = fetch_answer(held, state, other, _what(comparison.days))
    return Compared(answer, days, comparison.days) if answer else None


def draw_compared_with(beside: Compared) -> None:
    """Name the days that the changes of the figures are since, and what makes them unequal."""
    said = f"Compared with {_span(beside.other)}. {unfairness(beside.days, beside.other) or ''}"
    st.markdown(f":material/balance: {plain(said.rstrip())}")


def draw_comparison(state: PageState, now: Answer, question: Question, beside: Compared) -> None:
    """Draw the comparison, below the answer's own charts."""
    st.subheader(plain(f"Compared with {_span(beside.other)}"), anchor=False)
    st.caption(plain(coverage(beside.other, state.data_of(beside.answer.data_version))))
    if not beside.is_like(now):
        st.info(_CHANGED, icon=":material/difference:")
        return
    chart = comparable_chart(now)
    if chart is not None and now.records and beside.answer.records:
        _draw_chart(now, question, beside, chart)
    if changed := beside.changes(now):
        _draw_table(changed, beside)


def _draw_chart(now: Answer, question: Question, beside: Compared, chart: Chart) -> None:
    try:
        figure = compared(now, beside.answer, chart, beside.days, beside.other)
    except NotDrawable as reason:
        st.info(plain(str(reason)), icon=":material/table:")
        return
    said = f"{sentence(now.report, question)}, compared with {_span(beside.other)}"
    st.plotly_chart(
        captioned(figure, said, synthetic=now.synthetic or beside.answer.synthetic),
        key="chart_compared",
        config=picture_config(file_name(now, question, "compared")),
        alt=f"{chart.title}: {_span(beside.days)} beside {_span(beside.other)}, day by day",
    )


def _draw_table(changed: Sequence[Change], beside: Compared) -> None:
    # A sum per day may be a figure of its own already.
    once = {one.label: one for one in changed}.values()
    frame = pd.DataFrame(
        {
            "Figure": [one.label for one in once],
            _span(beside.days): [plain(one.now) for one in once],
            _span(beside.other): [plain(one.then) for one in once],
            "Change": [plain(one.delta or MISSING) for one in once],
        }
    )
    st.table(
        frame, border="horizontal", hide_index=True, alt="The figures of both periods, and how they changed"
    )


def bring_comparison(page: Page, held: Services, snapshot: Snapshot, query: QueryView) -> None:
    """Say how far the comparison is; once its answer is ready, fetch it and draw the page with it."""
    comparison = page.state.comparisons.get(query.query_id)
    other = find(snapshot, comparison.query_id) if comparison else None
    if comparison is None or other is None or _is_here(page.state, other):
        return
    if _is_coming(page, held, other, _what(comparison.days)):
        st.caption(plain(f"Comparing with {_span(comparison.days)}…"))
        return
    st.button(
        "Compare again", key="compare_again", on_click=compare_again, args=(page, query, comparison.days)
    )


def _is_coming(page: Page, held: Services, other: QueryView, what: str) -> bool:
    """Fetch what is ready; say why it does not come where it does not."""
    if other.phase != "finished":
        if other.ended_at is not None:
            st.warning(plain(f"{what} {_WORDS.get(other.phase, 'failed')}."), icon=":material/difference:")
        return other.ended_at is None
    if fetch_answer(held, page.state, other, what) is None:
        return False
    if _is_here(page.state, other):
        st.rerun()
    delivery = page.state.delivery(other.query_id)
    if delivery.problem is not None:
        draw_problem(delivery, delivery.problem, what)
    return delivery.problem is None


def _is_here(state: PageState, query: QueryView) -> bool:
    delivery = state.deliveries.get(query.query_id)
    return query.phase == "finished" and delivery is not None and delivery.is_complete


def _what(days: Days) -> str:
    return f"The comparison with {_span(days)}"


def _span(days: Days) -> str:
    return span_text(days.start, days.end)
