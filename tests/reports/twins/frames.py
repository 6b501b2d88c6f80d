"""Small exports made by hand, for the tests of the twins: a usual trip, and in what each trip differs from it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pandas as pd

from tests.reports.twins.common.rows import Export, Zone, prepared

ZONES = {
    1: Zone("Newark Airport", "EWR", -74.0, 40.0, Fraction("2.5")),
    4: Zone("Alphabet City", "Manhattan", -73.9, 40.7, Fraction("0.5")),
    56: Zone("Corona", "Queens", -73.8, 40.7, Fraction("1")),
    57: Zone("Corona", "Queens", -73.8, 40.7, Fraction("1")),
    132: Zone("JFK Airport", "Queens", -73.7, 40.6, Fraction("8")),
    138: Zone("LaGuardia Airport", "Queens", -73.9, 40.8, Fraction("4")),
    264: Zone("Unknown", "Unknown", None, None, None),
}
_USUAL: dict[str, Any] = {
    "VendorID": 1,
    "tpep_pickup_datetime": "2015-06-10 12:00:00",
    "minutes": 10,
    "passenger_count": 1,
    "trip_distance": 2.0,
    "RatecodeID": 1,
    "PULocationID": 4,
    "DOLocationID": 4,
    "payment_type": 1,
    "fare_amount": 10.0,
    "extra": 0.0,
    "mta_tax": 0.5,
    "tip_amount": 2.0,
    "tolls_amount": 0.0,
    "improvement_surcharge": 0.3,
    "total_amount": 12.8,
}
_NUMBERS = [name for name, value in _USUAL.items() if isinstance(value, float)] + ["minutes"]
JUNE = {"startDate": "2015-06-01", "endDate": "2015-06-30"}


def export_of(*differences: dict[str, Any], times: int = 1) -> Export:
    """Give an export of these trips, each so many times, and of the whole year's calendar."""
    rows = [_USUAL | difference for difference in differences for _ in range(times)]
    raw = pd.DataFrame(rows).astype(dict.fromkeys(_NUMBERS, float))
    pickup = pd.to_datetime(raw["tpep_pickup_datetime"])
    dropoff = pickup + pd.to_timedelta(raw.pop("minutes") * 60, unit="s")
    trips = raw.assign(tpep_pickup_datetime=pickup, tpep_dropoff_datetime=dropoff)
    return Export(prepared(trips, ZONES), ZONES, _calendar())


def _calendar() -> pd.DataFrame:
    days = pd.DataFrame({"day": pd.date_range("2015-01-01", "2015-12-31")})
    events = days["day"].map({pd.Timestamp("2015-06-10"): "A parade"})
    return days.assign(event=events, rain_inches=0.0, snow_inches=0.0, highest_f=70, published_trips=1)
