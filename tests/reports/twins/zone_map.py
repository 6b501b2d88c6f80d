"""Where do trips start or end?"""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from tests.reports.twins.common.exact import as_float, mean_dollars, percent, rounded
from tests.reports.twins.common.question import Kind, Parameters, Row, Value, in_range
from tests.reports.twins.common.rows import Export, Zone
from tests.reports.twins.common.sums import Sums, sums

COLUMNS: dict[str, Kind] = {
    "zone_id": "integer",
    "zone": "text",
    "borough": "text",
    "longitude": "double",
    "latitude": "double",
    "trips": "integer",
    "share_percent": "double",
    "trips_per_square_mile": "double",
    "mean_fare": "decimal",
    "mean_tip": "decimal",
    "value": "double",
    "unit": "text",
    "manhattan_percent": "double",
    "top_ten_percent": "double",
    "control_trips": "integer",
    "without_zone": "integer",
    "without_fare": "integer",
}
UNKNOWN = Zone("Unknown", "Unknown", None, None, None)
_NO_ZONE = 999  # behind every zone
_MEASURES = {
    "trips_per_square_mile": "trips_per_square_mile",
    "trips": "trips",
    "fare": "mean_fare",
    "tip": "mean_tip",
}
_UNITS = {"trips_per_square_mile": "", "trips": "", "fare": "$", "tip": "$"}
_ENDS = {"pickup": ("pickup_zone", "has_zone"), "dropoff": ("dropoff_zone", "has_dropoff_zone")}


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """One row per zone that has trips, all unknown ones together; the largest values first."""
    column, rule = _ENDS[parameters["end"]]
    trips = in_range(export.trips, parameters)
    trips = trips.assign(place=trips[column].where(trips[rule], _NO_ZONE).astype("int64"))
    known = trips[trips[rule]]
    same: Row = {
        "unit": _UNITS[parameters["measure"]],
        "manhattan_percent": percent(_in_manhattan(known, export), len(trips)),
        "top_ten_percent": percent(_in_top_ten(known), len(trips)),
        "control_trips": len(trips),
        "without_zone": len(trips) - len(known),
        "without_fare": int((~trips["has_fare"]).sum()),
    }
    measure = _MEASURES[parameters["measure"]]
    rows = [
        {**_zone(number, group, export, len(trips), measure), **same}
        for number, group in sums(trips, ["place"])
    ]
    return sorted(rows, key=_order)


def _zone(number: int, group: Sums, export: Export, all_trips: int, measure: str) -> Row:
    trips = group["trips"]
    zone = export.zones[number] if number != _NO_ZONE else UNKNOWN
    row: Row = {
        "zone_id": number if number != _NO_ZONE else None,
        "zone": zone.name,
        "borough": zone.borough,
        "longitude": zone.longitude,
        "latitude": zone.latitude,
        "trips": trips,
        "share_percent": percent(trips, all_trips),
        "trips_per_square_mile": _density(trips, zone.square_miles),
        "mean_fare": mean_dollars(group["fares"], group["fare_trips"]),
        "mean_tip": mean_dollars(group["card_tips"], group["card_fare_trips"]),
    }
    value = row[measure]
    return {**row, "value": None if value is None else float(str(value))}


def _density(trips: int, square_miles: Fraction | None) -> float | None:
    return None if square_miles is None else as_float(rounded(trips, square_miles, 1))


def _in_manhattan(known: pd.DataFrame, export: Export) -> int:
    zones = {number for number, zone in export.zones.items() if zone.borough == "Manhattan"}
    return int(known["place"].isin(zones).sum())


def _in_top_ten(known: pd.DataFrame) -> int:
    return int(known["place"].value_counts().nlargest(10).sum())


def _order(row: Row) -> tuple[bool, float, bool, Value]:
    value, number = row["value"], row["zone_id"]
    return value is None, -float(str(value or 0)), number is None, number or 0
