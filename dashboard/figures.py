"""The figures above a chart, what was left out of them, and whether the totals agree. Exact, and pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.answers import Answer
from dashboard.formats import MISSING, cell_text, number, value_text
from pipeline.core.reports import Column, Format, Kpi

_CONTROL_PREFIX = "control_"


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
    counts = [f"{column.reason or column.label}: {_first_text(answer, column)}" for column in columns]
    of_all = f", of {total} trips" if (total := _control_total(answer)) else ""
    overlap = " A trip can fail more than one rule." if len(columns) > 1 else ""
    return f"Left out of averages{of_all}: {'; '.join(counts)}.{overlap}"


def controls(answer: Answer) -> tuple[Control, ...]:
    """Compare each independent total (`control_trips`) with the sum of the column that it controls (`trips`)."""
    columns = answer.with_role("control") if answer.records else ()
    return tuple(_control(answer, column) for column in columns)


def _figure(answer: Answer, kpi: Kpi) -> Figure:
    value = kpi_value(answer, kpi)
    if value is None:
        return Figure(kpi.label, MISSING, "no row has a value")
    return Figure(kpi.label, value_text(value, _format(answer, kpi)), _place(answer, kpi, value))


def _format(answer: Answer, kpi: Kpi) -> Format | None:
    column = answer.column(kpi.column)
    return kpi.format or (column.format if column else None)


def _place(answer: Answer, kpi: Kpi, value: Decimal) -> str | None:
    """Say in which row an extreme stands: `Friday, 19`."""
    if not kpi.at or kpi.aggregate not in {"minimum", "maximum"}:
        return None
    row = [number(cell) for cell in answer.values(kpi.column)].index(value)
    cells = [(answer.values(name)[row], answer.column(name)) for name in kpi.at if answer.column(name)]
    return ", ".join(_at_text(cell, column) for cell, column in cells if column)


def _at_text(cell: object, column: Column) -> str:
    if column.name == "hour":
        return f"{cell}:00"
    return cell_text(cell, column.format)


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
}


def _control(answer: Answer, column: Column) -> Control:
    independent = number(answer.values(column.name)[0])
    name = column.name.removeprefix(_CONTROL_PREFIX)
    rows = [value for cell in answer.values(name) if (value := number(cell)) is not None]
    counted, total = (value_text(value, column.format) for value in (independent, _sum(rows)))
    if independent is not None and answer.column(name) and independent == _sum(rows):
        return Control(True, f"{column.label}: {counted}. The rows add up to the same.")
    if answer.truncated:
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
