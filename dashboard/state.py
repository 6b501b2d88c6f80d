"""What one browser session remembers between runs. The only room that touches our keys of `st.session_state`.

Values of widgets stand there too, under the keys of `Field`; they are set here before a widget is drawn, which
is how a link or a starter fills the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.answers import Answer
from dashboard.client.model import HistoryItem, Phase
from dashboard.comparing import Comparison, previous_days
from dashboard.delivery import Delivery
from dashboard.periods import Days, fields_of
from dashboard.questions import END, START, Question, days_asked, has_period, other_parameters
from dashboard.tables import arrow_table
from pipeline.core.reports import Catalogue, DataDescription, Parameter, Report

_PAGE = "page_state"
_KEPT_DELIVERIES = 8

REPORT = "form_report"
KIND = "form_period"
MONTH = "form_month"
QUARTER = "form_quarter"
CUSTOM = "form_days"
FEW_DAYS = "form_few_days"
COMPARE = "form_compare"
COMPARE_DAYS = "form_compare_days"


@dataclass(slots=True)
class PageState:
    """The session's memory.

    `awaited` is the query of the last Submit while its answer may open by itself; `opened` is the one on the
    page; `comparisons` has what a query is compared with, by its id; `beside` has the reverse, for each query that
    was ever asked for a comparison. `seen` are answers that were opened, `own` queries that were asked or opened for
    themselves, `announced` the ends that were told, `dismissed` those whose card was put away. `address` is the query
    part that was read or written last; it tells a link that somebody opens from what we wrote ourselves.
    `opens_answers` says that the page in view is the one on which the awaited answer opens; `counted` is the number
    of unseen answers in the navigation, `shown` the queries' phases when the page was drawn. `push` is what the browser
    said last of its push socket ("refused", "open"); None: it never had trouble. `drawn`: the browser said that
    the first page stands. `offered` are the topics of the box of reports, in the order in which this session
    saw them first. `catalogue_changes` are the changes of reports that the catalogue knows. `table` is the long
    table that was drawn last, below its query and number of rows. `led` counts how often the browser was told to go
    to the form.
    """

    catalogue: Catalogue | None = None
    catalogue_problem: str | None = None
    catalogue_read_at: float = 0.0
    catalogue_tried_for: object = None
    catalogue_changes: int = 0
    versions: dict[tuple[str, str], Report] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    awaited: str | None = None
    opened: str | None = None
    comparisons: dict[str, Comparison] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    announced: set[tuple[str, Phase]] = field(default_factory=set)
    dismissed: set[tuple[str, Phase]] = field(default_factory=set)
    announcement: str = ""
    address: Mapping[str, str] | None = None
    complaints: tuple[str, ...] = ()
    hint: str | None = None
    submit_allowed: bool = True
    opens_answers: bool = True
    counted: int = 0
    shown: object = None
    push: str | None = None
    drawn: bool = False
    offered: tuple[str, ...] = ()
    history: tuple[HistoryItem, ...] = ()
    maximum_active: int | None = None
    history_at: datetime | None = None
    table: tuple[tuple[str, int], pa.Table] | None = None
    led: int = 0

    @property
    def compared_ids(self) -> frozenset[str]:
        """Name the queries that were asked only to be compared with: they have no card and no arrival of their own.

        One that was replaced, because it failed or was cancelled, belongs to its answer all the same.
        """
        return frozenset(self.beside) - self.own

    def compare(self, query_id: str, comparison: Comparison) -> None:
        """Let a query's answer be compared with another's from now on."""
        self.comparisons[query_id] = comparison
        self.beside[comparison.query_id] = query_id

    def compared_days(self, query_id: str) -> Days | None:
        """Give the days that a query's answer is compared with."""
        comparison = self.comparisons.get(query_id)
        return comparison.days if comparison else None

    def open(self, query_id: str) -> None:
        """Show this query's answer from now on."""
        self.opened = query_id
        self.awaited = None
        self.seen.add(query_id)
        self.own.add(query_id)

    def expect(self, query_id: str, question: Question) -> None:
        """Let this query's answer open by itself when it comes."""
        self.questions[query_id] = question
        self.own.add(query_id)
        self.awaited = query_id
        self.opened = None

    def lead_to_form(self, announcement: str) -> None:
        """Let the browser go to the form, which somebody far below it has filled, and say so to a screen reader."""
        self.announcement = announcement
        self.led += 1

    def delivery(self, query_id: str) -> Delivery:
        """Give what has arrived of an answer; the oldest of many are let go (they can be fetched again)."""
        delivery = self.deliveries.pop(query_id, None) or Delivery()
        self.deliveries[query_id] = delivery
        for oldest in list(self.deliveries)[:-_KEPT_DELIVERIES]:
            del self.deliveries[oldest]
        return delivery

    @property
    def is_receiving(self) -> bool:
        """Say whether pages of an answer are on their way."""
        return any(delivery.going_on for delivery in self.deliveries.values())

    def long_table(self, answer: Answer) -> pa.Table:
        """Give the table of an answer of many rows; to make it takes a moment, so the last one is kept."""
        key = (answer.query_id, len(answer.records))
        if self.table is None or self.table[0] != key:
            self.table = (key, arrow_table(answer))
        return self.table[1]

    def offers(self) -> dict[str, Report]:
        """Give the reports to choose from, by title; a new one stands last, so that no other changes its place.

        Streamlit's box knows its options by their places: it shuts an open list when the chosen one moves.
        """
        known = {report.topic_name: report for report in self.catalogue.reports} if self.catalogue else {}
        lasting = [name for name in self.offered if name in known]
        by_title = sorted(known, key=lambda name: known[name].title.casefold())
        self.offered = (*lasting, *(name for name in by_title if name not in lasting))
        return {name: known[name] for name in self.offered}

    def report(self, topic_name: str) -> Report | None:
        """Find a report of the catalogue as it was read last."""
        reports = self.catalogue.reports if self.catalogue else ()
        return next((report for report in reports if report.topic_name == topic_name), None)

    def data_of(self, version: str) -> DataDescription | None:
        """Describe the data of an answer; None where it is not what is loaded (any more)."""
        data = self.catalogue.data if self.catalogue else None
        return data if data is not None and data.version == version else None


