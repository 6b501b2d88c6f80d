"""When is traffic slow?"""

from __future__ import annotations

from tests.reports.twins.common.exact import (
    HUNDREDTHS,
    SECONDS_PER_HOUR,
    SECONDS_PER_MINUTE,
    as_float,
    miles,
    miles_per_hour,
    rounded,
)
from tests.reports.twins.common.question import (
    WEEKDAYS,
    Kind,
    Parameters,
    Row,
    in_borough,
    in_range,
    without_zone,
)
from tests.reports.twins.common.rows import Export
from tests.reports.twins.common.sums import Sums, sums

COLUMNS: dict[str, Kind] = {
    "weekday": "integer",
    "weekday_name": "text",
    "hour": "integer",
    "mph": "double",
    "minutes_per_mile": "double",
    "trips": "integer",
    "miles": "double",
    "hours": "double",
    "weekdays_mph": "double",
    "weekend_mph": "double",
    "control_trips": "integer",
    "without_speed": "integer",
    "without_zone": "integer",
}
FRIDAY = 5


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """One row per weekday and hour that has trips with a believable speed."""
    ranged = in_range(export.trips, parameters)
    chosen = in_borough(ranged, parameters)
    trips = chosen[chosen["has_speed"]]
    trips = trips.assign(working=trips["weekday"] <= FRIDAY)
    of_kind = {
        kind: miles_per_hour(group["speed_hundredths"], group["speed_seconds"])
        for kind, group in sums(trips, ["working", "hour"])
    }
    same: Row = {
        "control_trips": len(trips),
        "without_speed": len(chosen) - len(trips),
        "without_zone": without_zone(ranged, parameters),
    }
    rows: list[Row] = []
    for (weekday, hour), group in sums(trips, ["weekday", "hour"]):
        working = weekday <= FRIDAY
        rows.append(
            {
                "weekday": weekday,
                "weekday_name": WEEKDAYS[weekday - 1],
                "hour": hour,
                **_speed(group),
                "weekdays_mph": of_kind[True, hour] if working else None,
                "weekend_mph": None if working else of_kind[False, hour],
                **same,
            }
        )
    return rows


def _speed(group: Sums) -> Row:
    hundredths, seconds = group["speed_hundredths"], group["speed_seconds"]
    return {
        "mph": miles_per_hour(hundredths, seconds),
        "minutes_per_mile": as_float(rounded(seconds * HUNDREDTHS, hundredths * SECONDS_PER_MINUTE, 2)),
        "trips": group["trips"],
        "miles": miles(hundredths),
        "hours": as_float(rounded(seconds, SECONDS_PER_HOUR, 2)),
    }
