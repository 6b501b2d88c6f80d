"""Two dots in a row, joined: how far two measures are apart for each thing."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.frame import (
    LEGEND_ABOVE,
    NotDrawable,
    column_of,
    floats,
    folded,
    framed,
    height_of_rows,
    name_rows,
    words,
)
from dashboard.charts.marks import carried
from dashboard.charts.panels import NOTHING
from dashboard.formats import category_text, measured, with_unit
from dashboard.palette import BLUE, LEADER, RUST
from pipeline.core.reports import Chart, Column
from pipeline.core.result_pages import Cell

OWN_SCALE = "Each row on its own scale:", "% of its larger value"
"""The title of the axis, in two lines because a phone has no room for one."""
_AXES = 110
# The second dot is the smaller one of another form: where both stand at one place, both are seen.
_DOTS = ((BLUE, "circle", 15), (RUST, "diamond", 9))


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the chart: its values as they are, where they stand, and how they are written; `row` is the answer's."""

    row: int
    name: str
    values: tuple[float | None, float | None]
    places: tuple[float | None, float | None]
    texts: tuple[str, str]


def dumbbell(answer: Answer, chart: Chart) -> go.Figure:
    """Draw a row for each thing, in the order of the rows.

    Rows that have units of their own (`label`) share no axis, so each stands on its own scale from zero to the larger
    of its two values: dots that lie on each other are alike, and one in the middle is half of the other.

    Raises:
        NotDrawable: the answer lacks a column, or no row has a value.
    """
    columns = (column_of(answer, chart.y[0]), column_of(answer, chart.y[1]))
    pairs = pairs_of(answer, chart)
    if not pairs:
        raise NotDrawable(NOTHING)
    figure = go.Figure(_joints(pairs))
    for side in (0, 1):
        _add_dots(figure, columns[side], pairs, side)
    names = [folded(pair.name) for pair in pairs]
    height = height_of_rows(names, _AXES)
    framed(figure, columns[0].unit or chart.title, column_of(answer, chart.x).label, height=height)
    figure.update_layout(showlegend=True, legend=dict(LEGEND_ABOVE))
    figure.update_xaxes(rangemode="tozero", nticks=6)
    if chart.label:
        figure.update_xaxes(title_text="<br>".join(OWN_SCALE))
        figure.update_xaxes(range=[min(0, *_all_places(pairs)) * 1.05 - 4, 104], ticksuffix="%")
    name_rows(figure, names)
    return figure.update_yaxes(zeroline=False)


def pairs_of(answer: Answer, chart: Chart) -> list[Pair]:
    """Read the rows that have at least one of the two values."""
    x, columns = column_of(answer, chart.x), (column_of(answer, chart.y[0]), column_of(answer, chart.y[1]))
    names = answer.values(chart.x)
    units: tuple[Cell, ...] = answer.values(chart.label) if chart.label else (None,) * len(names)
    cells = zip(answer.values(chart.y[0]), answer.values(chart.y[1]), strict=True)
    pairs: list[Pair] = []
    for row, (name, unit, both) in enumerate(zip(names, units, cells, strict=True)):
        first, second = floats(both)
        if first is not None or second is not None:
            places = _on_own_scale(first, second) if chart.label else (first, second)
            texts = (_text(both[0], columns[0], unit), _text(both[1], columns[1], unit))
            pairs.append(Pair(row, category_text(name, x), (first, second), places, texts))
    return pairs


def _on_own_scale(first: float | None, second: float | None) -> tuple[float | None, float | None]:
    """Give percents of the larger value; nothing is larger than zero where both are zero."""
    largest = max(abs(first or 0), abs(second or 0)) or 1
    return (
        None if first is None else 100 * first / largest,
        None if second is None else 100 * second / largest,
    )


def _text(cell: Cell, column: Column, unit: Cell) -> str:
    """Write a value; `1` as a unit is a plain number."""
    text = measured(cell, column)
    return text if unit in {None, "1"} else with_unit(text, str(unit))


def _all_places(pairs: list[Pair]) -> list[float]:
    return [place for pair in pairs for place in pair.places if place is not None]


def _joints(pairs: list[Pair]) -> go.Scatter:
    """Draw a line between the two dots of each row, and none to a dot that is not there."""
    x: list[float | None] = []
    y: list[float | None] = []
    for row, pair in enumerate(pairs):
        x += [*pair.places, None]
        y += [row, row, None]
    return go.Scatter(
        x=x, y=y, mode="lines", line={"color": LEADER, "width": 3}, hoverinfo="skip", showlegend=False
    )


def _add_dots(figure: go.Figure, column: Column, pairs: list[Pair], side: int) -> None:
    colour, symbol, size = _DOTS[side]
    figure.add_scatter(
        name=words(column.label),
        x=[pair.places[side] for pair in pairs],
        y=list(range(len(pairs))),
        mode="markers",
        cliponaxis=False,
        marker={"color": colour, "symbol": symbol, "size": size, "opacity": 1},
        **carried(
            [f"{words(pair.name)}<br>{words(column.label)}: {words(pair.texts[side])}" for pair in pairs],
            [pair.row for pair in pairs],
        ),
    )
