"""A map: a symbol at each place, over the outlines of the boroughs; where places are crowded, once more and larger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.frame import NotDrawable, column_of, framed, words
from dashboard.charts.marks import carried
from dashboard.charts.panels import NOTHING
from dashboard.charts.places import Place, outline, places_of
from dashboard.palette import BLUE, LEADER, SURFACE
from pipeline.core.reports import Chart

_HEIGHT = 680
# A degree of longitude is shorter than one of latitude: at the latitude of New York by this factor.
_TALL = 1 / cos(radians(40.7))
_ROOM = 0.01


@dataclass(frozen=True, slots=True)
class _Box:
    """Degrees from west to east and from south to north."""

    x: tuple[float, float]
    y: tuple[float, float]

    def holds(self, at: tuple[float, float]) -> bool:
        return self.x[0] <= at[0] <= self.x[1] and self.y[0] <= at[1] <= self.y[1]


@dataclass(frozen=True, slots=True)
class _View:
    """A part of the figure: its axes, the share of the figure that it may take and the end to which it keeps,
    and the pixels of its symbols.

    `largest` is the breadth of the largest symbol, `smallest` half the breadth of the smallest, as plotly takes them.
    """

    axis: str
    domain: _Box
    toward: str
    largest: int
    smallest: int


_CROWDED = _Box((-74.021, -73.933), (40.698, 40.805))
_CROWDED_NAME = "Manhattan to 110th Street"
# The city, at the right and below, is about a square. Its upper left quarter is New Jersey, where only Newark Airport
# is, at the lower edge: the view of Manhattan stands there, on a phone above the city, on a wide screen beside it.
_CITY = _View("", _Box((0, 1), (0, 1)), "bottom", largest=16, smallest=3)
_NEAR = _View("2", _Box((0, 0.46), (0.5, 1)), "top", largest=20, smallest=4)


def symbol_map(answer: Answer, chart: Chart) -> go.Figure:
    """Draw symbols whose area is the value, the small ones on top; degrees are no business of the reader's.

    Raises:
        NotDrawable: the answer lacks a column, or no row has both a place and a value.
    """
    column = column_of(answer, chart.value or chart.y[0])
    places = sorted(places_of(answer, chart), key=lambda place: -place.value)
    if not places:
        raise NotDrawable(NOTHING)
    figure = framed(go.Figure(), "", "", height=_HEIGHT)
    _draw(figure, _CITY, _around(places), places, column.label)
    crowd = [place for place in places if _CROWDED.holds(place.at)]
    if crowd:
        _draw(figure, _NEAR, _CROWDED, crowd, column.label)
        _frame(figure)
    return figure


def _around(places: Sequence[Place]) -> _Box:
    """Give the box of the boroughs, and of the places that lie farther out."""
    spots = [*(place.at for place in places), *(spot for spot in outline() if spot)]
    return _Box(_range(x for x, _ in spots), _range(y for _, y in spots))


def _range(values: Iterable[float]) -> tuple[float, float]:
    every = list(values)
    return min(every) - _ROOM, max(every) + _ROOM


def _draw(figure: go.Figure, view: _View, box: _Box, places: Sequence[Place], label: str) -> None:
    figure.add_trace(_outlines(view))
    figure.add_trace(_symbols(view, places, label))
    common = {"constrain": "domain", "visible": False, "fixedrange": True}
    x, y = f"x{view.axis}", f"y{view.axis}"
    across = {"range": box.x, "domain": view.domain.x, "anchor": y, "constraintoward": "right"}
    up = {"range": box.y, "domain": view.domain.y, "anchor": x, "constraintoward": view.toward}
    figure.update_layout(
        {
            f"xaxis{view.axis}": {**common, **across},
            f"yaxis{view.axis}": {**common, **up, "scaleanchor": x, "scaleratio": _TALL},
        }
    )


def _frame(figure: go.Figure) -> None:
    """Frame the crowded part in both views, and name it."""
    line = {"color": LEADER, "width": 1}
    (x0, x1), (y0, y1) = _CROWDED.x, _CROWDED.y
    figure.add_shape(type="rect", x0=x0, x1=x1, y0=y0, y1=y1, line=line)
    figure.add_shape(type="rect", xref="x2", yref="y2", x0=x0, x1=x1, y0=y0, y1=y1, line=line)
    figure.add_annotation(
        text=_CROWDED_NAME,
        xref="x2",
        yref="y2",
        x=x1,
        y=y1,
        xanchor="right",
        yanchor="bottom",
        showarrow=False,
    )


def _outlines(view: _View) -> go.Scatter:
    return go.Scatter(
        x=[spot[0] if spot else None for spot in outline()],
        y=[spot[1] if spot else None for spot in outline()],
        xaxis=f"x{view.axis}",
        yaxis=f"y{view.axis}",
        mode="lines",
        line={"color": LEADER, "width": 1},
        hoverinfo="skip",
    )


def _symbols(view: _View, places: Sequence[Place], label: str) -> go.Scatter:
    """Draw the symbols; a value that is not above zero has the smallest one."""
    largest = max(place.value for place in places)
    return go.Scatter(
        x=[place.at[0] for place in places],
        y=[place.at[1] for place in places],
        xaxis=f"x{view.axis}",
        yaxis=f"y{view.axis}",
        mode="markers",
        marker={
            "size": [max(place.value, 0) for place in places],
            "sizemode": "area",
            "sizeref": largest / view.largest**2 if largest > 0 else 1,
            "sizemin": view.smallest,
            "color": BLUE,
            "opacity": 0.8,
            "line": {"color": SURFACE, "width": 1},
        },
        **carried(
            [f"{words(place.name)}<br>{words(label)}: {words(place.text)}" for place in places],
            [place.row for place in places],
        ),
    )
