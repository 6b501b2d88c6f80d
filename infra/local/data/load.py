"""Fills the warehouse's table with the generated trips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from infra.local.data.checked_trips import inserting
from infra.local.data.progress import Progress
from infra.local.data.trips.columns import TripColumns
from infra.local.data.trips.generator import Generator

ROWS_PER_INSERT = 500_000
_MICROSECONDS = 1_000_000
_HUNDREDTHS = 100.0
_FLAGS = pa.array(["N", "Y"])


def insert_trips(
    connection: duckdb.DuckDBPyConnection,
    generator: Generator,
    counts: Mapping[date, int],
    progress: Progress,
) -> None:
    """Fill the empty table `checked_trips`; trips stand in order of pickup."""
    trips, done = sum(counts.values()), 0
    insert = inserting("SELECT * FROM batch")
    for last_day, batch in _one_ahead(_batches(generator, counts)):
        connection.register("batch", batch)
        connection.execute(insert)
        connection.unregister("batch")
        done += len(batch)
        progress.reached(f"trips up to {last_day.day} {last_day:%B}", done / trips)


def _batches(generator: Generator, counts: Mapping[date, int]) -> Iterator[tuple[date, pa.Table]]:
    waiting: list[pa.Table] = []
    last_day = max(counts)
    for day, count in counts.items():
        waiting.append(as_table(generator.trips_of(day, count)))
        if day == last_day or sum(map(len, waiting)) >= ROWS_PER_INSERT:
            yield day, pa.concat_tables(waiting)
            waiting = []


def _one_ahead(batches: Iterator[tuple[date, pa.Table]]) -> Iterator[tuple[date, pa.Table]]:
    """The same batches, each made while the database still takes in the one before it."""
    with ThreadPoolExecutor(max_workers=1) as maker:
        coming = maker.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = maker.submit(next, batches, None)
            yield batch


def as_table(trips: TripColumns) -> pa.Table:
    """The trips in the columns and types of `nyc_yellow_taxi`, which the database then takes as they are."""
    return pa.table(
        {
            "vendorid": pa.array(trips.vendor),
            "tpep_pickup_datetime": _times(trips.pickup),
            "tpep_dropoff_datetime": _times(trips.dropoff),
            "passenger_count": pa.array(trips.passengers),
            "trip_distance": pa.array(trips.miles / _HUNDREDTHS),
            "ratecodeid": pa.array(trips.rate),
            "store_and_fwd_flag": pa.DictionaryArray.from_arrays(
                pa.array(trips.stored.view(np.int8)), _FLAGS
            ),
            "pulocationid": pa.array(trips.pickup_zone),
            "dolocationid": pa.array(trips.dropoff_zone),
            "payment_type": pa.array(trips.payment),
            "fare_amount": _dollars(trips.fare),
            "extra": _dollars(trips.extra),
            "mta_tax": _dollars(trips.tax),
            "tip_amount": _dollars(trips.tip),
            "tolls_amount": _dollars(trips.tolls),
            "improvement_surcharge": _dollars(trips.surcharge),
            "total_amount": _dollars(trips.total),
        }
    )


def _times(seconds: npt.NDArray[np.int32]) -> pa.Array:
    return pa.array(seconds.astype(np.int64) * _MICROSECONDS).view(pa.timestamp("us"))


def _dollars(cents: npt.NDArray[np.int32]) -> pa.Array:
    """Cents are what a decimal number of two places holds: nothing has to be computed or copied."""
    return pa.Array.from_buffers(pa.decimal32(9, 2), len(cents), [None, pa.py_buffer(cents)])
