"""Which journeys are commonest?"""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

import pandas as pd

from tests.reports.twins.common.exact import mean_dollars, mean_minutes, percent
from tests.reports.twins.common.question import Kind, Parameters, Row, in_range
from tests.reports.twins.common.rows import Export, Zone
from tests.reports.twins.common.sums import PARTS, Sums, sum_of

COLUMNS: dict[str, Kind] = {
    "rank": "integer",
    "origin": "text",
    "destination": "text",
    "journey": "text",
    "trips": "integer",
    "share_percent": "double",
    "mean_minutes": "double",
    "mean_fare": "decimal",
    "covered_percent": "double",
    "control_trips": "integer",
    "without_zone": "integer",
    "without_duration": "integer",
    "without_fare": "integer",
}


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """The commonest pairs, then all others in one row."""
    ranged = in_range(export.trips, parameters)
    trips = ranged[ranged["has_zone"] & ranged["has_dropoff_zone"]]
    pairs = _ranked(trips, export.zones, parameters["level"])
    top, rest = pairs.head(int(parameters["top"])), pairs.iloc[int(parameters["top"]) :]
    same: Row = {
        "covered_percent": percent(int(top["trips"].sum()), len(trips)),
        "control_trips": len(trips),
        "without_zone": len(ranged) - len(trips),
        "without_duration": int((~trips["has_duration"]).sum()),
        "without_fare": int((~trips["has_fare"]).sum()),
    }
    rows: list[Row] = [
        {**_names(rank, pair["origin"], pair["destination"]), **_measures(pair, len(trips)), **same}
        for rank, pair in enumerate(cast(list[dict[str, Any]], top.to_dict("records")), start=1)
    ]
    if len(rest):
        rows.append({**_OTHERS, **_measures(sum_of(rest), len(trips)), **same})
    return rows


_OTHERS: Row = {
    "rank": None,
    "origin": "All other",
    "destination": "All other",
    "journey": "All other journeys",
}


def _ranked(trips: pd.DataFrame, zones: dict[int, Zone], level: str) -> pd.DataFrame:
    """Give the pairs with their sums and the names of both ends, the commonest first; ties by name or zone id."""
    boroughs = {number: zone.borough for number, zone in zones.items()}
    names = zone_names(zones) if level == "zone" else boroughs
    ends = trips.assign(
        origin=trips["pickup_zone"].map(names).astype(object),
        destination=trips["dropoff_zone"].map(names).astype(object),
    )
    tie = ["pickup_zone", "dropoff_zone"] if level == "zone" else ["origin", "destination"]
    by = list(dict.fromkeys(["origin", "destination", *tie]))
    pairs = ends.groupby(by)[list(PARTS)].sum().reset_index()
    return pairs.sort_values(["trips", *tie], ascending=[False, True, True], kind="stable")


def zone_names(zones: dict[int, Zone]) -> dict[int, str]:
    """Name the zones so that no two have one name: a shared name carries the zone's id."""
    shared = Counter(zone.name for zone in zones.values())
    return {
        number: f"{zone.name} ({number})" if shared[zone.name] > 1 else zone.name
        for number, zone in zones.items()
    }


def _names(rank: int, origin: str, destination: str) -> Row:
    return {
        "rank": rank,
        "origin": origin,
        "destination": destination,
        "journey": f"{origin} to {destination}",
    }


def _measures(pair: Sums, all_trips: int) -> Row:
    return {
        "trips": pair["trips"],
        "share_percent": percent(pair["trips"], all_trips),
        "mean_minutes": mean_minutes(pair["duration_seconds"], pair["duration_trips"]),
        "mean_fare": mean_dollars(pair["fares"], pair["fare_trips"]),
    }