def page_state() -> PageState:
    """Give this session's memory."""
    if _PAGE not in st.session_state:
        st.session_state[_PAGE] = PageState()
    state: PageState = st.session_state[_PAGE]
    return state


def field_key(report: Report, parameter: Parameter) -> str:
    """Name the widget of a parameter; each report keeps its own values."""
    return f"form_{report.topic_name}_{parameter.name}"


def seed(key: str, value: Any) -> None:
    """Give a widget its first value; one that the user has changed stays."""
    if key not in st.session_state:
        st.session_state[key] = value


def held(key: str, otherwise: Any) -> Any:
    """Give what a widget holds; `otherwise` where it has not been drawn yet or holds nothing."""
    value = st.session_state.get(key)
    return otherwise if value is None else value


def put(key: str, value: Any) -> None:
    """Give a widget a value; before it is drawn in this run, or in a callback."""
    st.session_state[key] = value


def fill_form(report: Report, question: Question, compared: Days | None = None) -> None:
    """Put a question, and the days that it is compared with, into the form's widgets. Nothing runs."""
    put(REPORT, question.topic_name)
    if has_period(report):
        _fill_period(report, question.parameters)
        _fill_comparison(question, compared)
    for parameter in other_parameters(report):
        if parameter.name in question.parameters:
            put(field_key(report, parameter), widget_value(parameter, question.parameters[parameter.name]))


def widget_value(parameter: Parameter, text: str) -> Any:
    """Turn a parameter's canonical text into what its widget holds."""
    if parameter.type in {"integer", "number"}:
        return float(text)
    if parameter.type == "boolean":
        return text == "true"
    return date.fromisoformat(text) if parameter.type == "date" else text


def _fill_comparison(question: Question, compared: Days | None) -> None:
    asked = days_asked(question)
    if compared is None or asked is None:
        put(COMPARE, "Nothing")
    elif compared == previous_days(asked):
        put(COMPARE, "Previous period")
    else:
        put(COMPARE, "Other dates")
        put(COMPARE_DAYS, (compared.start, compared.end))


def _fill_period(report: Report, parameters: Mapping[str, str]) -> None:
    days = Days(date.fromisoformat(parameters[START]), date.fromisoformat(parameters[END]))
    if report.maximum_days is not None:
        put(FEW_DAYS, (days.start, days.end))
        return
    fields = fields_of(days)
    put(KIND, fields.kind)
    put(MONTH, fields.month)
    put(QUARTER, fields.quarter)
    put(CUSTOM, fields.custom)
