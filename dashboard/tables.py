"""An answer as a pandas table for reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
import pyarrow as pa

from dashboard.answers import Answer, typed
from dashboard.formats import heading, number
from dashboard.receipt import rows_said
from pipeline.core.reports import Column, Report

MAXIMUM_PLAIN_ROWS = 50
_FRACTIONS = frozenset({"decimal", "double"})
_NUMERIC = _FRACTIONS | {"integer"}


def shown_columns(answer: Answer) -> tuple[Column, ...]:
    """Give the columns worth a place in the table; the file has all.

    What is the same in each row is said above it, the halves of a ratio are said as the ratio, a number that only
    orders names (Monday is 1) is said by the names, a unit by the heading, and what was chosen by the column that it
    repeats.
    """
    hidden = _halves_of_ratios(answer.report) | _numbers_of_names(answer.report) | _said_above(answer)
    hidden |= _said_by_headings(answer)
    return tuple(c for c in answer.with_role("dimension", "measure") if c.name not in hidden)


def _numbers_of_names(report: Report) -> frozenset[str]:
    """Name the dimensions that have their words beside them: `weekday` where there is a `weekday_name`."""
    names = {column.name for column in report.columns if column.role == "dimension"}
    return frozenset(name for name in names if f"{name}_name" in names)


def _halves_of_ratios(report: Report) -> frozenset[str]:
    """Name the columns that exist only to be divided: a figure's column and its `per`, neither used elsewhere."""
    used = _drawn(report) | {kpi.column for kpi in report.kpis if kpi.per is None}
    pairs = [{kpi.column, kpi.per} for kpi in report.kpis if kpi.per is not None]
    return frozenset(name for pair in pairs if not pair & used for name in pair if name is not None)


def _said_above(answer: Answer) -> frozenset[str]:
    """Name the columns that have one value in all rows, and have it among the figures or as a line of a chart."""
    report = answer.report
    said = {kpi.column for kpi in report.kpis if kpi.aggregate in {"first", "last"} and kpi.per is None}
    said |= {name for chart in report.charts for name in chart.marks}
    return frozenset(name for name in said - _drawn(report) if len(set(answer.values(name))) == 1)


def _said_by_headings(answer: Answer) -> frozenset[str]:
    """Name the columns that hold a unit of all rows, and those whose label, that of a choice, another one has too."""
    units = {column.unit_from for column in answer.columns if column.unit_from and column.unit is not None}
    labels = Counter(column.label for column in answer.columns)
    repeated = {column.name for column in answer.columns if column.label_from and labels[column.label] > 1}
    return frozenset(units | repeated)


def _drawn(report: Report) -> set[str]:
    """Name the columns that a chart draws for each row."""
    one = {
        name
        for chart in report.charts
        for name in (chart.x, chart.value, chart.label, chart.series, chart.panels)
    }
    return {name for name in one if name} | {name for chart in report.charts for name in chart.y}


def titled_columns(answer: Answer) -> dict[str, Column]:
    """Give the shown columns by their headings."""
    columns = shown_columns(answer)
    return dict(zip(headings(columns), columns, strict=True))


def headings(columns: Sequence[Column]) -> list[str]:
    """Give the columns' headings; one that stands twice gets the column's name."""
    counts = Counter(heading(column) for column in columns)
    return [
        heading(column) if counts[heading(column)] == 1 else f"{heading(column)}, {column.name}"
        for column in columns
    ]


def is_numeric(column: Column) -> bool:
    """Say whether a column stands to the right."""
    return column.type in _NUMERIC


def typed_frame(answer: Answer) -> pd.DataFrame:
    """Give the table with typed cells, which can be sorted. Decimals stay exact, NULL is None."""
    cells = {
        title: pd.Series(typed(answer.values(column.name), column.type), dtype="object")
        for title, column in titled_columns(answer).items()
    }
    return pd.DataFrame(cells)


def rounded_frame(answer: Answer) -> pd.DataFrame:
    """Give the typed table with fractions rounded where the declaration calls for whole numbers."""
    frame = typed_frame(answer)
    for title, column in titled_columns(answer).items():
        if column.format == "integer" and column.type in _FRACTIONS:
            frame[title] = [
                None if (value := number(cell)) is None else round(value) for cell in frame[title]
            ]
    return frame


def arrow_table(answer: Answer) -> pa.Table:
    """Give the rounded table in the columns of Arrow, as it is sent to the browser.

    Raises:
        pa.ArrowInvalid: a column holds values of types that have none in common.
    """
    return pa.Table.from_pandas(rounded_frame(answer), preserve_index=False)


def total_sentence(answer: Answer) -> str:
    """Count the rows, and add up the count that has a control; averages, and rows that overlap, are never added.

    What is not whole has no sum either.
    """
    rows = rows_said(answer)
    said = f"{rows[0].upper()}{rows[1:]}."
    controlled = (control.name.removeprefix("control_") for control in answer.with_role("control"))
    column = next((column for name in controlled if (column := answer.column(name))), None)
    if column is None or not answer.is_whole:
        return said
    total = sum((number(cell) or Decimal(0) for cell in answer.values(column.name)), Decimal(0))
    return f"{said} {column.label} in all: {total:,.0f}."
