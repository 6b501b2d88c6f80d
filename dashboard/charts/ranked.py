"""Bars that lie down, the largest on top: for categories, whose names need room."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.frame import column_of, floats, framed, tick_text
from dashboard.formats import value_text
from dashboard.palette import BLUE
from pipeline.core.reports import Chart

MAXIMUM_BARS = 15


def ranked(answer: Answer, chart: Chart) -> go.Figure:
    """Draw the fifteen largest; the table has the rest."""
    name = chart.y[0]
    pairs = zip(answer.values(chart.x), floats(answer.values(name)), strict=True)
    known = sorted(((value, label) for label, value in pairs if value is not None), key=lambda pair: -pair[0])
    measure = column_of(answer, name)
    shown = known[:MAXIMUM_BARS]
    figure = go.Figure(
        go.Bar(
            x=[value for value, _ in shown],
            y=[tick_text(chart.x, label) for _, label in shown],
            text=[value_text(value, measure.format) for value, _ in shown],
            orientation="h",
            marker_color=BLUE,
            hovertemplate="%{y}: %{text}<extra></extra>",
            textposition="outside",
            textfont_size=12,
            cliponaxis=False,
        )
    )
    framed(figure, measure, column_of(answer, chart.x)).update_xaxes(rangemode="tozero")
    figure.update_yaxes(autorange="reversed", type="category")
    return figure
