"""Sums over groups of trips: every measure adds up only the trips that its rule lets through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pandas as pd

PARTS = (
    "trips",
    "fare_trips",
    "fares",
    "extras",
    "mta_taxes",
    "tips",
    "tolls_paid",
    "surcharges",
    "totals",
    "card_fare_trips",
    "card_fares",
    "card_tips",
    "distance_trips",
    "distance_hundredths",
    "duration_trips",
    "duration_seconds",
    "speed_trips",
    "speed_hundredths",
    "speed_seconds",
)
"""What adds up: counts of trips, cents, hundredths of a mile, seconds."""

Sums = dict[str, int]


def with_parts(trips: pd.DataFrame) -> pd.DataFrame:
    """Add to each trip what it contributes to each sum."""
    fare, card = trips["has_fare"], trips["has_fare"] & (trips["method"] == "Card")
    distance, duration, speed = trips["has_distance"], trips["has_duration"], trips["has_speed"]
    return trips.assign(
        trips=1,
        fare_trips=fare.astype("int64"),
        fares=_among(fare, trips["fare"]),
        extras=_among(fare, trips["extra"]),
        mta_taxes=_among(fare, trips["mta_tax"]),
        tips=_among(fare, trips["tip"]),
        tolls_paid=_among(fare, trips["tolls"]),
        surcharges=_among(fare, trips["surcharge"]),
        totals=_among(fare, trips["total"]),
        card_fare_trips=card.astype("int64"),
        card_fares=_among(card, trips["fare"]),
        card_tips=_among(card, trips["tip"]),
        distance_trips=distance.astype("int64"),
        distance_hundredths=_among(distance, trips["hundredths"]),
        duration_trips=duration.astype("int64"),
        duration_seconds=_among(duration, trips["seconds"]),
        speed_trips=speed.astype("int64"),
        speed_hundredths=_among(speed, trips["hundredths"]),
        speed_seconds=_among(speed, trips["seconds"]),
    )


def sums(trips: pd.DataFrame, by: Sequence[str]) -> list[tuple[Any, Sums]]:
    """Add up groups of trips, in order of their keys; a key is a value, or a tuple where there are several."""
    grouped = trips.groupby(by[0] if len(by) == 1 else list(by))[list(PARTS)].sum()
    return list(zip(grouped.index, cast(list[Sums], grouped.to_dict("records")), strict=True))


def sum_of(trips: pd.DataFrame) -> Sums:
    """Add up all trips."""
    return {name: int(trips[name].sum()) for name in PARTS}


def _among(rule: pd.Series, values: pd.Series) -> pd.Series:
    return values.where(rule, 0).fillna(0).astype("int64")
