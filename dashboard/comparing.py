"""Comparing an answer with that of other days: which days, which figures changed, and what makes it unfair. Pure."""

from __future__ import annotations

from calendar import day_abbr
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from dashboard.answers import Answer
from dashboard.figures import figure_text, kpi_value
from dashboard.formats import POINTS, change_text, span_text
from dashboard.periods import FIRST_DAY, Days, whole_months
from dashboard.questions import END, START, Question
from pipeline.core.reports import Column, Kpi

NO_PERIOD_BEFORE = "Nothing to compare with: the data begins on 1 January 2015."
SAME_DAYS = "These are the same days: choose others to compare with."
_NEW_YORK = ZoneInfo("America/New_York")
_SECONDS_OF_AN_HOUR = 3600
_DIRECTIONS: Mapping[str, Literal["up", "down"]] = MappingProxyType({"+": "up", "−": "down"})
_MONTHS_OF = {"month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The days that an answer is compared with, and the query that asks for them."""

    days: Days
    query_id: str


@dataclass(frozen=True, slots=True)
class Change:
    """One figure of both answers, and how it changed.

    `delta` begins with its sign, or says that nothing changed; None where one of them is missing.
    """

    label: str
    now: str
    then: str
    delta: str | None
    per_day: bool = False

    @property
    def said(self) -> str | None:
        """Give the change with what it is of: `−3.2% per day`."""
        return f"{self.delta} per day" if self.delta and self.per_day else self.delta

    @property
    def direction(self) -> Literal["up", "down", "off"]:
        """Say whether the figure rose, fell, or did neither."""
        return _DIRECTIONS.get((self.delta or " ")[0], "off")


def previous_days(days: Days) -> Days | None:
    """Give the period before: the month or quarter before a whole one, else as many days; None before 2015."""
    for months in _MONTHS_OF.values():
        start = _months_before(days.start, months)
        if days == whole_months(days.start, months):
            return whole_months(start, months) if start >= FIRST_DAY else None
    before = Days(days.start - timedelta(days=days.count), days.start - timedelta(days=1))
    return before if before.start >= FIRST_DAY else None


def compared_question(question: Question, other: Days) -> Question:
    """Give the same question for other days."""
    days = {START: other.start.isoformat(), END: other.end.isoformat()}
    return Question(question.topic_name, {**question.parameters, **days})


def changes(now: Answer, then: Answer, days: Days, other: Days) -> tuple[Change, ...]:
    """Compare the figures of two answers to one report. Where the lengths differ, sums are compared per day."""
    return tuple(_change(now, then, kpi, days, other) for kpi in now.report.kpis)


def unfairness(days: Days, other: Days) -> str | None:
    """Say what two periods of unequal length or weekdays have to do with a difference; None if they are alike."""
    said = []
    if days.count != other.count:
        said.append(f"{days.count} and {other.count} days: sums are compared per day.")
    hours = [_hours(days), _hours(other)]
    if days.count == other.count and hours[0] != hours[1]:
        said.append(f"{hours[0]:,} and {hours[1]:,} hours: the clocks were changed.")
    if mix := _weekdays_said(days, other):
        said.append(mix)
    return " ".join(said) or None


def _hours(days: Days) -> int:
    """Count the hours of a period by the clocks of New York."""
    start, end = (
        datetime.combine(day, time(), _NEW_YORK) for day in (days.start, days.end + timedelta(days=1))
    )
    return round((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() / _SECONDS_OF_AN_HOUR)


def _change(now: Answer, then: Answer, kpi: Kpi, days: Days, other: Days) -> Change:
    values = [kpi_value(now, kpi), kpi_value(then, kpi)]
    per_day = _is_sum(kpi) and days.count != other.count
    if per_day:
        values = [
            None if value is None else value / one.count
            for value, one in zip(values, (days, other), strict=True)
        ]
    first, second = (figure_text(now, kpi, value) for value in values)
    label = f"{kpi.label} per day" if per_day else kpi.label
    return Change(label, first, second, _delta(now, kpi, values), per_day)


def _is_sum(kpi: Kpi) -> bool:
    return kpi.aggregate == "sum" and kpi.per is None


def _delta(answer: Answer, kpi: Kpi, values: Sequence[Decimal | None]) -> str | None:
    """Say a change as a share of what it was; that of a share, or of its change, in points."""
    now, then = values
    if now is None or then is None:
        return None
    if kpi.format == "percent" or (kpi.per is None and _is_share(answer.column(kpi.column))):
        return change_text(now - then, POINTS)
    if then == 0:
        return None
    return change_text(100 * (now - then) / then, "%")


def _is_share(column: Column | None) -> bool:
    """Say whether a column holds parts of a hundred: `%`, `% of the fare`, `points`."""
    if column is None:
        return False
    return column.format == "percent" or (column.unit or "").partition(" ")[0] in {"%", POINTS}


def _weekdays_said(days: Days, other: Days) -> str | None:
    """Name the weekdays of which one period has more than the other; None where they are of all alike."""
    said = []
    for one, another in ((days, other), (other, days)):
        mine, theirs = _weekdays(one), _weekdays(another)
        more = [day_abbr[n] for n in range(7) if mine[n] > theirs[n]]
        if 0 < len(more) < 7:
            said.append(f"{span_text(one.start, one.end)} has more of {', '.join(more)}.")
    return " ".join(said) or None


def _weekdays(days: Days) -> Counter[int]:
    return Counter((days.start + timedelta(days=n)).weekday() for n in range(days.count))


def _months_before(start: date, months: int) -> date:
    total = 12 * start.year + start.month - 1 - months
    return date(total // 12, total % 12 + 1, 1)
