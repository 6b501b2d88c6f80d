"""The dirt of the records, each kind as a condition on a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from infra.local.data.facts import Zone
from infra.local.data.report.passes import DROPOFF, PICKUP, SECONDS

BOX_LONGITUDES, BOX_LATITUDES = (-74.15, -73.70), (40.577, 40.918)
"""The box in which a published notebook calls an end of a trip believable."""
ZONE_COLUMNS = frozenset({"pulocationid", "dolocationid"})
REPEATED = "repeated_row"


@dataclass(frozen=True, slots=True)
class Defect:
    """What is wrong (`name`), and the SQL that is true of such rows, over the columns `needs`."""

    name: str
    condition: str
    needs: frozenset[str]


def defects(zones: Iterable[Zone]) -> dict[str, Defect]:
    """The kinds of defects by key; `zones` tells which of them lie outside the box."""
    outside = ", ".join(str(zone.id) for zone in zones if _outside(zone))
    times = frozenset({PICKUP, DROPOFF})
    money = frozenset({"passenger_count", "trip_distance", "fare_amount", "total_amount"})
    return {
        "zone_unknown_at_pickup": _defect("Pickup zone unknown", "pulocationid >= 264", "pulocationid"),
        "end_outside_the_box": Defect(
            "An end unknown or far outside",
            f"pulocationid IN ({outside}) OR dolocationid IN ({outside})",
            ZONE_COLUMNS,
        ),
        "both_zones_unknown": Defect(
            "Both zones unknown", "pulocationid >= 264 AND dolocationid >= 264", ZONE_COLUMNS
        ),
        "no_distance": _defect("Distance 0", "trip_distance = 0", "trip_distance"),
        "distance_out_of_range": _defect(
            "Distance 0 or at least 23 miles", "trip_distance <= 0 OR trip_distance >= 23", "trip_distance"
        ),
        "speed_impossible": Defect(
            "Speed below 0, above 65 mph or undefined",
            f"{SECONDS} <= 0 OR trip_distance * 3600 > 65 * {SECONDS}",
            times | {"trip_distance"},
        ),
        "duration_out_of_range": Defect(
            "Duration 0 or less, or at least 12 hours", f"{SECONDS} <= 0 OR {SECONDS} >= 43200", times
        ),
        "under_a_minute": Defect("Duration under a minute", f"{SECONDS} < 60", times),
        "about_24_hours": Defect("Duration of about 24 hours", f"{SECONDS} BETWEEN 83100 AND 86400", times),
        "total_out_of_range": _defect(
            "Total $0 or less, or at least $1,000",
            "total_amount <= 0 OR total_amount >= 1000",
            "total_amount",
        ),
        "negative_fare": _defect("Fare below $0", "fare_amount < 0", "fare_amount"),
        "no_fare": _defect("Fare $0", "fare_amount = 0", "fare_amount"),
        "no_passengers": _defect("No passengers", "passenger_count = 0", "passenger_count"),
        "nothing_above_zero": Defect(
            "Passengers, distance, fare or total not above 0",
            "passenger_count <= 0 OR trip_distance <= 0 OR fare_amount <= 0 OR total_amount <= 0",
            money,
        ),
    }


def _defect(name: str, condition: str, column: str) -> Defect:
    return Defect(name, condition, frozenset({column}))


def _outside(zone: Zone) -> bool:
    if zone.longitude is None or zone.latitude is None:
        return True
    (west, east), (south, north) = BOX_LONGITUDES, BOX_LATITUDES
    return not (west <= zone.longitude <= east and south <= zone.latitude <= north)
