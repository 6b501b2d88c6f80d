"""The export of the warehouse's rows: trips in exact units, zones, and the calendar."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pandas as pd

from tests.reports.twins.common.rules import with_rules
from tests.reports.twins.common.sums import with_parts

_NAMES = {
    "VendorID": "vendor",
    "tpep_pickup_datetime": "pickup",
    "tpep_dropoff_datetime": "dropoff",
    "passenger_count": "passengers",
    "trip_distance": "miles",
    "RatecodeID": "rate",
    "PULocationID": "pickup_zone",
    "DOLocationID": "dropoff_zone",
    "payment_type": "payment",
    "fare_amount": "fare",
    "extra": "extra",
    "mta_tax": "mta_tax",
    "tip_amount": "tip",
    "tolls_amount": "tolls",
    "improvement_surcharge": "surcharge",
    "total_amount": "total",
}
MONEY = ("fare", "extra", "mta_tax", "tip", "tolls", "surcharge", "total")
_CODES = ("vendor", "passengers", "rate", "pickup_zone", "dropoff_zone", "payment")


@dataclass(frozen=True)
class Zone:
    """A zone of the list; what has no shape has no place and no size."""

    name: str
    borough: str
    longitude: float | None
    latitude: float | None
    square_miles: Fraction | None


@dataclass(frozen=True)
class Export:
    """The rows. Trips: money in cents, `hundredths` of a mile, `seconds`; `weekday` 1 is Monday.

    `calendar` has one row for each day of the year, by `day`.
    """

    trips: pd.DataFrame
    zones: dict[int, Zone]
    calendar: pd.DataFrame


def read_export(folder: Path) -> Export:
    """Read what `python -m infra.local.data.export` wrote."""
    zones = _zones(folder / "taxi_zones.csv")
    raw = pd.concat([pd.read_parquet(file) for file in sorted((folder / "trips").glob("*.parquet"))])
    return Export(prepared(raw, zones), zones, _calendar(folder / "calendar.csv"))


def prepared(raw: pd.DataFrame, zones: dict[int, Zone]) -> pd.DataFrame:
    """Give trips in exact units, with the rules, from the columns of the TLC."""
    trips = raw.rename(columns=_NAMES)[list(_NAMES.values())].reset_index(drop=True)
    pickup = trips["pickup"]
    exact = trips.assign(
        **{name: trips[name].astype("Int64") for name in _CODES},
        **{name: _hundredths(trips[name]) for name in MONEY},
        hundredths=_hundredths(trips["miles"]),
        seconds=(trips["dropoff"] - pickup).dt.total_seconds().astype("Int64"),
        day=pickup.dt.normalize(),
        weekday=pickup.dt.day_of_week + 1,
        hour=pickup.dt.hour,
        method=trips["payment"].map({1: "Card", 2: "Cash"}).fillna("Other"),
        borough=trips["pickup_zone"].map({number: zone.borough for number, zone in zones.items()}),
    )
    return with_parts(with_rules(exact))


def _hundredths(values: pd.Series) -> pd.Series:
    """Give whole hundredths, half away from zero, of values that were written with few decimals."""
    away = (values.abs() * 100 + 0.5 + 1e-7) // 1
    return away.where(values >= 0, -away).astype("Int64")


def _zones(file: Path) -> dict[int, Zone]:
    with file.open(encoding="utf-8", newline="") as lines:
        return {int(line["locationid"]): _zone(line) for line in csv.DictReader(lines)}


def _zone(line: dict[str, str]) -> Zone:
    longitude, latitude, size = line["longitude"], line["latitude"], line["square_miles"]
    return Zone(
        line["zone"],
        line["borough"],
        float(longitude) if longitude else None,
        float(latitude) if latitude else None,
        Fraction(size) if size else None,
    )


def _calendar(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, parse_dates=["day"]).sort_values("day", ignore_index=True)
