"""How many ride together?"""

from __future__ import annotations

from tests.reports.twins.common.exact import mean_dollars, percent
from tests.reports.twins.common.question import Kind, Parameters, Row, in_range
from tests.reports.twins.common.rows import Export
from tests.reports.twins.common.sums import sums

COLUMNS: dict[str, Kind] = {
    "passengers": "integer",
    "trips": "integer",
    "share_percent": "double",
    "mean_fare": "decimal",
    "riders": "integer",
    "rider_trips": "integer",
    "solo_trips": "integer",
    "control_trips": "integer",
    "without_fare": "integer",
    "without_count": "integer",
}
_NOT_TYPED = 1_000  # behind every number


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """One row per number of passengers, what was not typed last."""
    trips = in_range(export.trips, parameters)
    trips = trips.assign(typed=trips["passengers"].fillna(_NOT_TYPED).astype("int64"))
    same: Row = {
        "control_trips": len(trips),
        "without_fare": int((~trips["has_fare"]).sum()),
        "without_count": int((~trips["typed"].between(1, 6)).sum()),
    }
    rows: list[Row] = []
    for passengers, group in sums(trips, ["typed"]):
        count = group["trips"]
        believable = 1 <= passengers <= 6
        rows.append(
            {
                "passengers": None if passengers == _NOT_TYPED else passengers,
                "trips": count,
                "share_percent": percent(count, len(trips)),
                "mean_fare": mean_dollars(group["fares"], group["fare_trips"]),
                "riders": passengers * count if believable else None,
                "rider_trips": count if believable else None,
                "solo_trips": count if passengers == 1 else 0,
                **same,
            }
        )
    return rows
