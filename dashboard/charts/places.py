"""The places of a map, and the outlines of the boroughs. Nothing is loaded from outside."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from dashboard.answers import Answer
from dashboard.charts.frame import column_of, floats
from dashboard.formats import category_text, measured
from pipeline.core.reports import Chart

_FILE = Path(__file__).with_name("outlines.csv")


@dataclass(frozen=True, slots=True)
class Place:
    """A row that is on the map: `at` is its longitude and latitude in degrees."""

    row: int
    name: str
    at: tuple[float, float]
    value: float
    text: str


def places_of(answer: Answer, chart: Chart) -> list[Place]:
    """Read the rows that have a place and a value."""
    value, named = column_of(answer, chart.value or chart.y[0]), column_of(answer, chart.label or chart.x)
    spots = zip(floats(answer.values(chart.x)), floats(answer.values(chart.y[0])), strict=True)
    cells = answer.values(value.name)
    rows = zip(answer.values(named.name), spots, floats(cells), cells, strict=True)
    return [
        Place(row, category_text(name, named), (x, y), number, measured(cell, value))
        for row, (name, (x, y), number, cell) in enumerate(rows)
        if x is not None and y is not None and number is not None
    ]


def placeless(answer: Answer, chart: Chart) -> list[str]:
    """Name the rows that can be on no map, with what they have of the value."""
    value, named = column_of(answer, chart.value or chart.y[0]), column_of(answer, chart.label or chart.x)
    spots = zip(floats(answer.values(chart.x)), floats(answer.values(chart.y[0])), strict=True)
    rows = zip(answer.values(named.name), spots, answer.values(value.name), strict=True)
    return [
        f"{category_text(name, named)} ({measured(cell, value)})" for name, spot, cell in rows if None in spot
    ]


@cache
def outline() -> tuple[tuple[float, float] | None, ...]:
    """Read the outlines as longitude and latitude; None is between two of them."""
    with _FILE.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    points: list[tuple[float, float] | None] = []
    for _, part in groupby(rows, key=lambda row: row["part"]):
        points += [*((float(row["longitude"]), float(row["latitude"])) for row in part), None]
    return tuple(points)
