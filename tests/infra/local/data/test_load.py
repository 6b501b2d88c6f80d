"""The sample's rows themselves: the same on every machine, and in the warehouse's own types."""

from __future__ import annotations

from datetime import date
from itertools import count

import numpy as np

from infra.local.data import Dataset
from infra.local.data.checked_trips import make_tables
from infra.local.data.fact_tables import read_facts
from infra.local.data.fingerprint import fingerprint
from infra.local.data.load import as_table, insert_trips
from infra.local.data.progress import Progress
from infra.local.data.storage import connect
from infra.local.data.trips.generator import build_generator

# Changes with the generator, its facts and the pinned versions of NumPy and DuckDB, and with nothing else.
RECORDED = "b277a8865bc3bfba15a18"
JUNE = date(2015, 6, 1)


def test_the_sample_has_the_recorded_rows(whole_sample: Dataset) -> None:
    assert fingerprint(whole_sample.database) == RECORDED


def test_times_distances_and_money_reach_the_database_as_the_generator_made_them() -> None:
    trips = build_generator(read_facts(), {JUNE: 2_000}, seed=7).trips_of(JUNE, 2_000)
    table = as_table(trips)

    assert (
        table["tpep_pickup_datetime"].to_numpy().astype("datetime64[s]").astype(int).tolist()
        == trips.pickup.tolist()
    )
    assert [int(amount * 100) for amount in table["total_amount"].to_pylist()] == trips.total.tolist()
    assert np.rint(table["trip_distance"].to_numpy() * 100).astype(int).tolist() == trips.miles.tolist()
    assert table["trip_distance"].to_pylist()[:50] == [
        float(f"{miles / 100:.2f}") for miles in trips.miles[:50]
    ]
    assert [flag == "Y" for flag in table["store_and_fwd_flag"].to_pylist()] == trips.stored.tolist()


def test_it_says_up_to_which_day_trips_are_there_and_which_share_of_all() -> None:
    counts = {JUNE: 30, date(2015, 6, 2): 10}
    said: list[str] = []
    seconds = count()
    with connect() as connection:
        make_tables(connection)
        progress = Progress(said.append, clock=lambda: float(next(seconds)))
        insert_trips(connection, build_generator(read_facts(), counts, seed=7), counts, progress)
        rows = connection.execute("SELECT count(*) FROM nyc_yellow_taxi").fetchall()

    assert rows == [(40,)]
    assert said == ["Data: trips up to 2 June, 100%"]
