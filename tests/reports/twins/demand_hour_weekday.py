"""When should cars be out?"""

from __future__ import annotations

from collections import Counter
from datetime import date

from tests.reports.twins.common.exact import as_float, rounded
from tests.reports.twins.common.question import (
    WEEKDAYS,
    Kind,
    Parameters,
    Row,
    asked_days,
    in_borough,
    in_range,
    without_zone,
)
from tests.reports.twins.common.rows import Export
from tests.reports.twins.common.sums import sums

COLUMNS: dict[str, Kind] = {
    "weekday": "integer",
    "weekday_name": "text",
    "hour": "integer",
    "trips": "integer",
    "trips_per_hour": "double",
    "control_trips": "integer",
    "without_zone": "integer",
}
# The clocks changed: the first has no such hour, the second has it twice.
_MISSING = (date(2015, 3, 8), 2)
_TWICE = (date(2015, 11, 1), 1)


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """One row per weekday and hour that has trips, by weekday and hour."""
    ranged = in_range(export.trips, parameters)
    trips = in_borough(ranged, parameters)
    hours = _hours_of(asked_days(parameters))
    rows: list[Row] = []
    for (weekday, hour), group in sums(trips, ["weekday", "hour"]):
        rows.append(
            {
                "weekday": weekday,
                "weekday_name": WEEKDAYS[weekday - 1],
                "hour": hour,
                "trips": group["trips"],
                "trips_per_hour": as_float(rounded(group["trips"], hours[weekday, hour], 1)),
                "control_trips": len(trips),
                "without_zone": without_zone(ranged, parameters),
            }
        )
    return rows


def _hours_of(days: list[date]) -> Counter[tuple[int, int]]:
    """Count how often each hour of each weekday came."""
    found: Counter[tuple[int, int]] = Counter()
    for day in days:
        for hour in range(24):
            times = 0 if (day, hour) == _MISSING else 2 if (day, hour) == _TWICE else 1
            found[day.isoweekday(), hour] += times
    return found
