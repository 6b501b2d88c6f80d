"""How far can I trust this?"""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from tests.reports.twins.common.exact import percent
from tests.reports.twins.common.question import Kind, Parameters, Row, in_range
from tests.reports.twins.common.rows import Export
from tests.reports.twins.common.rules import parts_miss

COLUMNS: dict[str, Kind] = {
    "rank": "integer",
    "check_name": "text",
    "affects": "text",
    "trips": "integer",
    "share_percent": "double",
    "passing_trips": "integer",
    "passing_percent": "double",
    "all_trips": "integer",
}


def _too_fast(trips: pd.DataFrame) -> pd.Series:
    return trips["has_distance"] & trips["has_duration"] & ~trips["has_speed"]


def _unbelievable(trips: pd.DataFrame, least: int, below: float) -> pd.Series:
    return (trips["seconds"] >= least) & (trips["seconds"] < below) & ~trips["has_duration"]


_HOUR = 3600
CHECKS: tuple[tuple[str, str, Callable[[pd.DataFrame], pd.Series]], ...] = (
    ("No distance", "distances", lambda t: t["miles"].isna() | (t["miles"] <= 0)),
    ("Distance too long to believe", "distances", lambda t: (t["miles"] > 0) & ~t["has_distance"]),
    ("Too short to believe", "durations", lambda t: _unbelievable(t, 0, _HOUR)),
    ("Ends before it begins", "durations", lambda t: t["seconds"] < 0),
    ("Too long to believe", "durations", lambda t: _unbelievable(t, _HOUR, math.inf)),
    ("Too fast to believe", "speeds", _too_fast),
    ("Fare of zero", "fares", lambda t: t["fare"] == 0),
    ("Negative fare", "fares", lambda t: t["fare"] < 0),
    ("Total not believable", "fares", lambda t: (t["fare"] > 0) & ~t["has_fare"]),
    ("Pickup zone unknown", "places", lambda t: ~t["has_zone"]),
    ("Drop-off zone unknown", "places", lambda t: ~t["has_dropoff_zone"]),
    ("No passengers", "passengers", lambda t: t["passengers"] == 0),
    ("More than six passengers", "passengers", lambda t: t["passengers"] > 6),
    ("Parts miss the total", "fares", parts_miss),
    ("Unknown rate code", "fares", lambda t: ~t["rate"].between(1, 6).fillna(False)),
)
PASSED = ["has_fare", "has_speed", "has_zone", "has_dropoff_zone"]


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """One row per check, in their order; none when there are no trips."""
    trips = in_range(export.trips, parameters)
    if not len(trips):
        return []
    passing = int(trips[PASSED].all(axis=1).sum())
    same: Row = {
        "passing_trips": passing,
        "passing_percent": percent(passing, len(trips)),
        "all_trips": len(trips),
    }
    return [
        {"rank": rank, "check_name": name, "affects": affects, **_failing(check(trips), len(trips)), **same}
        for rank, (name, affects, check) in enumerate(CHECKS, start=1)
    ]


def _failing(failing: pd.Series, all_trips: int) -> Row:
    count = int(failing.fillna(False).sum())
    return {"trips": count, "share_percent": percent(count, all_trips, 3)}
