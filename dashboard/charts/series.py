"""Charts of one or more measures along an axis: bars, lines, histogram."""

from __future__ import annotations

from datetime import date
from itertools import cycle

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.days import mark_days
from dashboard.charts.frame import column_of, floats, framed
from dashboard.formats import value_text
from dashboard.palette import CATEGORICAL, DASHES
from pipeline.core.reports import Chart, Column

_LEGEND_FROM = 4
_BAR_EDGE = "rgba(255, 255, 255, 0.6)"


def bars(answer: Answer, chart: Chart) -> go.Figure:
    """Draw bars from zero; days get their weekends and events."""
    figure = go.Figure()
    for name, colour in zip(chart.y, CATEGORICAL, strict=False):
        figure.add_bar(x=answer.values(chart.x), y=floats(answer.values(name)), marker_color=colour)
        _tell(figure, answer, chart, name)
    framed(figure, *_axes(answer, chart)).update_yaxes(rangemode="tozero")
    return _finished(figure, answer, chart)


def lines(answer: Answer, chart: Chart) -> go.Figure:
    """Draw lines that differ in colour and in dash."""
    figure = go.Figure()
    for name, colour, dash in zip(chart.y, CATEGORICAL, cycle(DASHES), strict=False):
        figure.add_scatter(
            x=answer.values(chart.x),
            y=floats(answer.values(name)),
            mode="lines",
            line={"color": colour, "dash": dash, "width": 2.5},
        )
        _tell(figure, answer, chart, name)
    framed(figure, *_axes(answer, chart), hover="x unified")
    return _finished(figure, answer, chart)


def histogram(answer: Answer, chart: Chart) -> go.Figure:
    """Draw bins side by side, in the order of the rows."""
    figure = bars(answer, chart)
    figure.update_layout(bargap=0)
    figure.update_traces(marker_line={"width": 1, "color": _BAR_EDGE})
    figure.update_xaxes(type="category")
    return figure


def _axes(answer: Answer, chart: Chart) -> tuple[Column, Column]:
    """Name the axes; several series share nothing but their unit."""
    first = column_of(answer, chart.y[0])
    if len(chart.y) > 1:
        first = Column(first.name, first.type, first.unit or chart.title, first.role)
    return column_of(answer, chart.x), first


def _tell(figure: go.Figure, answer: Answer, chart: Chart, name: str) -> None:
    """Give the newest trace its name and what it says under the pointer."""
    trace, column = figure.data[-1], column_of(answer, name)
    said = [value_text(cell, column.format) for cell in answer.values(name)]
    place = "%{x|%a %-d %b %Y}" if column_of(answer, chart.x).type == "date" else "%{x}"
    shown = f"{column.label}: %{{customdata}}<extra></extra>"
    template = shown if trace.type == "scatter" else f"{place}<br>{shown}"
    trace.update(name=column.label, customdata=said, hovertemplate=template)


def _finished(figure: go.Figure, answer: Answer, chart: Chart) -> go.Figure:
    if column_of(answer, chart.x).type == "date":
        days = [date.fromisoformat(str(cell)) for cell in answer.values(chart.x) if cell is not None]
        mark_days(figure, days, dict(zip(days, floats(answer.values(chart.y[0])), strict=False)))
    _name_series(figure)
    return figure


def _name_series(figure: go.Figure) -> None:
    """Name lines at their end; a legend below from four on, and for bars, which have no end."""
    series = len(figure.data)
    if series > 1 and (series >= _LEGEND_FROM or figure.data[0].type == "bar"):
        figure.update_layout(showlegend=True, legend={"orientation": "h", "y": -0.25})
    elif series > 1:
        _name_line_ends(figure)


def _name_line_ends(figure: go.Figure) -> None:
    for trace in figure.data:
        figure.add_annotation(
            x=trace.x[-1], y=trace.y[-1], text=trace.name, showarrow=False, xanchor="left", xshift=6
        )
    figure.update_layout(margin_r=120)
