"""Bins side by side, with lines at figures such as the median."""

from __future__ import annotations

from itertools import pairwise

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.frame import NUMBERS, column_of, floats, framed, words
from dashboard.charts.marks import carried
from dashboard.charts.panels import Drawing, drawing_of
from dashboard.charts.points import Point
from dashboard.formats import category_text, heading, measured
from dashboard.palette import BLUE, RUST
from pipeline.core.reports import Chart

_GAP = 0.04
_MARK_LINE = 17
_MARGIN_TOP = 24


def histogram(answer: Answer, chart: Chart) -> go.Figure:
    """Draw bins where they begin, each as wide as the narrowest distance; bins that are words stand side by side.

    Raises:
        NotDrawable: the answer lacks a column, or no row has a value.
    """
    drawing = drawing_of(answer, chart)
    (series,) = drawing.series
    names = [_name(answer, chart, point) for point in series.points]
    figure = go.Figure(
        go.Bar(
            x=[point.x for point in series.points],
            y=[point.y for point in series.points],
            **carried(
                [
                    f"{words(name)}<br>{words(series.name)}: {words(measured(point.y, series.column))}"
                    for name, point in zip(names, series.points, strict=True)
                ],
                [point.row for point in series.points],
            ),
            marker_color=BLUE,
        )
    )
    framed(figure, heading(drawing.x), heading(series.column)).update_yaxes(rangemode="tozero")
    figure.update_layout(bargap=_GAP)
    figure.update_xaxes(showgrid=False)
    if drawing.x.type in NUMBERS:
        _stand_on_numbers(figure, answer, chart, drawing)
    else:
        figure.update_xaxes(type="category")
    return figure


def marks_of(answer: Answer, chart: Chart) -> list[tuple[float, str]]:
    """Give the place and the words of each mark that has a value: `Median 1.70 mi`."""
    found: list[tuple[float, str]] = []
    for column in (column_of(answer, name) for name in chart.marks):
        cell = next((cell for cell in answer.values(column.name) if cell is not None), None)
        (place,) = floats([cell])
        if place is not None:
            found.append((place, f"{column.label} {measured(cell, column)}"))
    return found


def _name(answer: Answer, chart: Chart, point: Point) -> str:
    name = chart.label or chart.x
    return category_text(answer.values(name)[point.row], column_of(answer, name))


def _stand_on_numbers(figure: go.Figure, answer: Answer, chart: Chart, drawing: Drawing) -> None:
    places = sorted(place for place in drawing.places if isinstance(place, int | float))
    width = min((after - before for before, after in pairwise(places)), default=1.0)
    marks = marks_of(answer, chart)
    ends = [*places, places[-1] + width, *(place for place, _ in marks)]
    low, high = min(ends), max(ends)
    figure.update_traces(width=width * (1 - _GAP), offset=width * _GAP / 2)
    figure.update_xaxes(range=[low, high], nticks=8)
    figure.update_layout(margin_t=_MARGIN_TOP + _MARK_LINE * len(marks))
    for row, (place, text) in enumerate(marks):
        _mark(figure, place, text, row, "left" if place < (low + high) / 2 else "right")


def _mark(figure: go.Figure, place: float, text: str, row: int, anchor: str) -> None:
    """Draw a line over the whole height and its words above, each mark in a row of its own."""
    shift = 4 + _MARK_LINE * row
    figure.add_shape(
        type="line",
        xref="x",
        yref="y domain",
        x0=place,
        x1=place,
        y0=0,
        y1=1,
        line={"color": RUST, "width": 2, "dash": "dash"},
    )
    figure.add_annotation(
        text=words(text),
        x=place,
        xref="x",
        y=1,
        yref="y domain",
        yanchor="bottom",
        xanchor=anchor,
        yshift=shift,
        showarrow=False,
    )
