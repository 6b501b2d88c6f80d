"""What is paid, and for what?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from tests.reports.twins.common.exact import dollars, mean_dollars, miles
from tests.reports.twins.common.question import (
    Kind,
    Parameters,
    Row,
    asked_days,
    first_of_month,
    in_range,
    monday_of,
)
from tests.reports.twins.common.rows import Export
from tests.reports.twins.common.sums import sums

COLUMNS: dict[str, Kind] = {
    "period_start": "date",
    "days": "integer",
    "trips": "integer",
    "fares": "decimal",
    "extras": "decimal",
    "mta_tax": "decimal",
    "tips": "decimal",
    "tolls": "decimal",
    "surcharges": "decimal",
    "unexplained": "decimal",
    "total": "decimal",
    "revenue_per_day": "decimal",
    "fare_trips": "integer",
    "miles": "double",
    "control_trips": "integer",
    "without_fare": "integer",
    "without_distance": "integer",
}
_STARTS: dict[str, Callable[[date], date]] = {
    "day": lambda day: day,
    "week": monday_of,
    "month": first_of_month,
}
_COLUMN_OF_PART = {
    "fares": "fares",
    "extras": "extras",
    "mta_tax": "mta_taxes",
    "tips": "tips",
    "tolls": "tolls_paid",
    "surcharges": "surcharges",
}


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """One row per period that has trips, by its first day."""
    start_of = _STARTS[parameters["grain"]]
    days = Counter(start_of(day) for day in asked_days(parameters))
    trips = in_range(export.trips, parameters)
    trips = trips.assign(period=[start_of(day) for day in trips["day"].dt.date])
    same: Row = {
        "control_trips": len(trips),
        "without_fare": int((~trips["has_fare"]).sum()),
        "without_distance": int((~trips["has_distance"]).sum()),
    }
    rows: list[Row] = []
    for start, period in sums(trips, ["period"]):
        parts = {name: period[column] for name, column in _COLUMN_OF_PART.items()}
        total = period["totals"]
        rows.append(
            {
                "period_start": start,
                "days": days[start],
                "trips": period["trips"],
                **{name: dollars(cents) for name, cents in parts.items()},
                "unexplained": dollars(total - sum(parts.values())),
                "total": dollars(total),
                "revenue_per_day": mean_dollars(total, days[start]),
                "fare_trips": period["fare_trips"],
                "miles": miles(period["distance_hundredths"]),
                **same,
            }
        )
    return rows
