"""Lines with a mark at each point: gaps where places are missing, names at their ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.axes import days_of, step_of
from dashboard.charts.ends import MAXIMUM_NAMED, name_ends
from dashboard.charts.frame import LEGEND_ABOVE, NUMBERS, words
from dashboard.charts.marks import carried
from dashboard.charts.panels import Drawing, drawing_of, empty_figure, finish, value_said
from dashboard.charts.points import Point
from dashboard.formats import HOUR
from dashboard.palette import CATEGORICAL, DASHES, SYMBOLS
from pipeline.core.reports import Chart

_MANY = 62
_SIZES = (6, 3)
# A month is up to 31 days and as few as 28: what is farther than one and a half steps apart has something missing.
_GAP = 1.5


def lines(answer: Answer, chart: Chart) -> go.Figure:
    """Draw lines that differ in colour, in dash and in the form of their marks.

    Raises:
        NotDrawable: the answer lacks a column, or no row has a value.
    """
    drawing = drawing_of(answer, chart)
    figure = empty_figure(drawing)
    step = _step(drawing)
    for series in drawing.series:
        points = tuple(_with_gaps(series.points, step))
        number = drawing.number_of(series)
        figure.add_scatter(
            name=words(series.name),
            x=[point.x for point in points],
            y=[point.y for point in points],
            mode="lines+markers",
            connectgaps=False,
            line={"color": CATEGORICAL[number], "dash": DASHES[number], "width": 2.5},
            marker={"size": _SIZES[len(drawing.places) > _MANY], "symbol": SYMBOLS[number]},
            **carried([value_said(series, point) for point in points], [point.row for point in points]),
            legendgroup=series.name,
            showlegend=series.panel == drawing.panels[0],
            row=drawing.panels.index(series.panel) + 1,
            col=1,
        )
    finish(figure, answer, chart, drawing, "x unified")
    if len(drawing.names) > MAXIMUM_NAMED:
        figure.update_layout(showlegend=True, legend=dict(LEGEND_ABOVE))
    elif len(drawing.names) > 1:
        name_ends(figure, drawing)
    return figure


def _step(drawing: Drawing) -> float | None:
    """Say how far neighbours are apart on an axis of days or numbers; words have no distance."""
    if drawing.x.type == "date":
        return step_of(days_of(drawing.places)) or None
    if drawing.x.name == HOUR:
        return 1
    if drawing.x.type not in NUMBERS:
        return None
    numbers = sorted(place for place in drawing.places if isinstance(place, int | float))
    return min((after - before for before, after in pairwise(numbers)), default=None)


def _with_gaps(points: Sequence[Point], step: float | None) -> Iterator[Point]:
    """Put a point without a value where something is missing, so that no line leads over it."""
    for point, after in zip(points, [*points[1:], None], strict=True):
        yield point
        if after is not None and step is not None and (hole := _hole(point, after, step)) is not None:
            yield hole


def _hole(point: Point, after: Point, step: float) -> Point | None:
    if isinstance(point.x, int | float) and isinstance(after.x, int | float):
        missing = after.x - point.x > _GAP * step
        return Point(point.x + step, None, point.row) if missing else None
    day, later = (date.fromisoformat(str(one.x)) for one in (point, after))
    missing = (later - day).days > _GAP * step
    return Point((day + timedelta(days=step)).isoformat(), None, point.row) if missing else None
