"""How many values a chart could not draw, because there are none."""

from __future__ import annotations

from dashboard.answers import Answer
from dashboard.charts.heatmap import places_along
from dashboard.charts.places import placeless, places_of
from dashboard.charts.points import series_of
from dashboard.charts.ranked import ranking, unranked
from dashboard.formats import number
from pipeline.core.reports import Chart


def missing_values(answer: Answer, chart: Chart) -> tuple[int, int]:
    """Give the number of missing values, and that of all that there could be.

    A NULL counts only where no other row knows the value of its place; rows without a place are told elsewhere.

    Raises:
        NotDrawable: the answer lacks a column.
    """
    known, every = _counted(answer, chart)
    return every - known, every


def _counted(answer: Answer, chart: Chart) -> tuple[int, int]:
    rows = len(answer.records)
    if chart.kind in {"bar", "line", "histogram"}:
        points = [point.y for one in series_of(answer, chart) for point in one.points]
        return len(points) - points.count(None), len(points)
    if chart.kind == "map":
        return len(places_of(answer, chart)), rows - len(placeless(answer, chart))
    if chart.kind == "ranked" and len(chart.y) == 1:
        return len(ranking(answer, chart)), rows - len(unranked(answer, chart))
    names = (chart.value,) if chart.value else chart.y
    known = sum(number(cell) is not None for name in names for cell in answer.values(name))
    if chart.kind == "heatmap":
        return known, len(places_along(answer, chart.x)) * len(places_along(answer, chart.y[0]))
    return known, rows * len(names)
