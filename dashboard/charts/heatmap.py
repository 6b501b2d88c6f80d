"""A grid of cells, darker or brighter by value. Its colours are the theme's, so high stands out on both."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.frame import column_of, floats, framed, tick_text
from dashboard.formats import heading, value_text
from pipeline.core.reports import Chart
from pipeline.core.result_pages import Cell

# On a phone the cells share about 250 pixels: six hours can be written side by side, and the key lies above them.
_TICKS = 6


def heatmap(answer: Answer, chart: Chart) -> go.Figure:
    """Draw one row of cells per value of `y`, in the order in which they come, and a column per value of `x`."""
    value = column_of(answer, chart.value or chart.y[0])
    across, down, grid = _grid(answer, chart, value.name)
    figure = go.Figure(
        go.Heatmap(
            x=[tick_text(chart.x, cell) for cell in across],
            y=[tick_text(chart.y[0], cell) for cell in down],
            z=[floats(row) for row in grid],
            text=[[value_text(cell, value.format) for cell in row] for row in grid],
            hovertemplate=f"%{{y}} %{{x}}<br>{value.label}: %{{text}}<extra></extra>",
            xgap=1,
            ygap=1,
            colorbar={
                "title": {"text": heading(value), "side": "top"},
                "orientation": "h",
                "thickness": 12,
                "y": 1.02,
                "yanchor": "bottom",
            },
        )
    )
    framed(figure, column_of(answer, chart.x), column_of(answer, chart.y[0]))
    figure.update_xaxes(type="category", nticks=_TICKS, showgrid=False)
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False)
    return figure


def _grid(answer: Answer, chart: Chart, name: str) -> tuple[list[Cell], list[Cell], list[tuple[Cell, ...]]]:
    """Give columns, rows, and the cells row by row; None where the answer has no row for a cell."""
    rows, columns = answer.values(chart.y[0]), answer.values(chart.x)
    across, down = _distinct(columns), _distinct(rows)
    if all(isinstance(cell, int) for cell in across):
        across.sort(key=lambda cell: int(cell or 0))
    known = dict(zip(zip(rows, columns, strict=True), answer.values(name), strict=True))
    return across, down, [tuple(known.get((row, column)) for column in across) for row in down]


def _distinct(cells: tuple[Cell, ...]) -> list[Cell]:
    return list(dict.fromkeys(cells))
