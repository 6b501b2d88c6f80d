"""Draws a declared chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.bars import bars
from dashboard.charts.dumbbell import dumbbell
from dashboard.charts.frame import column_of
from dashboard.charts.heatmap import heatmap
from dashboard.charts.histogram import histogram
from dashboard.charts.lines import lines
from dashboard.charts.map import symbol_map
from dashboard.charts.ranked import ranked
from dashboard.palette import TAXI
from pipeline.core.reports import Chart, ChartKind

_DRAWERS: Mapping[ChartKind, Callable[[Answer, Chart], go.Figure]] = MappingProxyType(
    {
        "bar": bars,
        "line": lines,
        "ranked": ranked,
        "histogram": histogram,
        "heatmap": heatmap,
        "dumbbell": dumbbell,
        "map": symbol_map,
    }
)

# Beside a pressed mark; plotly's own fifth would leave hardly a trace of the others.
_DIMMED = 0.5


def draw(answer: Answer, chart: Chart) -> go.Figure:
    """Make the figure. A mark that is pressed is yellow, but for a cell, whose colour is its value; the others fade.

    Raises:
        NotDrawable: the answer lacks a column that the chart names, or no row has a value.
    """
    for name in columns_of(chart):
        column_of(answer, name)
    figure = _DRAWERS[chart.kind](answer, chart)
    pressed = {"opacity": 1} if chart.kind == "heatmap" else {"opacity": 1, "color": TAXI}
    return figure.update_traces(
        selected_marker=pressed, unselected_marker_opacity=_DIMMED, selector=_can_be_pressed
    )


def _can_be_pressed(trace: Any) -> bool:
    return trace.type == "bar" or (trace.type == "scatter" and "markers" in (trace.mode or ""))


def columns_of(chart: Chart) -> tuple[str, ...]:
    """Name the columns that a chart is drawn from."""
    optional = (chart.value, chart.label, chart.series, chart.panels)
    return (chart.x, *chart.y, *chart.marks, *(name for name in optional if name))
