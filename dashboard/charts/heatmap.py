"""A grid of cells, darker or brighter by value.

Cells are bars in ten fixed colours: the style sheet gives each of them its place in the theme in view, so that high
stands out on both grounds, and goes on to do so when the theme is switched. A picture of cells could not follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.frame import NotDrawable, column_of, floats, framed, words
from dashboard.charts.marks import carried
from dashboard.charts.panels import NOTHING
from dashboard.formats import HOUR, category_text, heading, measured
from dashboard.palette import SEQUENTIAL
from pipeline.core.reports import Chart
from pipeline.core.result_pages import Cell

# On a phone the cells share about 250 pixels: six hours can be written side by side, and the key lies above them.
_TICKS = 6
_GAP = 0.06
# What plotly.js takes for the key, and below the cells for hours and their name.
_KEY, _AXES = 110, 72
_ROW = 36


@dataclass(frozen=True, slots=True)
class _Tile:
    """A cell: where it stands, its value, what it says, and the row of the answer from which it is."""

    record: int
    column: int
    row: int
    value: float
    said: str


def heatmap(answer: Answer, chart: Chart) -> go.Figure:
    """Draw one row of cells per value of `y`, in the order in which they come, and a column per value of `x`.

    Raises:
        NotDrawable: the answer lacks a column, or no row has a value.
    """
    value = column_of(answer, chart.value or chart.y[0])
    x, y = column_of(answer, chart.x), column_of(answer, chart.y[0])
    across, down = places_along(answer, chart.x), places_along(answer, chart.y[0])
    tiles = _tiles(answer, chart, across, down)
    if not tiles:
        raise NotDrawable(NOTHING)
    has_key = len({tile.value for tile in tiles}) > 1
    figure = go.Figure(
        go.Bar(
            orientation="h",
            base=[tile.column - 0.5 for tile in tiles],
            x=[1 - _GAP] * len(tiles),
            y=[tile.row for tile in tiles],
            width=1 - _GAP,
            **carried([tile.said for tile in tiles], [tile.record for tile in tiles]),
            marker={
                "color": [tile.value for tile in tiles],
                "colorscale": list(steps(SEQUENTIAL)),
                "showscale": has_key,
                "colorbar": {
                    "title": {"text": words(heading(value)), "side": "top"},
                    "orientation": "h",
                    "thickness": 12,
                    "y": 1.02,
                    "yanchor": "bottom",
                },
            },
        )
    )
    framed(figure, heading(x), heading(y))
    above = _KEY if has_key else figure.layout.margin.t
    figure.update_layout(barmode="overlay", margin_t=above, height=above + _AXES + _ROW * len(down))
    every = -(-len(across) // _TICKS)
    _write_axis(figure.layout.xaxis, [category_text(cell, x) for cell in across], every)
    _write_axis(figure.layout.yaxis, [category_text(cell, y) for cell in down], 1)
    figure.update_xaxes(range=[-0.5, len(across) - 0.5])
    figure.update_yaxes(range=[len(down) - 0.5, -0.5])
    return figure


def places_along(answer: Answer, name: str) -> list[Cell]:
    """Give the places along a side, each once: whole numbers in their order, others as they come, all 24 hours."""
    if name == HOUR:
        return list(range(24))
    cells = list(dict.fromkeys(answer.values(name)))
    if all(isinstance(cell, int) for cell in cells):
        cells.sort(key=lambda cell: int(cell or 0))
    return cells


def steps(colours: tuple[str, ...]) -> tuple[tuple[float, str], ...]:
    """Give a scale of steps: a value has one of these colours, and none between two."""
    size = len(colours)
    return tuple(chain.from_iterable(((n / size, c), ((n + 1) / size, c)) for n, c in enumerate(colours)))


def _tiles(answer: Answer, chart: Chart, across: list[Cell], down: list[Cell]) -> list[_Tile]:
    """Give the cells that have a value; the others stay empty."""
    value = column_of(answer, chart.value or chart.y[0])
    x, y = column_of(answer, chart.x), column_of(answer, chart.y[0])
    columns, rows = ({cell: n for n, cell in enumerate(cells)} for cells in (across, down))
    cells = answer.values(value.name)
    places = zip(answer.values(x.name), answer.values(y.name), floats(cells), cells, strict=True)
    return [
        _Tile(
            record,
            columns[right],
            rows[below],
            number,
            words(f"{category_text(below, y)} {category_text(right, x)}")
            + f"<br>{words(value.label)}: {words(measured(cell, value))}",
        )
        for record, (right, below, number, cell) in enumerate(places)
        if number is not None and right in columns
    ]


def _write_axis(axis: go.layout.XAxis | go.layout.YAxis, names: list[str], every: int) -> None:
    axis.update(
        tickvals=list(range(0, len(names), every)),
        ticktext=[words(name) for name in names[::every]],
        showgrid=False,
        zeroline=False,
    )
