"""What bars and lines share: one or several small charts above each other, their axes, and what a mark says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.answers import Answer
from dashboard.charts.axes import single_days, write_places
from dashboard.charts.days import mark_weekends, name_events
from dashboard.charts.frame import HEIGHT, NotDrawable, column_of, framed, words
from dashboard.charts.points import Point, Series, names_of, panels_of, series_of, shown_series
from dashboard.charts.remarks import remarks_of, write_remarks
from dashboard.formats import category_text, heading, measured
from pipeline.core.reports import Chart, Column
from pipeline.core.result_pages import Cell

NOTHING = "There is nothing to draw: no row has a value."
_PANEL = 150
_AXIS = 80
_ROOM = 0.06


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is to be drawn: the series, the names of lines and of panels, and all places of the x axis."""

    x: Column
    series: tuple[Series, ...]
    names: tuple[str, ...]
    panels: tuple[str, ...]
    places: tuple[Cell, ...]

    def number_of(self, series: Series) -> int:
        """Say which colour a series has: the same one in each panel."""
        return self.names.index(series.name)


def drawing_of(answer: Answer, chart: Chart) -> Drawing:
    """Read what is to be drawn.

    Raises:
        NotDrawable: the answer lacks a column, or no row has a value.
    """
    series = shown_series(series_of(answer, chart))
    points = [point for one in series for point in one.points]
    if all(point.y is None for point in points):
        raise NotDrawable(NOTHING)
    places = tuple(dict.fromkeys(point.x for point in points))
    x = column_of(answer, chart.x)
    return Drawing(x, series, tuple(names_of(series)), tuple(panels_of(series)), places)


def empty_figure(drawing: Drawing) -> go.Figure:
    """Make a figure with a place for each panel; all have the same axes, so that they can be compared."""
    rows = len(drawing.panels)
    titles = [words(panel) for panel in drawing.panels] if any(drawing.panels) else None
    figure = make_subplots(
        rows=rows,
        cols=1,
        shared_xaxes=True,
        subplot_titles=titles,
        vertical_spacing=0.3 / rows,
    )
    figure.update_annotations(x=0, xanchor="left", font_size=14)
    return figure


def finish(figure: go.Figure, answer: Answer, chart: Chart, drawing: Drawing, hover: str) -> go.Figure:
    """Give the frame, the axes, and what stands beside the data: weekends, events, remarks."""
    rows = len(drawing.panels)
    height = HEIGHT if rows == 1 else rows * _PANEL + _AXIS
    framed(figure, heading(drawing.x), measure_title(chart, drawing), hover=hover, height=height)
    if rows > 1:
        figure.update_yaxes(range=_common_range(drawing))
        figure.update_xaxes(title_text=None)
        figure.update_xaxes(title_text=words(heading(drawing.x)), row=rows)
    write_places(figure, drawing.x, drawing.places)
    if rows == 1:
        _write_beside(figure, answer, chart, drawing)
    return figure


def measure_title(chart: Chart, drawing: Drawing) -> str:
    """Name the measure; several columns share nothing but their unit."""
    column = drawing.series[0].column
    return heading(column) if len(chart.y) == 1 else column.unit or chart.title


def said(drawing: Drawing, series: Series, point: Point) -> str:
    """Write what a mark says under the pointer: its place, its series, its value with the unit."""
    place = words(category_text(_whole(point.x), drawing.x))
    return f"{place}<br>{value_said(series, point)}"


def value_said(series: Series, point: Point) -> str:
    """Write the value of a mark after the name of its series."""
    return f"{words(series.name)}: {words(measured(point.y, series.column))}"


def _whole(cell: Cell) -> Cell:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _common_range(drawing: Drawing) -> list[float]:
    """Give small charts one range, so that they can be compared: all values and zero, with some room."""
    known = [point.y for series in drawing.series for point in series.points if point.y is not None]
    low, high = min(0.0, *known), max(0.0, *known)
    room = (high - low or 1) * _ROOM
    return [low - room, high + room]


def _write_beside(figure: go.Figure, answer: Answer, chart: Chart, drawing: Drawing) -> None:
    points = tuple(point for one in drawing.series for point in one.points)
    if days := single_days(drawing.x, drawing.places):
        mark_weekends(figure, days)
        if chart.label is None:
            name_events(figure, days, _tops(points))
    write_remarks(figure, points, remarks_of(answer, chart, points))


def _tops(points: Sequence[Point]) -> dict[date, float]:
    """Say how high the data stands on each day that has a value."""
    tops: dict[date, float] = {}
    for point in points:
        if point.y is not None:
            day = date.fromisoformat(str(point.x))
            tops[day] = max(point.y, tops.get(day, point.y))
    return tops
