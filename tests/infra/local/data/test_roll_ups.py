"""A roll-up answers exactly what the trips themselves would answer."""

from __future__ import annotations

import re

import duckdb
import pytest

from infra.local.data.setup_sql import FOLDER

FARE_PARTS = (
    "fare_amount",
    "extra",
    "mta_tax",
    "tip_amount",
    "tolls_amount",
    "improvement_surcharge",
    "total_amount",
)
MEASURES = {
    "trips": "count(*)",
    "fare_trips": "count(*) FILTER (valid_fare)",
    **{part: f"sum({part}) FILTER (valid_fare)" for part in FARE_PARTS},
    "distance_trips": "count(*) FILTER (valid_distance)",
    "miles": "sum(trip_distance) FILTER (valid_distance)",
    "duration_trips": "count(*) FILTER (valid_duration)",
    "seconds": "sum(date_diff('second', tpep_pickup_datetime, tpep_dropoff_datetime)) FILTER (valid_duration)",
    "speed_trips": "count(*) FILTER (valid_speed)",
    "speed_miles": "sum(trip_distance) FILTER (valid_speed)",
    "speed_seconds": "sum(date_diff('second', tpep_pickup_datetime, tpep_dropoff_datetime)) FILTER (valid_speed)",
}
GROUPS = {
    "pickup_day": "tpep_pickup_datetime::DATE",
    "pickup_hour": "hour(tpep_pickup_datetime)",
    "pulocationid": "pulocationid",
    "valid_zone": "valid_zone",
    "payment_type": "payment_type",
}


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("group", GROUPS)
def test_each_sum_equals_that_of_the_trips(year: duckdb.DuckDBPyConnection, group: str, measure: str) -> None:
    rolled_up = year.execute(
        f"SELECT {group}, sum({measure})::DECIMAL(18, 2) FROM trips_by_hour_zone GROUP BY 1 ORDER BY 1"
    )
    rolled = rolled_up.fetchall()
    raw = year.execute(
        f"SELECT {GROUPS[group]}, coalesce(round({MEASURES[measure]}, 2), 0)::DECIMAL(18, 2) "
        "FROM trips GROUP BY 1 ORDER BY 1"
    ).fetchall()

    assert len(rolled) > 1
    assert rolled == raw


def test_every_measure_and_every_group_is_compared(year: duckdb.DuckDBPyConnection) -> None:
    columns = {name for name, *_ in year.execute("DESCRIBE trips_by_hour_zone").fetchall()}

    assert columns == MEASURES.keys() | GROUPS.keys()


def test_a_range_of_days_is_one_stretch_of_the_roll_up(year: duckdb.DuckDBPyConnection) -> None:
    days = [day for (day,) in year.execute("SELECT pickup_day FROM trips_by_hour_zone").fetchall()]

    assert days == sorted(days)


def test_no_set_up_file_but_the_view_s_states_a_rule() -> None:
    # The thresholds of the five rules, as literals.
    threshold = re.compile(r"<= 100\b|<= 180\b|< 1000\b|\b65\b|\b26[345]\b")
    stating = {
        path.name
        for path in FOLDER.glob("*.sql")
        if threshold.search(re.sub("--.*", "", path.read_text(encoding="utf-8")))
    }

    assert stating == {"02-trips-view.sql"}
