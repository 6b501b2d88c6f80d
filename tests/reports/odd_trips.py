"""Trips that the synthetic year hardly has: each rule's edge, codes that nobody wrote down, values that are missing.

Most of them were picked up on 10 June, so that one day has them all; no trip was picked up on 9 September.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

DAY_OF_ODD_TRIPS = "2015-06-10"
DAY_WITHOUT_TRIPS = "2015-09-09"
_USUAL: dict[str, Any] = {
    "VendorID": 1,
    "tpep_pickup_datetime": f"{DAY_OF_ODD_TRIPS} 12:30:00",
    "minutes": 15.0,
    "passenger_count": 1,
    "trip_distance": 2.5,
    "RatecodeID": 1,
    "store_and_fwd_flag": "N",
    "PULocationID": 161,
    "DOLocationID": 236,
    "payment_type": 1,
    "fare_amount": 12.0,
    "extra": 0.0,
    "mta_tax": 0.5,
    "tip_amount": 2.56,
    "tolls_amount": 0.0,
    "improvement_surcharge": 0.3,
    "total_amount": 15.36,
    "congestion_surcharge": None,
    "airport_fee": None,
}


def _odd() -> Iterator[dict[str, Any]]:
    """Say in what each odd trip differs from a usual one."""
    yield from ({"VendorID": vendor} for vendor in (None, 3, 4))
    yield from ({"passenger_count": count} for count in (None, None, *[0] * 6, 6, 7, 8, 9))
    yield from ({"RatecodeID": code} for code in (None, 99, 6))
    yield from (
        {"PULocationID": zone} for zone in (0, 1, 56, 57, 103, 104, 105, 132, 138, 263, 264, 265, 266)
    )
    yield from (
        {"DOLocationID": zone} for zone in (0, 1, 56, 57, 103, 104, 105, 132, 138, 263, 264, 265, 266)
    )
    yield from ({"PULocationID": zone, "DOLocationID": zone} for zone in (1, 132, 138, 264))
    yield from (
        {"PULocationID": 132, "DOLocationID": zone, "tolls_amount": 5.54} for zone in (1, 138, 161, 264)
    )
    yield from ({"payment_type": code} for code in (None, 2, 3, 4, 5, 6))
    yield from _zones_of_one_name()
    yield from _odd_lengths()
    yield from _odd_money()
    yield from _odd_moments()


def _zones_of_one_name() -> Iterator[dict[str, Any]]:
    """Both zones 56 and 57 are called Corona; so many trips that they are among the day's commonest journeys."""
    for zone in (56, 57) * 4:
        yield {"PULocationID": zone}
        yield {"DOLocationID": zone}


def _odd_lengths() -> Iterator[dict[str, Any]]:
    distances = (None, -1.0, 0.0, 0.004, 0.01, 0.49, 0.5, 0.51, 24.99, 24.996, 25.0, 100.0, 100.01, 99999.9)
    yield from ({"trip_distance": miles, "minutes": 120.0} for miles in distances)
    seconds = (-3600, -1, 0, 1, 59, 60, 61, 3599, 3600, 10_800, 10_801, 82_799, 82_800, 86_399, 86_400)
    yield from ({"minutes": second / 60, "trip_distance": 0.6} for second in seconds)
    yield {"minutes": None}
    # Staten Island at four: no trip of a Wednesday has a believable speed, one of a Monday has.
    at_four = {"PULocationID": 44, "DOLocationID": 264}
    yield at_four | {"tpep_pickup_datetime": f"{DAY_OF_ODD_TRIPS} 04:30:00", "trip_distance": 0.0}
    yield at_four | {"tpep_pickup_datetime": "2015-06-08 04:30:00"}
    at_65_mph = (
        (65.0, 60.0),
        (65.01, 60.0),
        (1.95, 1.8),
        (1.96, 1.8),
        (1.3, 1.2),
        (3.9, 3.6),
        (9.1, 8.4),
        (7.15, 6.6),
    )
    yield from ({"trip_distance": miles, "minutes": minutes} for miles, minutes in at_65_mph)


def _odd_money() -> Iterator[dict[str, Any]]:
    fares = (
        (0.0, 3.36),
        (-12.0, -12.8),
        (0.01, 0.01),
        (12.0, 0.0),
        (12.0, -1.0),
        (12.0, 999.99),
        (12.0, 1000.0),
    )
    yield from ({"fare_amount": fare, "total_amount": total, "payment_type": 2} for fare, total in fares)
    tips = (None, -1.0, 0.0, 0.01, 0.59, 0.6, 0.61, 1.2, 2.4, 5.39, 5.4, 5.99, 6.0, 6.01, 50.0)
    yield from ({"tip_amount": tip, "total_amount": 12.8 + (tip or 0)} for tip in tips)
    yield from ({"fare_amount": 3.33, "tip_amount": tip} for tip in (0.33, 0.34, 1.66, 1.67))
    # With a lower fare than the usual trip's and a higher tip, they are no longer in the order of both.
    yield {"fare_amount": 3.33, "tip_amount": 5.0}
    yield {"tip_amount": 5.0, "payment_type": 2}
    yield {"total_amount": 15.37}


def _odd_moments() -> Iterator[dict[str, Any]]:
    moments = (
        *("2015-01-01 00:00:00", "2015-05-31 23:59:59", "2015-06-01 00:00:00", "2015-06-10 00:00:00"),
        *("2015-06-10 23:59:59", "2015-06-11 00:00:00", "2015-06-30 23:59:59", "2015-07-01 00:00:00"),
        *("2015-11-01 01:30:00", "2015-03-08 03:00:00", "2015-12-31 23:59:59"),
        *("2014-12-31 23:59:59", "2016-01-01 00:00:00"),
    )
    yield from ({"tpep_pickup_datetime": moment} for moment in moments)
    yield {"tpep_pickup_datetime": "2015-11-01 01:50:00", "minutes": -50.0}


def add_odd_trips(folder: Path) -> None:
    """Write the odd trips into the months' files of an export, and take out the trips of one day."""
    odd = _odd_trips()
    month = odd["tpep_pickup_datetime"].dt.month.where(odd["tpep_pickup_datetime"].dt.year == 2015, 12)
    for number, file in enumerate(sorted(folder.glob("*.parquet")), start=1):
        usual = pd.read_parquet(file)
        kept = usual[usual["tpep_pickup_datetime"].dt.normalize() != pd.Timestamp(DAY_WITHOUT_TRIPS)]
        pd.concat([kept, odd[month == number].astype(kept.dtypes.to_dict() | _NULLABLE)]).to_parquet(
            file, index=False
        )


_CODES = ("VendorID", "passenger_count", "RatecodeID", "PULocationID", "DOLocationID", "payment_type")
_NULLABLE = dict.fromkeys(_CODES, "Int64")


def _odd_trips() -> pd.DataFrame:
    odd = pd.DataFrame([_USUAL | difference for difference in _odd()])
    pickup = pd.to_datetime(odd["tpep_pickup_datetime"]).astype("datetime64[us]")
    minutes = odd.pop("minutes").astype(float)
    dropoff = pickup + pd.to_timedelta((minutes * 60).round(), unit="s").astype("timedelta64[us]")
    return odd.assign(tpep_pickup_datetime=pickup, tpep_dropoff_datetime=dropoff)
