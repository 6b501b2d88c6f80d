"""What share of trips goes to and from the airports?"""

from __future__ import annotations

import pandas as pd

from tests.reports.twins.common.exact import mean_dollars, mean_minutes, percent
from tests.reports.twins.common.question import ALL, Kind, Parameters, Row, in_range
from tests.reports.twins.common.rows import Export
from tests.reports.twins.common.sums import Sums, sums

COLUMNS: dict[str, Kind] = {
    "airport": "text",
    "direction": "text",
    "hour": "integer",
    "trips": "integer",
    "share_percent": "double",
    "mean_fare": "decimal",
    "mean_minutes": "double",
    "mean_tolls": "decimal",
    "share_of_all": "double",
    "jfk_minutes": "double",
    "without_duration": "integer",
    "without_fare": "integer",
    "without_zone": "integer",
}
AIRPORTS = {"JFK": 132, "LaGuardia": 138, "Newark": 1}
ENDS = {"From": "pickup_zone", "To": "dropoff_zone"}


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """One row per airport, direction and hour that has trips; a trip between two airports is in two rows."""
    trips = in_range(export.trips, parameters)
    of_hour = trips["hour"].value_counts()
    parts = _parts(trips, parameters)
    touching = trips.loc[sorted({number for part in parts.values() for number in part.index})]
    jfk = [part for (airport, _), part in parts.items() if airport == "JFK"]
    same: Row = {
        "share_of_all": percent(len(touching), len(trips)),
        "jfk_minutes": mean_minutes(
            sum(int(part["duration_seconds"].sum()) for part in jfk),
            sum(int(part["duration_trips"].sum()) for part in jfk),
        ),
        "without_duration": int((~touching["has_duration"]).sum()),
        "without_fare": int((~touching["has_fare"]).sum()),
        "without_zone": int((~(trips["has_zone"] & trips["has_dropoff_zone"])).sum()),
    }
    return [
        {"airport": airport, "direction": direction, **_hour(hour, group, of_hour), **same}
        for (airport, direction), part in parts.items()
        for hour, group in sums(part, ["hour"])
    ]


def _parts(trips: pd.DataFrame, parameters: Parameters) -> dict[tuple[str, str], pd.DataFrame]:
    """Give the trips of each airport and direction that were asked for, in the order of the answer."""
    return {
        (airport, direction): trips[(trips[end] == zone).fillna(False)]
        for airport, zone in AIRPORTS.items()
        for direction, end in ENDS.items()
        if parameters["airport"] in {ALL, airport} and parameters["direction"] in {"both", direction.lower()}
    }


def _hour(hour: int, group: Sums, of_hour: pd.Series) -> Row:
    return {
        "hour": hour,
        "trips": group["trips"],
        "share_percent": percent(group["trips"], int(of_hour[hour])),
        "mean_fare": mean_dollars(group["fares"], group["fare_trips"]),
        "mean_minutes": mean_minutes(group["duration_seconds"], group["duration_trips"]),
        "mean_tolls": mean_dollars(group["tolls_paid"], group["fare_trips"]),
    }
