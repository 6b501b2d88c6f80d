"""Two periods in one picture: day by day from the first of each, the one asked for thick, the other thin and dashed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.frame import LEGEND_ABOVE, column_of, framed, words
from dashboard.charts.points import Point, series_of
from dashboard.formats import MONTH, day_text, heading, measured, span_text
from dashboard.palette import ASPHALT, BLUE
from dashboard.periods import Days
from pipeline.core.reports import Chart

_THICK, _THIN = 3, 1.5
_SIZE = 12


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
    looks = (
        (then, other, ASPHALT, "dash", _THIN, "diamond-open"),
        (now, days, BLUE, "solid", _THICK, "circle"),
    )
    for answer, one, colour, dash, width, symbol in looks:
        points = _points(answer, chart)
        figure.add_scatter(
            name=words(span_text(one.start, one.end)),
            x=[_day_of_period(point, one) for point in points],
            y=[point.y for point in points],
            mode="lines" if len(points) > 1 else "markers",  # a line needs two ends
            line={"color": colour, "dash": dash, "width": width},
            marker={"color": colour, "symbol": symbol, "size": _SIZE},
            customdata=[f"{day_text(_day(point))}: {measured(point.y, measure)}" for point in points],
            hovertemplate="%{customdata}<extra></extra>",
        )
    framed(figure, "Day of the period", heading(measure), hover="x unified")
    if max(days.count, other.count) == 1:  # else plotly writes halves of a day
        figure.update_xaxes(tickvals=[1])
    figure.update_layout(showlegend=True, legend=dict(LEGEND_ABOVE))
    figure.update_yaxes(rangemode="tozero")
    return figure


def _points(answer: Answer, chart: Chart) -> Sequence[Point]:
    return [point for series in series_of(answer, chart) for point in series.points]


def _day(point: Point) -> date:
    return date.fromisoformat(str(point.x))


def _day_of_period(point: Point, days: Days) -> int:
    return (_day(point) - days.start).days + 1
