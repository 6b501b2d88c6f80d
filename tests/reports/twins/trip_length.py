"""How long is a typical trip?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from tests.reports.twins.common.exact import as_float, at_least, percent, rounded
from tests.reports.twins.common.question import Kind, Parameters, Row, in_range
from tests.reports.twins.common.rows import Export

COLUMNS: dict[str, Kind] = {
    "bin_from": "double",
    "bin_to": "double",
    "bin": "text",
    "unit": "text",
    "trips": "integer",
    "share_percent": "double",
    "percentile": "double",
    "median": "double",
    "p90": "double",
    "mean": "double",
    "control_trips": "integer",
    "without_rule": "integer",
}


@dataclass(frozen=True)
class Measure:
    """What is measured in whole parts: `parts` to the unit, `width` parts to the bin, the last bin from `last` on."""

    rule: str
    column: str
    parts: int
    width: int
    last: int
    unit: str
    digits: int


MEASURES = {
    "distance": Measure("has_distance", "hundredths", 100, 50, 2500, "mi", 1),
    "duration": Measure("has_duration", "seconds", 60, 60, 3600, "min", 0),
}


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """One row per bin that has trips, the shortest first."""
    measure = MEASURES[parameters["measure"]]
    ranged = in_range(export.trips, parameters)
    trips = ranged[ranged[measure.rule]]
    values = [int(value) for value in trips[measure.column]]
    same: Row = {
        "unit": measure.unit,
        "median": _in_units(at_least(Fraction(50, 100), values), measure),
        "p90": _in_units(at_least(Fraction(90, 100), values), measure),
        "mean": as_float(rounded(sum(values), len(values) * measure.parts, 2)),
        "control_trips": len(trips),
        "without_rule": len(ranged) - len(trips),
    }
    return [{**row, **same} for row in bins(values, measure)]


def bins(values: list[int], measure: Measure) -> list[Row]:
    """Sort the values, in parts, into the bins."""
    starts = [min(value // measure.width * measure.width, measure.last) for value in values]
    rows: list[Row] = []
    so_far = 0
    for start, trips in pd.Series(starts, dtype="int64").value_counts().sort_index().items():
        so_far += trips
        rows.append(
            {
                **_edges(int(str(start)), measure),
                "trips": trips,
                "share_percent": percent(trips, len(values), 2),
                "percentile": percent(so_far, len(values)),
            }
        )
    return rows


def _edges(start: int, measure: Measure) -> Row:
    low = Decimal(start) / measure.parts
    high = Decimal(start + measure.width) / measure.parts
    if start == measure.last:
        return {"bin_from": float(low), "bin_to": None, "bin": f"{low:.0f} {measure.unit} and more"}
    name = f"{low:.{measure.digits}f} to {high:.{measure.digits}f} {measure.unit}"
    return {"bin_from": float(low), "bin_to": float(high), "bin": name}


def _in_units(value: int | None, measure: Measure) -> float | None:
    return None if value is None else as_float(rounded(value, measure.parts, 2))
