"""Where a row of an answer leads: the next questions that it suggests. Pure.

Nothing is declared for it. A row with a day leads to every report for that day; a row with a value leads to the reports
that have a parameter of its column's name and know the value (`zone_id` is the value of `zone`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from dashboard.answers import Answer
from dashboard.formats import category_text
from dashboard.periods import Days
from dashboard.questions import (
    END,
    START,
    Question,
    conditions,
    days_asked,
    default_question,
    has_period,
    other_parameters,
)
from pipeline.core.reports import Column, Report
from pipeline.core.result_pages import Cell

MAXIMUM_ROWS = 400
_WEEK, _MONTH = 7, 28


@dataclass(frozen=True, slots=True)
class Step:
    """A next question, and what it is called: the report and what is asked of it."""

    label: str
    report: Report
    question: Question


def rows_named(answer: Answer) -> dict[int, str]:
    """Name the rows by their dimensions, each once; none where they are too many to choose from."""
    if len(answer.records) > MAXIMUM_ROWS:
        return {}
    columns = _naming_columns(answer)
    cells = [answer.values(column.name) for column in columns]
    named: dict[str, int] = {}
    for row in range(len(answer.records)):
        words = (category_text(values[row], column) for values, column in zip(cells, columns, strict=True))
        named.setdefault(", ".join(words), row)
    return {row: name for name, row in named.items()}


def steps(answer: Answer, question: Question, row: int, reports: Iterable[Report]) -> tuple[Step, ...]:
    """Give the questions to which a row leads; none that asks the same again."""
    found = (_step(answer, question, row, report) for report in reports)
    return tuple(step for step in found if step is not None and step.question != question)


def row_of_click(points: Sequence[Mapping[str, Any]], answer: Answer, named: Mapping[int, str]) -> int | None:
    """Find the row of a mark that was pressed: by its place on the axis, or by the name in what it says."""
    for point in points:
        said = str(point.get("customdata", ""))
        for row, name in sorted(named.items(), key=lambda one: -len(one[1])):
            if name in said or str(point.get("x")) in _days(answer, row):
                return row
    return None


def _step(answer: Answer, question: Question, row: int, report: Report) -> Step | None:
    days = _days_of(answer, row) if has_period(report) else None
    values = dict(_values(answer, row, report))
    if days is None and not values:
        return None
    asked = {**default_question(report).parameters, **dict(_carried(question, report)), **values}
    if has_period(report) and (span := days or days_asked(question)):
        asked |= _bounded(span, report)
    following = Question(report.topic_name, asked)
    return Step(f"{report.title}: {conditions(report, following)}", report, following)


def _carried(question: Question, report: Report) -> Iterator[tuple[str, str]]:
    """Keep what was asked where the next report knows the same parameter and the value."""
    for parameter in other_parameters(report):
        value = question.parameters.get(parameter.name)
        if value is not None and value in {choice.value for choice in parameter.choices or ()}:
            yield parameter.name, value


def _values(answer: Answer, row: int, report: Report) -> Iterator[tuple[str, str]]:
    for parameter in other_parameters(report):
        known = {choice.value for choice in parameter.choices or ()}
        for name in (parameter.name, f"{parameter.name}_id"):
            cells = answer.values(name) if _is_dimension(answer, name) else ()
            if cells and str(cells[row]) in known:
                yield parameter.name, str(cells[row])


def _days_of(answer: Answer, row: int) -> Days | None:
    """Read the day, week or month of a row; which of them it is, the distance of the rows tells."""
    column = _day_column(answer)
    if column is None:
        return None
    cells = answer.values(column.name)
    day = _day(cells[row])
    if day is None:
        return None
    days = sorted({other for cell in cells if (other := _day(cell)) is not None})
    step = min(((after - before).days for before, after in pairwise(days)), default=1)
    if step >= _MONTH:
        return Days(day, day.replace(day=monthrange(day.year, day.month)[1]))
    return Days(day, day + timedelta(days=_WEEK - 1 if step == _WEEK else 0))


def _bounded(days: Days, report: Report) -> dict[str, str]:
    """Write the days as a report takes them: inside its bounds, and no more than it may be asked for."""
    first, last = (report.parameter(name) for name in (START, END))
    start = max(days.start.isoformat(), (first.minimum if first else None) or "")
    end = min(days.end.isoformat(), (last.maximum if last else None) or days.end.isoformat())
    if report.maximum_days is not None:
        longest = date.fromisoformat(start) + timedelta(days=report.maximum_days - 1)
        end = min(end, longest.isoformat())
    return {START: start, END: end}


def _days(answer: Answer, row: int) -> frozenset[str]:
    column = _day_column(answer)
    return frozenset() if column is None else frozenset({str(answer.values(column.name)[row])})


def _day_column(answer: Answer) -> Column | None:
    return next((column for column in answer.with_role("dimension") if column.type == "date"), None)


def _day(cell: Cell) -> date | None:
    return date.fromisoformat(cell) if isinstance(cell, str) else None


def _is_dimension(answer: Answer, name: str) -> bool:
    column = answer.column(name)
    return column is not None and column.role == "dimension"


def _naming_columns(answer: Answer) -> list[Column]:
    """Give the dimensions that name a row; not the numbers that stand for a name, nor places on the map."""
    names = {column.name for column in answer.columns}
    return [
        column
        for column in answer.with_role("dimension")
        if column.type not in {"double", "decimal"}
        and not column.name.endswith("_id")
        and f"{column.name}_name" not in names
    ]
