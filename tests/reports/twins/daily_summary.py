"""How busy was each day, and what did it earn?"""

from __future__ import annotations

from tests.reports.twins.common.exact import dollars, mean_dollars, mean_miles, mean_minutes, miles, percent
from tests.reports.twins.common.question import Kind, Parameters, Row, in_range
from tests.reports.twins.common.rows import Export
from tests.reports.twins.common.sums import sums

COLUMNS: dict[str, Kind] = {
    "pickup_date": "date",
    "trips": "integer",
    "mean_fare": "decimal",
    "revenue": "decimal",
    "mean_miles": "double",
    "mean_minutes": "double",
    "card_tip_percent": "double",
    "fares": "decimal",
    "fare_trips": "integer",
    "miles": "double",
    "distance_trips": "integer",
    "card_tips": "decimal",
    "card_fares": "decimal",
    "control_trips": "integer",
    "without_fare": "integer",
    "without_distance": "integer",
    "without_duration": "integer",
}


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """One row per day that has trips, by day."""
    trips = in_range(export.trips, parameters)
    same: Row = {
        "control_trips": len(trips),
        "without_fare": int((~trips["has_fare"]).sum()),
        "without_distance": int((~trips["has_distance"]).sum()),
        "without_duration": int((~trips["has_duration"]).sum()),
    }
    return [
        {
            "pickup_date": day.date(),
            "trips": of_day["trips"],
            "mean_fare": mean_dollars(of_day["fares"], of_day["fare_trips"]),
            "revenue": dollars(of_day["totals"]),
            "mean_miles": mean_miles(of_day["distance_hundredths"], of_day["distance_trips"]),
            "mean_minutes": mean_minutes(of_day["duration_seconds"], of_day["duration_trips"]),
            "card_tip_percent": percent(of_day["card_tips"], of_day["card_fares"]),
            "fares": dollars(of_day["fares"]),
            "fare_trips": of_day["fare_trips"],
            "miles": miles(of_day["distance_hundredths"]),
            "distance_trips": of_day["distance_trips"],
            "card_tips": dollars(of_day["card_tips"]),
            "card_fares": dollars(of_day["card_fares"]),
            **same,
        }
        for day, of_day in sums(trips, ["day"])
    ]
