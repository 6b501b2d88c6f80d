"""Draws a declared chart. A kind that has no drawing yet is named, and its answer stands in the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.frame import NotDrawable, column_of
from dashboard.charts.heatmap import heatmap
from dashboard.charts.ranked import ranked
from dashboard.charts.series import bars, histogram, lines
from pipeline.core.reports import Chart, ChartKind

_DRAWERS: Mapping[ChartKind, Callable[[Answer, Chart], go.Figure]] = MappingProxyType(
    {"bar": bars, "line": lines, "ranked": ranked, "histogram": histogram, "heatmap": heatmap}
)


def draw(answer: Answer, chart: Chart) -> go.Figure:
    """Make the figure.

    Raises:
        NotDrawable: the kind has no drawing yet, or the answer lacks a column that the chart names.
    """
    drawer = _DRAWERS.get(chart.kind)
    if drawer is None:
        raise NotDrawable(f"A {chart.kind} chart cannot be drawn here yet: the table has everything.")
    for name in (chart.x, *chart.y, *([chart.value] if chart.value else [])):
        column_of(answer, name)
    return drawer(answer, chart)
