"""An answer beside that of other days: figures, what makes them unequal, a picture where there is one, a table."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.answers import Answer
from dashboard.charts.compared import comparable_chart, compared
from dashboard.charts.frame import captioned, picture_config
from dashboard.client.model import QueryView, Snapshot
from dashboard.comparing import Change, Comparison, changes, unfairness
from dashboard.coverage import coverage
from dashboard.files import file_name
from dashboard.formats import MISSING, plain, span_text
from dashboard.parts.arrivals import find
from dashboard.parts.asking import compare
from dashboard.parts.fetching import fetch_answer
from dashboard.parts.page import Page
from dashboard.periods import Days
from dashboard.questions import Question, days_asked
from dashboard.session import Services
from dashboard.state import PageState

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
        same = now.report.version == self.answer.report.version
        return changes(now, self.answer, self.days, self.other) if same else ()


def arrived(held: Services, state: PageState, snapshot: Snapshot, query: QueryView) -> Compared | None:
    """Give what an answer is compared with, if its rows have been fetched; nothing is waited for."""
    comparison = state.comparisons.get(query.query_id)
    other = find(snapshot, comparison.query_id) if comparison else None
    days = days_asked(Question(query.topic_name, query.parameters))
    if comparison is None or other is None or days is None or not _is_here(state, other):
        return None
    answer = fetch_answer(held, state, other)
    return Compared(answer, days, comparison.days) if answer else None


def draw_comparison(state: PageState, now: Answer, question: Question, beside: Compared) -> None:
    """Draw the comparison, below the answer's own charts."""
    st.subheader(plain(f"Compared with {_span(beside.other)}"), anchor=False)
    st.caption(plain(coverage(beside.other, state.data_of(beside.answer.data_version))))
    changed = beside.changes(now)
    if not changed:
        st.info(_CHANGED, icon=":material/difference:")
        return
    if said := unfairness(beside.days, beside.other):
        st.markdown(f":material/balance: {plain(said)}")
    chart = comparable_chart(now)
    if chart is not None and now.records and beside.answer.records:
        figure = compared(now, beside.answer, chart, beside.days, beside.other)
        alt = f"{chart.title}: {_span(beside.days)} beside {_span(beside.other)}, day by day"
        asked = f"{now.report.title}: {_span(beside.days)} and {_span(beside.other)}"
        st.plotly_chart(
            captioned(figure, asked, synthetic=now.synthetic or beside.answer.synthetic),
            key="chart_compared",
            config=picture_config(file_name(now, question, "compared")),
            alt=alt,
        )
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
    span = _span(comparison.days)
    if other.phase == "finished" and fetch_answer(held, page.state, other) is None:
        return
    if _is_here(page.state, other):
        st.rerun()
    delivery = page.state.deliveries.get(other.query_id)
    if delivery is not None and delivery.problem is not None:
        _draw_failed(page, query, comparison, f"The comparison with {span} could not be brought here.")
    elif other.phase == "finished" or other.ended_at is None:
        st.caption(plain(f"Comparing with {span}…"))
    else:
        _draw_failed(
            page, query, comparison, f"The comparison with {span} {_WORDS.get(other.phase, 'failed')}."
        )


def _draw_failed(page: Page, query: QueryView, comparison: Comparison, said: str) -> None:
    question = Question(query.topic_name, query.parameters)
    st.warning(plain(said), icon=":material/difference:")
    st.button(
        "Compare again",
        key="compare_again",
        on_click=compare,
        args=(page, query.query_id, question, comparison.days),
    )


def _is_here(state: PageState, query: QueryView) -> bool:
    delivery = state.deliveries.get(query.query_id)
    return query.phase == "finished" and delivery is not None and delivery.is_complete


def _span(days: Days) -> str:
    return span_text(days.start, days.end)
