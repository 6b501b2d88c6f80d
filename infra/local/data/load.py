"""Fills a DuckDB file with the generated trips, the zones and the calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import date

import duckdb
import numpy as np
import numpy.typing as npt

from infra.local.data.facts import Facts
from infra.local.data.progress import Progress
from infra.local.data.setup_sql import TABLES, VIEW, run_setup
from infra.local.data.trips.columns import TripColumns
from infra.local.data.trips.generator import Generator

Batch = dict[str, npt.NDArray[np.generic]]
ROWS_PER_INSERT = 500_000
_INSERT_TRIPS = """
    INSERT INTO nyc_yellow_taxi BY NAME
    SELECT
        vendor AS vendorid,
        pickup AS tpep_pickup_datetime,
        dropoff AS tpep_dropoff_datetime,
        passengers AS passenger_count,
        miles AS trip_distance,
        rate AS ratecodeid,
        CASE WHEN stored THEN 'Y' ELSE 'N' END AS store_and_fwd_flag,
        pickup_zone AS pulocationid,
        dropoff_zone AS dolocationid,
        payment AS payment_type,
        fare::INTEGER * 0.01 AS fare_amount,
        extra::INTEGER * 0.01 AS extra,
        tax::INTEGER * 0.01 AS mta_tax,
        tip::INTEGER * 0.01 AS tip_amount,
        tolls::INTEGER * 0.01 AS tolls_amount,
        surcharge::INTEGER * 0.01 AS improvement_surcharge,
        total::INTEGER * 0.01 AS total_amount,
    FROM batch
"""


def fill(
    connection: duckdb.DuckDBPyConnection,
    facts: Facts,
    generator: Generator,
    counts: Mapping[date, int],
    progress: Progress,
) -> None:
    """Make the tables and the view in an empty database and fill them; trips stand in order of pickup."""
    run_setup(connection, TABLES, VIEW)
    _insert_zones(connection, facts)
    _insert_calendar(connection, facts)
    for last_day, batch in _one_ahead(_batches(generator, counts)):
        connection.register("batch", batch)
        connection.execute(_INSERT_TRIPS)
        connection.unregister("batch")
        progress.reached(f"trips up to {last_day.day} {last_day:%B}")
    # Closing would do this too, but says nothing when the disk is full.
    connection.execute("CHECKPOINT")


def _batches(generator: Generator, counts: Mapping[date, int]) -> Iterator[tuple[date, Batch]]:
    waiting: list[TripColumns] = []
    last_day = max(counts)
    for day, count in counts.items():
        waiting.append(generator.trips_of(day, count))
        if day == last_day or sum(map(len, waiting)) >= ROWS_PER_INSERT:
            yield day, _joined(waiting)
            waiting = []


def _one_ahead(batches: Iterator[tuple[date, Batch]]) -> Iterator[tuple[date, Batch]]:
    """The same batches, each made while the database still takes in the one before it."""
    with ThreadPoolExecutor(max_workers=1) as maker:
        coming = maker.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = maker.submit(next, batches, None)
            yield batch


def _joined(days: list[TripColumns]) -> Batch:
    names = [field.name for field in fields(TripColumns)]
    batch = {name: np.concatenate([getattr(day, name) for day in days]) for name in names}
    return batch | {name: batch[name].view("datetime64[s]") for name in ("pickup", "dropoff")}


def _insert_zones(connection: duckdb.DuckDBPyConnection, facts: Facts) -> None:
    rows = [
        (z.id, z.name, z.borough, z.service_zone, z.longitude, z.latitude, z.square_miles)
        for z in facts.zones
    ]
    _insert(connection, "taxi_zones", rows)


def _insert_calendar(connection: duckdb.DuckDBPyConnection, facts: Facts) -> None:
    rows = [(d.day, d.event, d.rain, d.snow, d.highest, d.trips) for d in facts.calendar]
    _insert(connection, "calendar", rows)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    values = ", ".join("unnest(?)" for _ in columns)
    connection.execute(f"INSERT INTO {table} SELECT {values}", columns)
