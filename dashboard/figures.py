"""The figures above a chart, what was left out of them, and whether the totals agree. Exact, and pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter

from dashboard.answers import Answer
from dashboard.formats import MISSING, category_text, measured, number, value_text
from pipeline.core.reports import Column, Kpi

_CONTROL_PREFIX = "control_"
_SMALL = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as shown; `detail` says where a minimum or maximum stands, or why there is no figure."""

    label: str
    text: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """An independent total beside the rows' own; `sentence` says both."""

    agrees: bool
    sentence: str


def figures(answer: Answer) -> tuple[Figure, ...]:
    """Give the report's figures over all rows of an answer."""
    return tuple(_figure(answer, kpi) for kpi in answer.report.kpis)


def kpi_value(answer: Answer, kpi: Kpi) -> Decimal | None:
    """Compute a figure; None where no row has a value. A ratio shown in percent is times a hundred."""
    value = _aggregate(answer, kpi, kpi.column)
    if value is None or kpi.per is None:
        return value
    base = _aggregate(answer, kpi, kpi.per)
    if not base:
        return None
    return value / base * (100 if kpi.format == "percent" else 1)


def left_out(answer: Answer) -> str | None:
    """Say how many trips the rules left out, and why; None for a report that leaves none out.

    An excluded column has the same value in each row. Reasons overlap, so they are never added up.
    """
    columns = answer.with_role("excluded")
    if not columns or not answer.records:
        return None
    counts = [f"{column.label}: {_first_text(answer, column)} ({column.reason})." for column in columns]
    overlap = " A trip can be left out more than once." if len(columns) > 1 else ""
    counted = f" Counted here: {total} trips." if (total := _control_total(answer)) else ""
    return f"{' '.join(counts)}{overlap}{counted}"


def controls(answer: Answer) -> tuple[Control, ...]:
    """Compare each independent total (`control_trips`) with the sum of the column that it controls (`trips`)."""
    columns = answer.with_role("control") if answer.records else ()
    return tuple(_control(answer, column) for column in columns)


def _figure(answer: Answer, kpi: Kpi) -> Figure:
    value = kpi_value(answer, kpi)
    if value is None:
        return Figure(kpi.label, MISSING, "no row has a value")
    return Figure(kpi.label, figure_text(answer, kpi, value), _place(answer, kpi, value))


def figure_text(answer: Answer, kpi: Kpi, value: Decimal | None) -> str:
    """Write a figure as it declares, or as its column does; a small mean of whole numbers keeps its fraction."""
    if value is None:
        return MISSING
    column = answer.column(kpi.column)
    if kpi.format or column is None:
        return value_text(value, kpi.format)
    divided = kpi.per is not None or kpi.aggregate == "mean"
    if divided and column.format == "integer" and abs(value) < _SMALL:
        return f"{value:,.2f}"
    return measured(value, column)


def _place(answer: Answer, kpi: Kpi, value: Decimal) -> str | None:
    """Say in which row an extreme stands: `Friday, 19`."""
    if not kpi.at or kpi.aggregate not in {"minimum", "maximum"}:
        return None
    row = [number(cell) for cell in answer.values(kpi.column)].index(value)
    columns = [column for name in kpi.at if (column := answer.column(name))]
    return ", ".join(category_text(answer.values(column.name)[row], column) for column in columns)


def _aggregate(answer: Answer, kpi: Kpi, name: str) -> Decimal | None:
    values = [value for cell in answer.values(name) if (value := number(cell)) is not None]
    return _AGGREGATES[kpi.aggregate](values) if values else None


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _sum(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


_AGGREGATES: Mapping[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "sum": _sum,
    "mean": _mean,
    "minimum": min,
    "maximum": max,
    "first": itemgetter(0),
    "last": itemgetter(-1),
}


def _control(answer: Answer, column: Column) -> Control:
    independent = number(answer.values(column.name)[0])
    name = column.name.removeprefix(_CONTROL_PREFIX)
    rows = [value for cell in answer.values(name) if (value := number(cell)) is not None]
    counted, total = (value_text(value, column.format) for value in (independent, _sum(rows)))
    if independent is not None and answer.column(name) and independent == _sum(rows):
        return Control(True, f"{column.label}: {counted}. The rows add up to the same.")
    if not answer.is_whole:
        return Control(True, f"{column.label}: {counted}. The rows shown are only the first of more.")
    return Control(
        False,
        f"{column.label}: {counted}, but the rows add up to {total}. Do not use these figures; tell the data team.",
    )


def _control_total(answer: Answer) -> str | None:
    column = next((column for column in answer.with_role("control") if column.name == "control_trips"), None)
    return _first_text(answer, column) if column else None


def _first_text(answer: Answer, column: Column) -> str:
    return value_text(answer.values(column.name)[0], column.format)
