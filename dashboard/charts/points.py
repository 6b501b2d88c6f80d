"""The points of a bar or line chart, read from the rows: a series for each column, or for each value of `series`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.answers import Answer
from dashboard.charts.frame import NUMBERS, column_of, floats
from dashboard.formats import category_text
from dashboard.palette import CATEGORICAL
from pipeline.core.reports import Chart, Column
from pipeline.core.result_pages import Cell

MAXIMUM_PANELS = 6


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the x axis with its value, None where there is none, and the row that says so."""

    x: Cell
    y: float | None
    row: int


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one colour in one panel; without panels, `panel` is empty."""

    name: str
    panel: str
    column: Column
    points: tuple[Point, ...]


def series_of(answer: Answer, chart: Chart) -> tuple[Series, ...]:
    """Read all series, in the order in which the rows bring them.

    Raises:
        NotDrawable: the answer lacks a column.
    """
    rows_of: dict[tuple[str, str], list[int]] = {}
    keys = zip(_words(answer, chart.panels), _words(answer, chart.series), strict=True)
    for row, key in enumerate(keys):
        rows_of.setdefault(key, []).append(row)
    return tuple(
        Series(name or column.label, panel, column, _points(answer, chart.x, column, rows))
        for (panel, name), rows in rows_of.items()
        for column in (column_of(answer, measure) for measure in chart.y)
    )


def shown_series(series: Sequence[Series]) -> tuple[Series, ...]:
    """Keep as many series as there are colours, the largest ones, and the first panels."""
    names, panels = names_of(series), panels_of(series)[:MAXIMUM_PANELS]
    if len(names) > len(CATEGORICAL):
        size = {
            name: sum(abs(p.y or 0) for s in series if s.name == name for p in s.points) for name in names
        }
        largest = sorted(names, key=lambda name: -size[name])[: len(CATEGORICAL)]
        names = [name for name in names if name in largest]
    return tuple(one for one in series if one.name in names and one.panel in panels)


def names_of(series: Iterable[Series]) -> list[str]:
    """Give the names of the series, each once."""
    return list(dict.fromkeys(one.name for one in series))


def panels_of(series: Iterable[Series]) -> list[str]:
    """Give the names of the panels, each once."""
    return list(dict.fromkeys(one.panel for one in series))


def _words(answer: Answer, name: str | None) -> list[str]:
    """Give the words of a column row by row; empty ones where no column is named."""
    if name is None:
        return [""] * len(answer.records)
    column = column_of(answer, name)
    return [category_text(cell, column) for cell in answer.values(name)]


def _points(answer: Answer, x: str, measure: Column, rows: list[int]) -> tuple[Point, ...]:
    """Read the points of some rows: each once, and NULL only where no row has a value for the place."""
    places, values = _placed(answer, x), floats(answer.values(measure.name))
    known = {places[row] for row in rows if values[row] is not None}
    points: dict[tuple[Cell, float | None], Point] = {}
    for row in rows:
        place, value = places[row], values[row]
        if place is not None and (value is not None or place not in known):
            points.setdefault((place, value), Point(place, value, row))
    if column_of(answer, x).type == "text":
        return tuple(points.values())
    return tuple(sorted(points.values(), key=lambda point: _order(point.x)))


def _placed(answer: Answer, x: str) -> Sequence[Cell]:
    """Give the places on the axis; exact numbers come as text and are read."""
    cells = answer.values(x)
    return floats(cells) if column_of(answer, x).type in NUMBERS else cells


def _order(cell: Cell) -> tuple[float, str]:
    return (cell, "") if isinstance(cell, int | float) else (0, str(cell))
