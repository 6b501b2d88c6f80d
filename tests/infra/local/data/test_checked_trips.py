"""What the laptop keeps of each trip is what the views of the set-up files answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import duckdb
import pytest

from infra.local.data.checked_trips import inserting, make_tables
from infra.local.data.making import make
from infra.local.data.progress import Progress
from infra.local.data.setup_sql import ROLL_UPS, TABLES, VIEW, run_setup
from infra.local.data.synthetic import SyntheticYear

TRIPS = """
    FROM (VALUES
        ('2015-06-01 12:00:00', '2015-06-01 12:10:30', 2.0, 9.5, 10.3, 161, 237),
        ('2015-06-01 12:01:00', '2015-06-01 12:01:10', 0.0, 0.0, 0.0, 264, 265),
        ('2015-06-01 12:02:00', '2015-06-02 12:00:00', 15e6, -3.0, -3.8, 1, 263),
        ('2015-06-01 12:03:00', NULL, NULL, NULL, 1000.0, NULL, 0)
    ) t(pickup, dropoff, miles, fare, total, from_zone, to_zone)
    SELECT
        pickup::TIMESTAMP AS tpep_pickup_datetime, dropoff::TIMESTAMP AS tpep_dropoff_datetime,
        miles::DOUBLE AS trip_distance, fare::DECIMAL(9, 2) AS fare_amount, total::DECIMAL(9, 2) AS total_amount,
        from_zone::SMALLINT AS pulocationid, to_zone::SMALLINT AS dolocationid
"""


@pytest.fixture
def kept() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        make_tables(connection)
        connection.execute(inserting(TRIPS))
        yield connection


@pytest.fixture
def computed() -> Iterator[duckdb.DuckDBPyConnection]:
    """The same trips, with the views as they are written for Redshift."""
    with duckdb.connect() as connection:
        run_setup(connection, TABLES, VIEW)
        connection.execute(f"INSERT INTO nyc_yellow_taxi BY NAME {TRIPS}")
        yield connection


@pytest.mark.fast
@pytest.mark.parametrize("relation", ["nyc_yellow_taxi", "checked_trips", "trips"])
def test_each_relation_has_the_columns_types_and_rows_that_the_set_up_files_state(
    kept: duckdb.DuckDBPyConnection, computed: duckdb.DuckDBPyConnection, relation: str
) -> None:
    columns = f"SELECT column_name, column_type FROM (DESCRIBE {relation})"
    rows = f"FROM {relation} ORDER BY tpep_pickup_datetime"

    assert kept.execute(columns).fetchall() == computed.execute(columns).fetchall()
    assert kept.execute(rows).fetchall() == computed.execute(rows).fetchall()
    assert len(kept.execute(rows).fetchall()) == 4


@pytest.mark.fast
@pytest.mark.parametrize("relation", ["trips_by_hour_zone", "trips_by_day_journey"])
def test_a_roll_up_is_the_same_of_kept_and_of_computed_rules(
    kept: duckdb.DuckDBPyConnection, computed: duckdb.DuckDBPyConnection, relation: str
) -> None:
    for connection in (kept, computed):
        run_setup(connection, ROLL_UPS)
    rows = f"FROM {relation} ORDER BY ALL"

    assert kept.execute(rows).fetchall() == computed.execute(rows).fetchall()


@pytest.mark.fast
def test_no_rule_is_computed_when_a_question_is_asked(kept: duckdb.DuckDBPyConnection) -> None:
    ((_, plan),) = kept.execute("EXPLAIN SELECT count(*) FROM trips WHERE valid_speed").fetchall()

    assert "valid_speed" in plan
    assert "trip_distance" not in plan


@pytest.mark.fast
def test_a_month_of_the_trips_reads_the_table_by_its_sort_key(kept: duckdb.DuckDBPyConnection) -> None:
    plan = kept.execute(
        "EXPLAIN SELECT count(*) FROM trips WHERE valid_fare AND tpep_pickup_datetime >= TIMESTAMP '2015-06-01 12:01'"
    ).fetchall()[0][1]
    scan = plan[plan.index("checked_trips") :]

    assert "tpep_pickup_datetime >= '2015-06-01 12:01:00'" in scan


def test_a_load_also_speaks_while_it_adds_up_the_year(tmp_path_factory: pytest.TempPathFactory) -> None:
    said: list[str] = []
    seconds = count()
    progress = Progress(said.append, clock=lambda: float(next(seconds)))

    make(tmp_path_factory.mktemp("data"), SyntheticYear(0.00001), progress)

    steps = [sentence for sentence in said if "adding up the year, step " in sentence]
    assert len(steps) == 2 * 7
    assert said[-1] == "Data: writing the last of it to disk"
