"""What a chart shows, said in one sentence: beside the chart for everybody, and as its name for a screen reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.answers import Answer
from dashboard.charts.dumbbell import Pair, pairs_of
from dashboard.charts.frame import column_of
from dashboard.charts.histogram import marks_of
from dashboard.charts.places import places_of
from dashboard.charts.points import Series, series_of, shown_series
from dashboard.charts.ranked import Bar, ranking
from dashboard.formats import MONTH, category_text, measured, number
from pipeline.core.reports import Chart, ChartKind, Column
from pipeline.core.result_pages import Cell

NOTHING = "There is no value to show."
_SERIES_SAID = 6


@dataclass(frozen=True, slots=True)
class _Said:
    """A value, how it is written, and where it stands: `on Fri 5 Jun 2015`, `(Friday, 19:00)`."""

    value: float
    text: str
    place: str


def chart_sentence(answer: Answer, chart: Chart) -> str:
    """Say the highest and the lowest value, and where they stand.

    Raises:
        NotDrawable: the answer lacks a column.
    """
    return _TELLERS[chart.kind](answer, chart) or NOTHING


def _tell_series(answer: Answer, chart: Chart) -> str:
    """Say the extremes of each line or colour; where there are many, of all together."""
    x, drawn = column_of(answer, chart.x), shown_series(series_of(answer, chart))
    if len(drawn) > _SERIES_SAID:
        points = [said for one in drawn for said in _points_said(x, one, answer.values(chart.x), _names(one))]
        return _extremes(drawn[0].column.label, points)
    each = ((one, _points_said(x, one, answer.values(chart.x))) for one in drawn)
    return " ".join(_extremes(", ".join(_names(one)), points) for one, points in each if points)


def _names(series: Series) -> tuple[str, ...]:
    return (series.panel, series.name) if series.panel else (series.name,)


def _points_said(
    x: Column, series: Series, cells: Sequence[Cell], names: tuple[str, ...] = ()
) -> list[_Said]:
    return [
        _Said(point.y, measured(point.y, series.column), _place([(cells[point.row], x)], names))
        for point in series.points
        if point.y is not None
    ]


def _place(cells: Sequence[tuple[Cell, Column]], names: Sequence[str] = ()) -> str:
    texts = [*names, *(_named(cell, column) for cell, column in cells)]
    if len(texts) == 1 and cells[0][1].type == "date":
        return f"{'in' if cells[0][1].name == MONTH else 'on'} {texts[0]}"
    return f"({', '.join(texts)})"


def _named(cell: Cell, column: Column) -> str:
    """Write what a row stands for; a bare number is told with what it counts."""
    text = category_text(cell, column)
    return f"{column.label} {text}" if text.isdigit() else text


def _extremes(label: str, points: Sequence[_Said]) -> str:
    if not points:
        return ""
    highest, lowest = max(points, key=lambda p: p.value), min(points, key=lambda p: p.value)
    if highest.value != lowest.value:
        return f"{label}: highest {highest.text} {highest.place}; lowest {lowest.text} {lowest.place}."
    return f"{label}: {highest.text} {'everywhere' if len(points) > 1 else highest.place}."


def _tell_ranking(answer: Answer, chart: Chart) -> str:
    """Say the largest; what is named in the ranking is the measure, or the column that was added up."""
    several = len(chart.y) > 1
    label = chart.title if several else column_of(answer, chart.y[0]).label
    kind = "" if several else column_of(answer, chart.label or chart.x).label
    return _extremes(label, [_bar_said(bar, kind) for bar in ranking(answer, chart)])


def _bar_said(bar: Bar, kind: str) -> _Said:
    name = f"{kind} {bar.name}" if bar.name.isdigit() else bar.name
    return _Said(float(bar.value), bar.text, f"({name})")


def _tell_cells(answer: Answer, chart: Chart) -> str:
    value = column_of(answer, chart.value or chart.y[0])
    names = [(answer.values(name), column_of(answer, name)) for name in (chart.y[0], chart.x)]
    cells = answer.values(value.name)
    said = [
        _Said(float(exact), measured(cell, value), _place([(column[row], named) for column, named in names]))
        for row, cell in enumerate(cells)
        if (exact := number(cell)) is not None
    ]
    return _extremes(value.label, said)


def _tell_bins(answer: Answer, chart: Chart) -> str:
    """Say the fullest bin, and the marks."""
    measure, name = column_of(answer, chart.y[0]), column_of(answer, chart.label or chart.x)
    cells, names = answer.values(measure.name), answer.values(name.name)
    known = [(exact, row) for row, cell in enumerate(cells) if (exact := number(cell)) is not None]
    if not known:
        return ""
    row = max(known, key=lambda pair: pair[0])[1]
    most = f"{measure.label}: most, {measured(cells[row], measure)}, in {category_text(names[row], name)}"
    return "; ".join([most, *(text for _, text in marks_of(answer, chart))]) + "."


def _tell_pairs(answer: Answer, chart: Chart) -> str:
    """Say where the two measures are farthest apart, and where closest."""
    apart = [(gap, pair) for pair in pairs_of(answer, chart) if (gap := _gap(pair)) is not None]
    if not apart:
        return ""
    (_, widest), (_, closest) = max(apart, key=lambda one: one[0]), min(apart, key=lambda one: one[0])
    labels = [column_of(answer, name).label for name in chart.y]
    said = f"Farthest apart in {_pair_said(widest, labels)}"
    return f"{said}." if len(apart) == 1 else f"{said}; closest in {_pair_said(closest, labels)}."


def _gap(pair: Pair) -> float | None:
    first, second = pair.places
    return None if first is None or second is None else abs(first - second)


def _pair_said(pair: Pair, labels: Sequence[str]) -> str:
    return f"{pair.name}: {labels[0]} {pair.texts[0]}, {labels[1]} {pair.texts[1]}"


def _tell_places(answer: Answer, chart: Chart) -> str:
    value = column_of(answer, chart.value or chart.y[0])
    spots = places_of(answer, chart)
    return _extremes(value.label, [_Said(spot.value, spot.text, f"({spot.name})") for spot in spots])


_TELLERS: Mapping[ChartKind, Callable[[Answer, Chart], str]] = MappingProxyType(
    {
        "bar": _tell_series,
        "line": _tell_series,
        "ranked": _tell_ranking,
        "histogram": _tell_bins,
        "heatmap": _tell_cells,
        "dumbbell": _tell_pairs,
        "map": _tell_places,
    }
)
