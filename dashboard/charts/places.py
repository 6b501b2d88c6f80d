"""A map: a symbol at each place, over the outlines of the boroughs. Nothing is loaded from outside."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import cos, radians
from pathlib import Path

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.frame import NotDrawable, column_of, floats, framed, words
from dashboard.charts.panels import NOTHING
from dashboard.formats import category_text, measured
from dashboard.palette import BLUE, LEADER
from pipeline.core.reports import Chart

_FILE = Path(__file__).with_name("outlines.csv")
_HEIGHT = 460
_LARGEST, _SMALLEST = 30, 3
# A degree of longitude is shorter than one of latitude: at the latitude of New York by this factor.
_TALL = 1 / cos(radians(40.7))
_ROOM = 0.02


@dataclass(frozen=True, slots=True)
class Place:
    """A row that is on the map: `at` is its longitude and latitude in degrees."""

    name: str
    at: tuple[float, float]
    value: float
    text: str


def symbol_map(answer: Answer, chart: Chart) -> go.Figure:
    """Draw symbols whose area is the value, the small ones on top.

    Raises:
        NotDrawable: the answer lacks a column, or no row has both a place and a value.
    """
    column = column_of(answer, chart.value or chart.y[0])
    places = sorted(places_of(answer, chart), key=lambda place: -place.value)
    if not places:
        raise NotDrawable(NOTHING)
    figure = go.Figure([_outlines(), _symbols(places, column.label)])
    framed(figure, "Longitude (°)", "Latitude (°)", height=_HEIGHT)
    ends = [*(place.at for place in places), *(spot for spot in outline() if spot)]
    for axis, values in (
        (figure.layout.xaxis, [x for x, _ in ends]),
        (figure.layout.yaxis, [y for _, y in ends]),
    ):
        axis.update(
            range=[min(values) - _ROOM, max(values) + _ROOM], constrain="domain", nticks=5, zeroline=False
        )
    figure.update_xaxes(showgrid=False)
    figure.update_yaxes(showgrid=False, scaleanchor="x", scaleratio=_TALL)
    return figure


def places_of(answer: Answer, chart: Chart) -> list[Place]:
    """Read the rows that have a place and a value."""
    value, named = column_of(answer, chart.value or chart.y[0]), column_of(answer, chart.label or chart.x)
    spots = zip(floats(answer.values(chart.x)), floats(answer.values(chart.y[0])), strict=True)
    cells = answer.values(value.name)
    rows = zip(answer.values(named.name), spots, floats(cells), cells, strict=True)
    return [
        Place(category_text(name, named), (x, y), number, measured(cell, value))
        for name, (x, y), number, cell in rows
        if x is not None and y is not None and number is not None
    ]


def placeless(answer: Answer, chart: Chart) -> list[str]:
    """Name the rows that can be on no map, with what they have of the value."""
    value, named = column_of(answer, chart.value or chart.y[0]), column_of(answer, chart.label or chart.x)
    spots = zip(floats(answer.values(chart.x)), floats(answer.values(chart.y[0])), strict=True)
    rows = zip(answer.values(named.name), spots, answer.values(value.name), strict=True)
    return [
        f"{category_text(name, named)} ({measured(cell, value)})" for name, spot, cell in rows if None in spot
    ]


@cache
def outline() -> tuple[tuple[float, float] | None, ...]:
    """Read the outlines as longitude and latitude; None is between two of them."""
    with _FILE.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    points: list[tuple[float, float] | None] = []
    for _, part in groupby(rows, key=lambda row: row["part"]):
        points += [*((float(row["longitude"]), float(row["latitude"])) for row in part), None]
    return tuple(points)


def _outlines() -> go.Scatter:
    return go.Scatter(
        x=[spot[0] if spot else None for spot in outline()],
        y=[spot[1] if spot else None for spot in outline()],
        mode="lines",
        line={"color": LEADER, "width": 1},
        hoverinfo="skip",
    )


def _symbols(places: list[Place], label: str) -> go.Scatter:
    """Draw the symbols; a value that is not above zero has the smallest one."""
    largest = max(place.value for place in places)
    return go.Scatter(
        x=[place.at[0] for place in places],
        y=[place.at[1] for place in places],
        mode="markers",
        marker={
            "size": [max(place.value, 0) for place in places],
            "sizemode": "area",
            "sizeref": largest / _LARGEST**2 if largest > 0 else 1,
            "sizemin": _SMALLEST,
            "color": BLUE,
            "opacity": 0.55,
            "line": {"color": BLUE, "width": 1},
        },
        customdata=[f"{words(place.name)}<br>{words(label)}: {words(place.text)}" for place in places],
        hovertemplate="%{customdata}<extra></extra>",
    )
