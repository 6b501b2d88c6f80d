"""Synthetic trips cut into two halves: one plays the real rows, the other ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest

from infra.local.data import Dataset, prepare
from infra.local.data.fact_tables import read_facts
from infra.local.data.facts import Facts
from infra.local.data.report.comparison import Comparison
from infra.local.data.report.measures import COLUMNS, Table, measure
from infra.local.data.report.passes import BUTTON_BINS, FILTERED_FARES
from infra.local.data.report.published import compare_published, totals
from infra.local.data.report.real import RealComparison, compare_real
from infra.local.data.report.sides import Side, published_side
from infra.local.data.report.truths import truths
from tests.infra.local.data.conftest import folder_of_all

SCALE = 0.002

# The columns of the TLC's Parquet files of today, with its own spelling.
TLC_COLUMNS = """
    vendorid::BIGINT AS "VendorID", tpep_pickup_datetime, tpep_dropoff_datetime,
    passenger_count::BIGINT AS passenger_count, trip_distance, ratecodeid::BIGINT AS "RatecodeID", store_and_fwd_flag,
    pulocationid::BIGINT AS "PULocationID", dolocationid::BIGINT AS "DOLocationID",
    payment_type::BIGINT AS payment_type,
    fare_amount::DOUBLE AS fare_amount, extra::DOUBLE AS extra, mta_tax::DOUBLE AS mta_tax,
    tip_amount::DOUBLE AS tip_amount, tolls_amount::DOUBLE AS tolls_amount,
    improvement_surcharge::DOUBLE AS improvement_surcharge, total_amount::DOUBLE AS total_amount,
    NULL::INTEGER AS congestion_surcharge, NULL::INTEGER AS airport_fee
"""


def quiet(_: str) -> None:
    """For steps that nobody waits for here."""


@pytest.fixture(scope="session")
def facts() -> Facts:
    return read_facts()


@pytest.fixture(scope="session")
def published(facts: Facts) -> Side:
    return published_side(truths(facts))


@pytest.fixture(scope="session")
def like_published(published: Side) -> Side:
    """A side that was counted: as published, with all fares $10 and all tips 20 %."""
    fares, tips = np.zeros(FILTERED_FARES), np.zeros(2 * BUTTON_BINS)
    fares[20] = 1.0
    tips[[40, BUTTON_BINS + 40]] = 0.5
    shares = {**published.shares, "filtered_fare": fares, "buttons": tips}
    return replace(published, name="Ours", shares=shares, mean_fare=10.0, tip_marks={})


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return prepare(folder_of_all(tmp_path_factory, "year"), SCALE, quiet)


@pytest.fixture(scope="session")
def halves(whole: Dataset) -> Iterator[duckdb.DuckDBPyConnection]:
    """The table `year`, and `half_a` and `half_b`: every second trip, so that both have half of every day."""
    quoted = str(whole.database).replace("'", "''")
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{quoted}' AS kept (READ_ONLY)")
        connection.execute("CREATE TABLE year AS FROM kept.nyc_yellow_taxi")
        for half, rest in (("half_a", 0), ("half_b", 1)):
            connection.execute(
                f"CREATE TABLE {half} AS SELECT * EXCLUDE (place) FROM "
                "(SELECT *, row_number() OVER () - 1 AS place FROM kept.nyc_yellow_taxi) "
                f"WHERE place % 2 = {rest}"
            )
        yield connection


@pytest.fixture(scope="session")
def half_a(halves: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half A in the TLC's shape, one file per quarter of the year."""
    folder = tmp_path_factory.mktemp("real")
    for quarter in (1, 2, 3, 4):
        halves.execute(
            f"COPY (FROM half_a SELECT {TLC_COLUMNS} WHERE quarter(tpep_pickup_datetime) = {quarter}) "
            f"TO '{folder}/yellow_tripdata_2015-Q{quarter}.parquet'"
        )
    return folder


@pytest.fixture
def compared_with(halves: duckdb.DuckDBPyConnection, facts: Facts) -> Callable[[Path, str], RealComparison]:
    """Compares a table, half B unless another is named, with the rows of a folder."""

    def compare(folder: Path, ours: str = "half_b") -> RealComparison:
        return compare_real(halves, ours, folder, facts, quiet)

    return compare


@pytest.fixture
def beside_published(halves: duckdb.DuckDBPyConnection, facts: Facts) -> Callable[[str], list[Comparison]]:
    """Compares a table with what was published."""

    def compare(name: str) -> list[Comparison]:
        table = Table(name, frozenset(COLUMNS))
        counted = measure(halves, table, facts, quiet, january=True)
        return compare_published(facts, counted, totals(halves, table, facts, counted), synthetic=True)

    return compare
