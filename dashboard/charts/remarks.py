"""The remarks that stand in a column: at the bars or points that they speak of, as many as fit beside each other."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.charts.frame import column_of, words
from dashboard.charts.points import Point
from dashboard.formats import category_text
from pipeline.core.reports import Chart

# What a phone has room for: an axis of about 275 by 260 pixels, letters of about 6.5 by 16.
_WIDTH, _HEIGHT = 275, 260
_LETTER, _LINE = 6.5, 16
_ROOM = 0.15
_EDGE = 0.2


@dataclass(frozen=True, slots=True)
class Remark:
    """A text at a point; `text` is never empty."""

    point: Point
    text: str


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    width: float

    def meets(self, other: _Box) -> bool:
        apart = self.left + self.width < other.left or other.left + other.width < self.left
        return not apart and abs(self.top - other.top) < _LINE


def remarks_of(answer: Answer, chart: Chart, points: tuple[Point, ...]) -> tuple[Remark, ...]:
    """Give the remarks of points that have one, in the order of the points."""
    if chart.label is None:
        return ()
    column, cells = column_of(answer, chart.label), answer.values(chart.label)
    found = (
        Remark(point, category_text(cells[point.row], column))
        for point in points
        if cells[point.row] is not None and point.y is not None
    )
    return tuple(remark for remark in found if remark.text)


def write_remarks(figure: go.Figure, points: tuple[Point, ...], remarks: tuple[Remark, ...]) -> None:
    """Write those of the farthest points first, and leave out what would lie on another one."""
    heights = [point.y for point in points if point.y is not None]
    low, high = min(0.0, *heights), max(0.0, *heights)
    room = (high - low or 1) * _ROOM
    taken: list[_Box] = []
    for remark in sorted(remarks, key=lambda remark: -abs(remark.point.y or 0)):
        place = points.index(remark.point) / len(points)
        box = _box(remark, place, ((remark.point.y or 0) - low) / (high - low or 1))
        if not _is_covered(box, remark.point, points) and not any(box.meets(other) for other in taken):
            taken.append(box)
            _write(figure, remark, _anchor(place))
    if remarks and low < high:
        figure.update_yaxes(range=[low - room if low < 0 else 0, high + room if high > 0 else 0])


def _box(remark: Remark, place: float, height: float) -> _Box:
    width = _LETTER * len(remark.text)
    shift = {"left": 0.0, "center": 0.5, "right": 1.0}[_anchor(place)]
    below = (remark.point.y or 0) < 0
    return _Box(place * _WIDTH - shift * width, (1 - height) * _HEIGHT + (_LINE if below else -_LINE), width)


def _is_covered(box: _Box, point: Point, points: tuple[Point, ...]) -> bool:
    """Say whether a bar beside this one reaches farther, and so through the words."""
    first, last = (round(end / _WIDTH * len(points)) for end in (box.left, box.left + box.width))
    beside = [other.y or 0 for other in points[max(first, 0) : last + 1]]
    y = point.y or 0
    return any(other < y for other in beside) if y < 0 else any(other > y for other in beside)


def _write(figure: go.Figure, remark: Remark, anchor: str) -> None:
    above = (remark.point.y or 0) >= 0
    figure.add_annotation(
        text=words(remark.text),
        x=remark.point.x,
        y=remark.point.y,
        showarrow=False,
        xanchor=anchor,
        yanchor="bottom" if above else "top",
    )


def _anchor(place: float) -> str:
    if place < _EDGE:
        return "left"
    return "right" if place > 1 - _EDGE else "center"
