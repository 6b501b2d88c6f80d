"""The rules by which reports believe a measure, at their borders and where something is missing."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from infra.local.data.setup_sql import TABLES, VIEW, run_setup

pytestmark = pytest.mark.fast

RULES = (
    "valid_distance",
    "valid_duration",
    "valid_fare",
    "valid_speed",
    "valid_zone",
    "valid_dropoff_zone",
)
GOOD: dict[str, object] = {
    "tpep_pickup_datetime": "2015-06-01 12:00:00",
    "tpep_dropoff_datetime": "2015-06-01 12:10:00",
    "trip_distance": 2.0,
    "fare_amount": 9.5,
    "total_amount": 10.3,
    "pulocationid": 161,
    "dolocationid": 237,
}


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        run_setup(connection, TABLES, VIEW)
        yield connection


def broken_rules(warehouse: duckdb.DuckDBPyConnection, **changes: object) -> set[str]:
    """The rules that a good trip breaks once it is changed in this way; a rule that is NULL fails the test."""
    row = GOOD | changes
    values = ", ".join("?" for _ in row)
    warehouse.execute(f"INSERT INTO nyc_yellow_taxi ({', '.join(row)}) VALUES ({values})", list(row.values()))
    answers = warehouse.execute(f"SELECT {', '.join(RULES)} FROM trips").fetchall()[0]
    assert set(answers) <= {True, False}
    return {rule for rule, holds in zip(RULES, answers, strict=True) if not holds}


def test_a_good_trip_breaks_no_rule(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert broken_rules(warehouse) == set()


@pytest.mark.parametrize(
    ("miles", "broken"),
    [
        (-1.0, {"valid_distance", "valid_speed"}),
        (0.0, {"valid_distance", "valid_speed"}),
        (0.01, set()),
        (None, {"valid_distance", "valid_speed"}),
        (100.01, {"valid_distance", "valid_speed"}),
        (15_000_000.0, {"valid_distance", "valid_speed"}),
    ],
)
def test_a_distance_is_above_0_and_at_most_100_miles(
    warehouse: duckdb.DuckDBPyConnection, miles: float | None, broken: set[str]
) -> None:
    assert broken_rules(warehouse, trip_distance=miles) == broken


def test_100_miles_is_still_a_distance(warehouse: duckdb.DuckDBPyConnection) -> None:
    broken = broken_rules(warehouse, trip_distance=100.0, tpep_dropoff_datetime="2015-06-01 14:00:00")

    assert broken == set()


@pytest.mark.parametrize(
    ("dropoff", "broken"),
    [
        ("2015-06-01 12:00:59", {"valid_duration", "valid_speed"}),
        ("2015-06-01 12:02:00", set()),
        ("2015-06-01 15:00:00", set()),
        ("2015-06-01 15:00:01", {"valid_duration", "valid_speed"}),
        ("2015-06-01 12:00:00", {"valid_duration", "valid_speed"}),
        ("2015-06-01 11:00:00", {"valid_duration", "valid_speed"}),
        ("2015-06-02 11:59:00", {"valid_duration", "valid_speed"}),
        (None, {"valid_duration", "valid_speed"}),
    ],
)
def test_a_duration_is_at_least_a_minute_and_at_most_three_hours(
    warehouse: duckdb.DuckDBPyConnection, dropoff: str | None, broken: set[str]
) -> None:
    assert broken_rules(warehouse, tpep_dropoff_datetime=dropoff) == broken


def test_one_minute_is_already_a_duration(warehouse: duckdb.DuckDBPyConnection) -> None:
    broken = broken_rules(warehouse, tpep_dropoff_datetime="2015-06-01 12:01:00", trip_distance=0.5)

    assert broken == set()


@pytest.mark.parametrize(
    ("fare", "total", "believed"),
    [
        (0.01, 0.01, True),
        (0, 10, False),
        (-3.0, -3.8, False),
        (None, 10, False),
        (9.5, 0, False),
        (9.5, -1, False),
        (9.5, None, False),
        (9.5, 999.99, True),
        (9.5, 1000, False),
        (9.5, 3_950_611.60, False),
    ],
)
def test_a_fare_is_above_0_with_a_total_above_0_and_below_1000(
    warehouse: duckdb.DuckDBPyConnection, fare: float | None, total: float | None, believed: bool
) -> None:
    broken = broken_rules(warehouse, fare_amount=fare, total_amount=total)

    assert broken == (set() if believed else {"valid_fare"})


@pytest.mark.parametrize(("miles", "believed"), [(65.0, True), (65.1, False)])
def test_a_speed_is_at_most_65_miles_per_hour(
    warehouse: duckdb.DuckDBPyConnection, miles: float, believed: bool
) -> None:
    broken = broken_rules(warehouse, trip_distance=miles, tpep_dropoff_datetime="2015-06-01 13:00:00")

    assert broken == (set() if believed else {"valid_speed"})


@pytest.mark.parametrize(
    ("zone", "known"), [(1, True), (263, True), (264, False), (265, False), (None, False), (0, False)]
)
def test_a_zone_is_known_unless_it_is_empty_264_or_265(
    warehouse: duckdb.DuckDBPyConnection, zone: int | None, known: bool
) -> None:
    assert broken_rules(warehouse, pulocationid=zone) == (set() if known else {"valid_zone"})


@pytest.mark.parametrize(("zone", "known"), [(263, True), (264, False), (265, False), (None, False)])
def test_the_drop_off_has_its_own_rule(
    warehouse: duckdb.DuckDBPyConnection, zone: int | None, known: bool
) -> None:
    assert broken_rules(warehouse, dolocationid=zone) == (set() if known else {"valid_dropoff_zone"})


def test_an_empty_row_breaks_every_rule_and_has_no_duration(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert broken_rules(warehouse, **dict.fromkeys(GOOD)) == set(RULES)
    assert warehouse.execute("SELECT duration_minutes FROM trips").fetchall() == [(None,)]


def test_the_duration_is_in_minutes_and_counts_seconds(warehouse: duckdb.DuckDBPyConnection) -> None:
    broken_rules(warehouse, tpep_dropoff_datetime="2015-06-01 12:10:30")

    assert warehouse.execute("SELECT duration_minutes FROM trips").fetchall() == [(10.5,)]


def test_a_month_of_the_view_reads_the_table_by_its_sort_key(warehouse: duckdb.DuckDBPyConnection) -> None:
    broken_rules(warehouse)
    broken_rules(warehouse, tpep_pickup_datetime="2015-01-01 00:00:00", fare_amount=0)

    plan = warehouse.execute(
        "EXPLAIN SELECT count(*) FROM trips WHERE valid_fare AND tpep_pickup_datetime >= TIMESTAMP '2015-06-01'"
    ).fetchall()[0][1]
    scan = plan[plan.index("nyc_yellow_taxi") :]

    assert "tpep_pickup_datetime >= '2015-06-01 00:00:00'" in scan
