"""The two small tables that every data set has, whatever its trips: the zones and the calendar."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from infra.local.data.facts import Facts


def insert_reference_tables(connection: duckdb.DuckDBPyConnection, facts: Facts) -> None:
    """Fill `taxi_zones` and `calendar`."""
    zones = [
        (z.id, z.name, z.borough, z.service_zone, z.longitude, z.latitude, z.square_miles)
        for z in facts.zones
    ]
    days = [(d.day, d.event, d.rain, d.snow, d.highest, d.trips) for d in facts.calendar]
    _insert(connection, "taxi_zones", zones)
    _insert(connection, "calendar", days)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    values = ", ".join("unnest(?)" for _ in columns)
    connection.execute(f"INSERT INTO {table} SELECT {values}", columns)
