"""Crude rows have the shape of the trips, and nothing else of theirs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb

from bench import crude_rows
from infra.local.data.setup_files import TABLES
from infra.local.data.setup_sql import run_setup


def test_crude_rows_have_the_columns_and_types_of_the_trips() -> None:
    with duckdb.connect() as connection:
        run_setup(connection, TABLES)
        crude_rows.fill(connection, 10)
        crude, trips = (connection.table(name) for name in (crude_rows.TABLE, "nyc_yellow_taxi"))

        assert (crude.columns, crude.types) == (trips.columns, trips.types)


def test_the_command_writes_as_many_as_asked_in_order_of_pickup(tmp_path: Path) -> None:
    file = tmp_path / "crude.duckdb"
    subprocess.run([sys.executable, "-m", "bench.crude_rows", str(file), "5000"], check=True)

    with duckdb.connect(str(file), read_only=True) as connection:
        pickups = connection.execute(f"SELECT tpep_pickup_datetime FROM {crude_rows.TABLE}").fetchall()
    assert len(pickups) == 5000
    assert pickups == sorted(pickups)
    assert {pickup.year for (pickup,) in pickups} == {2015}
