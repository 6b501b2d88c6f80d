"""Where a row of an answer leads: the next questions that it suggests. Pure.

Nothing is declared for it. A row with a day leads to every report for that day; a row with a value leads to the reports
that have a parameter of its column's name and know the value (`zone_id` is the value of `zone`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.answers import Answer
from dashboard.charts.axes import days_of, step_of
from dashboard.charts.marks import row_marked
from dashboard.formats import HOUR, MISSING, category_text
from dashboard.periods import Days, whole_months
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
from pipeline.core.reports import Column, Parameter, Report
from pipeline.core.result_pages import Cell

MAXIMUM_ROWS = 400
_WEEK, _MONTH = 7, 28


@dataclass(frozen=True, slots=True)
class Row:
    """What a row stands for: its name, the days of its date, and the cells of its dimensions as text."""

    name: str
    days: Days | None
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """A next question, and what it is called: the report and what is asked of it."""

    label: str
    report: Report
    question: Question


def rows_of(answer: Answer) -> dict[int, Row]:
    """Read the rows by their numbers; none where they are too many to choose from."""
    return {} if len(answer.records) > MAXIMUM_ROWS else dict(enumerate(_rows(answer)))


def leading_rows(answer: Answer, question: Question, reports: Iterable[Report]) -> dict[int, Row]:
    """Give the rows that lead anywhere, by their numbers."""
    known = tuple(reports)
    return {number: row for number, row in rows_of(answer).items() if leads(row, question, known)}


def leads(row: Row, question: Question, reports: Iterable[Report]) -> bool:
    """Say whether a row leads anywhere; cheaper than all its steps."""
    return any(_following(row, question, report) is not None for report in reports)


def steps(row: Row, question: Question, reports: Iterable[Report]) -> tuple[Step, ...]:
    """Give the questions to which a row leads; none that asks the same again. A day leads to its hours first."""
    is_day = row.days is not None and row.days.count == 1
    ordered = sorted(reports, key=lambda report: not (is_day and _is_by_hour(report)))
    found = ((report, _following(row, question, report)) for report in ordered)
    return tuple(
        Step(f"{report.title}: {conditions(report, following)}", report, following)
        for report, following in found
        if following is not None
    )


def row_of_click(points: Sequence[Mapping[str, Any]], rows: Mapping[int, Row]) -> Row | None:
    """Find the row of a mark that was pressed, if it is among these."""
    found = (
        rows.get(number) for point in points if (number := row_marked(point.get("customdata"))) is not None
    )
    return next((row for row in found if row is not None), None)


def _rows(answer: Answer) -> Iterator[Row]:
    """Read the rows; what their days are, a week or a month, the distance of the rows tells."""
    dimensions, naming = answer.with_role("dimension"), _naming_columns(answer)
    dated = next((column for column in dimensions if column.type == "date"), None)
    step = step_of(days_of(answer.values(dated.name))) if dated else 0
    for record in answer.records:
        cells = dict(zip((column.name for column in answer.columns), record, strict=True))
        day = cells[dated.name] if dated else None
        yield Row(
            _name(cells, naming),
            _days_from(date.fromisoformat(str(day)), step) if day is not None else None,
            {column.name: str(cells[column.name]) for column in dimensions},
        )


def _name(cells: Mapping[str, Cell], naming: Sequence[Column]) -> str:
    """Join what names a row; what it does not have is left out."""
    texts = [category_text(cells[column.name], column) for column in naming if cells[column.name] is not None]
    return ", ".join(text for text in texts if text) or MISSING


def _is_by_hour(report: Report) -> bool:
    """Say whether a report begins with a picture of all trips by hour; lines of each airport are of some."""
    first = next(iter(report.charts), None)
    return first is not None and first.x == HOUR and first.series is None and first.panels is None


def _days_from(day: date, step: int) -> Days:
    if step >= _MONTH:
        return whole_months(day, 1)
    return Days(day, day + timedelta(days=_WEEK - 1 if step == _WEEK else 0))


def _following(row: Row, question: Question, report: Report) -> Question | None:
    """Give the question to which a row leads in a report; None where it leads nowhere, or to the same again."""
    days = row.days if has_period(report) else None
    values = dict(_values(row, report))
    if days is None and not values:
        return None
    asked = {**default_question(report).parameters, **dict(_carried(question, report)), **values}
    if has_period(report) and (span := days or days_asked(question)):
        asked |= _bounded(span, report)
    following = Question(report.topic_name, asked)
    return None if following == question else following


def _carried(question: Question, report: Report) -> Iterator[tuple[str, str]]:
    """Keep what was asked where the next report knows the same parameter and the value."""
    for parameter in other_parameters(report):
        value = question.parameters.get(parameter.name)
        if value is not None and _knows(parameter, value):
            yield parameter.name, value


def _values(row: Row, report: Report) -> Iterator[tuple[str, str]]:
    for parameter in other_parameters(report):
        for name in (parameter.name, f"{parameter.name}_id"):
            if name in row.cells and _knows(parameter, row.cells[name]):
                yield parameter.name, row.cells[name]


def _knows(parameter: Parameter, value: str) -> bool:
    return any(choice.value == value for choice in parameter.choices or ())


def _bounded(days: Days, report: Report) -> dict[str, str]:
    """Write the days as a report takes them: inside its bounds, and no more than it may be asked for."""
    first, last = (report.parameter(name) for name in (START, END))
    start = max(days.start.isoformat(), (first.minimum if first else None) or "")
    end = min(days.end.isoformat(), (last.maximum if last else None) or days.end.isoformat())
    if report.maximum_days is not None:
        longest = date.fromisoformat(start) + timedelta(days=report.maximum_days - 1)
        end = min(end, longest.isoformat())
    return {START: start, END: end}


def _naming_columns(answer: Answer) -> list[Column]:
    """Give the dimensions that name a row; not numbers that stand for a name, places on the map, or units."""
    names = {column.name for column in answer.columns}
    units = {column.unit_from for column in answer.columns}
    return [
        column
        for column in answer.with_role("dimension")
        if column.type not in {"double", "decimal"}
        and not column.name.endswith("_id")
        and f"{column.name}_name" not in names
        and column.name not in units
    ]
