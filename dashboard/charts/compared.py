"""Two periods in one picture: day by day from the first of each, the one asked for thick, the other thin and dashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.frame import LEGEND_ABOVE, column_of, framed, words
from dashboard.charts.marks import carried
from dashboard.charts.points import Point, series_of
from dashboard.formats import MONTH, day_text, heading, measured, span_text
from dashboard.palette import ASPHALT, BLUE
from dashboard.periods import Days
from pipeline.core.reports import Chart, Column

_SIZE = 12


@dataclass(frozen=True, slots=True)
class _Look:
    """How a period is drawn: the width of its line in pixels."""

    colour: str
    dash: str
    width: float


_NOW, _THEN = _Look(BLUE, "solid", 3), _Look(ASPHALT, "dash", 1.5)


def comparable_chart(answer: Answer) -> Chart | None:
    """Give the report's chart of one measure day by day; None where it has none."""
    for chart in answer.report.charts:
        x = answer.column(chart.x)
        single = len(chart.y) == 1 and chart.series is None and chart.panels is None
        if (
            chart.kind in {"bar", "line"}
            and single
            and x is not None
            and x.type == "date"
            and x.name != MONTH
        ):
            return chart
    return None


def compared(now: Answer, then: Answer, chart: Chart, days: Days, other: Days) -> go.Figure:
    """Draw both answers over the days of the period, the first of each at 1.

    Raises:
        NotDrawable: an answer lacks a column.
    """
    measure = column_of(now, chart.y[0])
    figure = go.Figure()
    both = ((then, other, _THEN), (now, days, _NOW))
    if days.count == other.count == 1:
        for answer, one, look in both:
            figure.add_trace(_bar(_points(answer, chart), measure, one, look))
        framed(figure, "Day", heading(measure)).update_xaxes(type="category")
        return figure.update_layout(bargap=0.5)
    for answer, one, look in both:
        figure.add_trace(_line(_points(answer, chart), measure, one, look))
    framed(figure, "Day of the period", heading(measure), hover="x unified")
    figure.update_layout(showlegend=True, legend=dict(LEGEND_ABOVE))
    return figure.update_yaxes(rangemode="tozero")


def _line(points: Sequence[Point], measure: Column, days: Days, look: _Look) -> go.Scatter:
    return go.Scatter(
        name=words(span_text(days.start, days.end)),
        x=[_day_of_period(point, days) for point in points],
        y=[point.y for point in points],
        mode="lines" if len(points) > 1 else "markers",  # a line needs two ends
        line={"color": look.colour, "dash": look.dash, "width": look.width},
        marker={"color": look.colour, "size": _SIZE},
        **carried([_said(point, measure) for point in points], [point.row for point in points]),
    )


def _bar(points: Sequence[Point], measure: Column, days: Days, look: _Look) -> go.Bar:
    """Draw a single day, under its own name: of two marks at one place one could hide the other."""
    return go.Bar(
        name=words(span_text(days.start, days.end)),
        x=[day_text(_day(point)) for point in points],
        y=[point.y for point in points],
        marker={"color": look.colour},
        text=[words(measured(point.y, measure)) for point in points],
        textposition="auto",
        **carried([_said(point, measure) for point in points], [point.row for point in points]),
    )


def _points(answer: Answer, chart: Chart) -> Sequence[Point]:
    return [point for series in series_of(answer, chart) for point in series.points]


def _day(point: Point) -> date:
    return date.fromisoformat(str(point.x))


def _said(point: Point, measure: Column) -> str:
    return f"{day_text(_day(point))}: {measured(point.y, measure)}"


def _day_of_period(point: Point, days: Days) -> int:
    return (_day(point) - days.start).days + 1
