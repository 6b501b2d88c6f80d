"""Bars that stand, from zero: for days, for groups, and for what lies above or below the usual."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.frame import LEGEND_ABOVE, words
from dashboard.charts.marks import carried
from dashboard.charts.panels import Drawing, drawing_of, empty_figure, finish, said
from dashboard.charts.points import Series
from dashboard.palette import ASPHALT, BLUE, CATEGORICAL, RUST
from pipeline.core.reports import Chart


def bars(answer: Answer, chart: Chart) -> go.Figure:
    """Draw bars from zero; days get their weekends and events.

    Raises:
        NotDrawable: the answer lacks a column, or no row has a value.
    """
    drawing = drawing_of(answer, chart)
    figure = empty_figure(drawing)
    for series in drawing.series:
        figure.add_bar(
            name=words(series.name),
            x=[point.x for point in series.points],
            y=[point.y for point in series.points],
            marker_color=_colours(answer, chart, drawing, series),
            **carried(
                [said(drawing, series, point) for point in series.points],
                [point.row for point in series.points],
            ),
            legendgroup=series.name,
            showlegend=series.panel == drawing.panels[0],
            row=drawing.panels.index(series.panel) + 1,
            col=1,
        )
    finish(figure, answer, chart, drawing, "closest").update_yaxes(rangemode="tozero")
    figure.update_layout(barmode="group" if _meet(drawing) else "overlay")
    if len(drawing.names) > 1:
        figure.update_layout(showlegend=True, legend=dict(LEGEND_ABOVE))
    return figure


def _meet(drawing: Drawing) -> bool:
    """Say whether bars of two series stand at one place; if none do, each has the whole width."""
    taken = [(series.panel, place) for series in drawing.series for place in {p.x for p in series.points}]
    return len(set(taken)) < len(taken)


def _colours(answer: Answer, chart: Chart, drawing: Drawing, series: Series) -> str | list[str]:
    """Give one colour; alone, a series has another below zero, and is grey where it has no remark."""
    if len(drawing.names) > 1:
        return CATEGORICAL[drawing.number_of(series)]
    remarks = answer.values(chart.label) if chart.label else None
    if remarks is None and all((point.y or 0) >= 0 for point in series.points):
        return BLUE
    return [
        ASPHALT if remarks and not remarks[point.row] else RUST if (point.y or 0) < 0 else BLUE
        for point in series.points
    ]
