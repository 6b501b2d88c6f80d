"""Bars that lie down, the largest on top: for categories, whose names need room."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.frame import NotDrawable, column_of, folded, framed, height_of_rows, name_rows, words
from dashboard.charts.marks import carried
from dashboard.charts.panels import NOTHING
from dashboard.formats import category_text, heading, measured, number
from dashboard.palette import BLUE
from pipeline.core.reports import Chart, Column

MAXIMUM_BARS = 15
_AXES = 80
# On a phone a bar with its value has about 210 pixels, and a letter of the value takes 7.
_WIDTH, _LETTER = 210, 7


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar before it is drawn; `text` is its value with the unit, `row` None where it is the sum of several rows."""

    name: str
    value: Decimal
    text: str
    row: int | None


def ranked(answer: Answer, chart: Chart) -> go.Figure:
    """Draw the fifteen largest; the table has the rest.

    Raises:
        NotDrawable: the answer lacks a column, or no row has a value.
    """
    shown = ranking(answer, chart)[:MAXIMUM_BARS]
    if not shown:
        raise NotDrawable(NOTHING)
    values = [float(bar.value) for bar in shown]
    figure = go.Figure(
        go.Bar(
            x=values,
            y=list(range(len(shown))),
            text=[words(bar.text) for bar in shown],
            **carried([f"{words(bar.name)}: {words(bar.text)}" for bar in shown], [bar.row for bar in shown]),
            orientation="h",
            marker_color=BLUE,
            textposition="outside",
            textfont_size=12,
            cliponaxis=False,
        )
    )
    names = [folded(bar.name) for bar in shown]
    height = height_of_rows(names, _AXES)
    framed(figure, _measure_title(answer, chart), _names_title(answer, chart), height=height)
    figure.update_xaxes(range=_range(values, max(len(bar.text) for bar in shown)), nticks=5)
    name_rows(figure, names)
    return figure.update_yaxes(showgrid=False)


def ranking(answer: Answer, chart: Chart) -> list[Bar]:
    """Give every bar there could be, the largest first: of rows, or of columns where `y` names several.

    Rows without a value have none, nor have rows that are named by `label` and have no `x`: such a row is no single
    thing, but all others together.
    """
    bars = _of_columns(answer, chart) if len(chart.y) > 1 else _of_rows(answer, chart)
    return sorted(bars, key=lambda bar: -bar.value)


def _of_columns(answer: Answer, chart: Chart) -> list[Bar]:
    bars: list[Bar] = []
    row = 0 if len(answer.records) == 1 else None
    for column in (column_of(answer, name) for name in chart.y):
        known = [value for cell in answer.values(column.name) if (value := number(cell)) is not None]
        if known:
            total = sum(known, Decimal(0))
            bars.append(Bar(column.label, total, measured(total, column), row))
    return bars


def _of_rows(answer: Answer, chart: Chart) -> list[Bar]:
    measure, named = column_of(answer, chart.y[0]), column_of(answer, chart.label or chart.x)
    rows = zip(answer.values(chart.x), answer.values(named.name), answer.values(measure.name), strict=True)
    return [
        Bar(category_text(name, named), value, measured(cell, measure), row)
        for row, (x, name, cell) in enumerate(rows)
        if (value := number(cell)) is not None and (x is not None or chart.label is None)
    ]


def _range(values: list[float], letters: int) -> list[float]:
    """Hold zero, all bars, and the values written at their ends."""
    room = _WIDTH / (_WIDTH - min(_LETTER * letters, _WIDTH // 2))
    lowest, highest = min(0.0, *values), max(0.0, *values)
    return [lowest * room, highest * room if highest or lowest else 1]


def unranked(answer: Answer, chart: Chart) -> list[str]:
    """Name the rows that are no bar although they may have a value: they have a name and no `x`."""
    if chart.label is None or len(chart.y) > 1:
        return []
    measure, named = column_of(answer, chart.y[0]), column_of(answer, chart.label)
    rows = zip(answer.values(chart.x), answer.values(named.name), answer.values(measure.name), strict=True)
    return [
        f"{category_text(name, named)} ({measured(cell, measure)})" for x, name, cell in rows if x is None
    ]


def _measure_title(answer: Answer, chart: Chart) -> str:
    column: Column = column_of(answer, chart.y[0])
    return heading(column) if len(chart.y) == 1 else column.unit or chart.title


def _names_title(answer: Answer, chart: Chart) -> str:
    return "" if len(chart.y) > 1 else column_of(answer, chart.label or chart.x).label
