"""A small year in the exact shape of the TLC's files, written by the tests themselves."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from infra.local.data.tlc.schema import TLC_COLUMNS, file_name

TRIPS = 200
Columns = dict[str, list[Any]]
TYPES: dict[str, str] = {column.name: column.published for column in TLC_COLUMNS}


def month_of(month: int, trips: int = TRIPS) -> Columns:
    """Trips in no order, with the gaps and the oddities of real ones."""
    chance = random.Random(month)
    columns: Columns = {name: [] for name in TYPES}
    for _ in range(trips):
        for name, value in _trip(month, chance).items():
            columns[name].append(value)
    return columns


def at(time: str) -> datetime:
    """New York's clock, without offset, as the TLC writes it."""
    return datetime.fromisoformat(time)


def _trip(month: int, chance: random.Random) -> dict[str, Any]:
    pickup = at(f"2015-{month:02d}-01") + timedelta(seconds=chance.randrange(28 * 86_400))
    fare, tip = chance.choice([-4.5, 2.5, 7.0, 52.0, 3_950_588.8]), chance.choice([0.0, 1.66, 2.35])
    gaps = {"passenger_count": None, "store_and_fwd_flag": None, "improvement_surcharge": None}
    trip = {
        "VendorID": chance.choice([1, 2]),
        "tpep_pickup_datetime": pickup,
        "tpep_dropoff_datetime": pickup + timedelta(seconds=chance.randrange(7_200)),
        "passenger_count": chance.randrange(10),
        "trip_distance": chance.choice([0.0, 1.7, 2.97, 15_420_004.9]),
        "RatecodeID": chance.choice([1, 2, 99]),
        "store_and_fwd_flag": chance.choice(["Y", "N"]),
        "PULocationID": chance.randrange(1, 266),
        "DOLocationID": chance.randrange(1, 266),
        "payment_type": chance.choice([1, 2, 3, 4]),
        "fare_amount": fare,
        "extra": 0.5,
        "mta_tax": 0.5,
        "tip_amount": tip,
        "tolls_amount": 5.54,
        # As sums of binary fractions come out: 0.30000000000000004 is 30 cents.
        "improvement_surcharge": 0.1 + 0.2,
        "total_amount": fare + tip + 1.3,
        "congestion_surcharge": None,
        "airport_fee": None,
    }
    return trip if chance.random() > 0.05 else trip | gaps


def write_month(
    folder: Path,
    month: int,
    columns: Columns | None = None,
    types: Mapping[str, str] = TYPES,
    **options: Any,
) -> Path:
    """Write the file of a month with the columns that `types` names, in its order."""
    columns = month_of(month) if columns is None else columns
    schema = pa.schema([(name, arrow_type(kind)) for name, kind in types.items()])
    arrays = [pa.array(columns[name], field.type) for name, field in zip(types, schema, strict=True)]
    path = folder / file_name(month)
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path, **options)
    return path


def arrow_type(kind: str) -> Any:
    return pa.timestamp("us", "UTC") if kind == "timestamp[us, tz=UTC]" else pa.type_for_alias(kind)


def write_year(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for month in range(1, 13):
        write_month(folder, month)
    return folder
