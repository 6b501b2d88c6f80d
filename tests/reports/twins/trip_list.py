"""Which trips were there?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from tests.reports.twins.common.exact import as_float, dollars, rounded
from tests.reports.twins.common.question import ALL, Kind, Parameters, Row, Value, in_range
from tests.reports.twins.common.rows import Export, Zone

COLUMNS: dict[str, Kind] = {
    "pickup_at": "timestamp",
    "dropoff_at": "timestamp",
    "pickup_zone": "text",
    "dropoff_zone": "text",
    "passengers": "integer",
    "miles": "double",
    "minutes": "double",
    "fare": "decimal",
    "tip": "decimal",
    "tolls": "decimal",
    "total": "decimal",
    "payment": "text",
}
ORDER = (
    "pickup",
    "dropoff",
    "total",
    "pickup_zone",
    "dropoff_zone",
    "miles",
    "fare",
    "tip",
    "tolls",
    "passengers",
    "method",
)


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """Every trip, in order of pickup; what is missing stands behind."""
    trips = in_range(export.trips, parameters)
    if parameters["zone"] != ALL:
        trips = trips[(trips["pickup_zone"] == int(parameters["zone"])).fillna(False)]
    in_order = trips.sort_values(list(ORDER), kind="stable", na_position="last")
    columns = [_column(in_order, export.zones, name) for name in COLUMNS]
    return [dict(zip(COLUMNS, values, strict=True)) for values in zip(*columns, strict=True)]


def _column(trips: pd.DataFrame, zones: dict[int, Zone], name: str) -> list[Value]:
    match name:
        case "pickup_at" | "dropoff_at":
            return _read(trips[name.removesuffix("_at")], pd.Timestamp.to_pydatetime)
        case "pickup_zone" | "dropoff_zone":
            return [_place(number, zones) for number in _read(trips[name], int)]
        case "minutes":
            return _read(trips["seconds"], lambda seconds: as_float(rounded(seconds, 60, 1)))
        case "fare" | "tip" | "tolls" | "total":
            return _read(trips[name], dollars)
        case "payment":
            return _read(trips["method"], str)
        case _:
            return _read(trips[name], float if name == "miles" else int)


def _read(values: pd.Series, read: Callable[[Any], Value]) -> list[Value]:
    return [
        None if missing else read(value)
        for value, missing in zip(values.tolist(), values.isna(), strict=True)
    ]


def _place(number: Value, zones: dict[int, Zone]) -> str:
    return zones[number].name if isinstance(number, int) and 1 <= number <= 263 else "Unknown"
