"""The synthetic year against what was published about the real one."""

from __future__ import annotations

import duckdb
import pytest

from infra.local.data import Dataset
from infra.local.data.facts import read_facts
from tests.infra.local.data import published
from tests.infra.local.data.conftest import SCALE, one, share


def test_each_month_has_its_published_share_to_one_trip(year: duckdb.DuckDBPyConnection) -> None:
    months = dict(
        year.execute("SELECT month(tpep_pickup_datetime), count(*) FROM trips GROUP BY 1").fetchall()
    )

    assert sum(months.values()) == round(published.TRIPS * SCALE)
    for month, trips in published.MONTHS.items():
        assert abs(months[month] - trips * SCALE) < 1


def test_every_day_is_there_with_its_published_share_within_5_per_cent(
    year: duckdb.DuckDBPyConnection,
) -> None:
    days = dict(year.execute("SELECT tpep_pickup_datetime::DATE, count(*) FROM trips GROUP BY 1").fetchall())
    expected = {day.day: day.trips * SCALE for day in read_facts().calendar}

    assert days.keys() == expected.keys()
    assert [days[day] for day in expected] == pytest.approx(list(expected.values()), rel=0.05)


def test_the_day_after_the_blizzard_is_the_lowest(year: duckdb.DuckDBPyConnection) -> None:
    row = year.execute(
        "SELECT tpep_pickup_datetime::DATE::VARCHAR FROM trips GROUP BY 1 ORDER BY count(*) LIMIT 1"
    ).fetchone()

    assert row == ("2015-01-27",)


def test_hours_of_the_week_are_within_a_twentieth_of_the_published_ones(
    year: duckdb.DuckDBPyConnection,
) -> None:
    made = {
        (weekday, hour): trips / round(published.TRIPS * SCALE)
        for weekday, hour, trips in year.execute(
            "SELECT isodow(tpep_pickup_datetime) - 1, hour(tpep_pickup_datetime), count(*) FROM trips GROUP BY ALL"
        ).fetchall()
    }
    distance = sum(abs(made[slot] - hour.share) for slot, hour in read_facts().hours.items()) / 2

    assert distance < 0.05


def test_hours_of_the_day_follow_the_published_dip_at_16_and_peak_at_19(
    year: duckdb.DuckDBPyConnection,
) -> None:
    hours = year.execute(
        "SELECT count(*) FROM trips GROUP BY hour(tpep_pickup_datetime) ORDER BY hour(tpep_pickup_datetime)"
    ).fetchall()
    expected = [trips / sum(published.HOURS) for trips in published.HOURS]

    assert [count / round(published.TRIPS * SCALE) for (count,) in hours] == pytest.approx(expected, rel=0.05)


def test_the_total_is_the_sum_of_its_parts_in_97_of_100_trips(year: duckdb.DuckDBPyConnection) -> None:
    parts = "fare_amount + extra + mta_tax + tip_amount + tolls_amount + improvement_surcharge"

    assert 0.97 <= share(year, f"total_amount = {parts}") < 1


def test_believable_trips_are_as_long_and_as_dear_as_the_published_ones(
    year: duckdb.DuckDBPyConnection,
) -> None:
    believable = "trip_distance BETWEEN 0.1 AND 50 AND fare_amount BETWEEN 2.5 AND 100"

    assert one(year, "avg(trip_distance)", believable) == pytest.approx(published.MEAN_MILES, rel=0.03)
    assert one(year, "avg(fare_amount)", believable) == pytest.approx(published.MEAN_FARE, rel=0.03)


def test_absurd_odometers_raise_the_raw_mean_distance_as_in_the_real_records(
    year: duckdb.DuckDBPyConnection,
) -> None:
    assert one(year, "avg(trip_distance)") == pytest.approx(published.RAW_MEAN_MILES, abs=0.5)
    assert one(year, "max(trip_distance)") > 1_000_000


@pytest.mark.parametrize(
    ("measure", "condition", "quantile", "low", "high"),
    [
        # NYC TLC records of 2015: percentiles of a sample weighted to the year, and of all of January.
        ("trip_distance", "valid_distance", 0.10, 0.6, 0.8),
        ("trip_distance", "valid_distance", 0.50, 1.6, 2.0),
        ("trip_distance", "valid_distance", 0.90, 5.5, 7.0),
        ("trip_distance", "valid_distance", 0.99, 16, 21),
        ("duration_minutes", "valid_duration", 0.10, 3.6, 4.8),
        ("duration_minutes", "valid_duration", 0.50, 9.9, 11.0),
        ("duration_minutes", "valid_duration", 0.90, 23, 29),
        ("trip_distance * 60 / duration_minutes", "valid_speed", 0.50, 10.5, 11.6),
    ],
)
def test_distances_durations_and_speeds_spread_like_the_real_ones(
    year: duckdb.DuckDBPyConnection, measure: str, condition: str, quantile: float, low: float, high: float
) -> None:
    assert low <= one(year, f"quantile_cont({measure}, {quantile})", condition) <= high


def test_cards_and_their_tips_are_as_common_as_published(year: duckdb.DuckDBPyConnection) -> None:
    assert share(year, "payment_type = 1") == pytest.approx(published.CARD_SHARE, abs=0.01)
    assert one(year, "avg(tip_amount)", "payment_type = 1") == pytest.approx(published.CARD_TIP, rel=0.05)
    assert one(year, "sum(abs(tip_amount))", "payment_type <> 1") == 0


def test_passengers_are_as_many_as_published(year: duckdb.DuckDBPyConnection) -> None:
    for passengers, expected in published.PASSENGERS.items():
        assert share(year, f"passenger_count = {passengers}") == pytest.approx(expected, abs=0.004)
    assert share(year, "vendorid = 2", "passenger_count >= 5") > 0.97


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        # NYC TLC, pickups of 2015 by part of the city.
        ("z.borough = 'Manhattan'", 0.906),
        ("z.service_zone = 'Airports'", 0.0453),
        ("z.borough <> 'Manhattan' AND z.service_zone = 'Boro Zone'", 0.0315),
        ("z.borough = 'Unknown'", 0.0167),
    ],
)
def test_trips_begin_in_the_published_parts_of_the_city(
    year: duckdb.DuckDBPyConnection, place: str, expected: float
) -> None:
    query = f"SELECT avg(({place})::INTEGER) FROM trips JOIN taxi_zones z ON z.locationid = pulocationid"

    assert year.execute(query).fetchall()[0][0] == pytest.approx(expected, abs=0.003)


def test_most_trips_stay_in_manhattan(year: duckdb.DuckDBPyConnection) -> None:
    # NYC TLC records of 2015, weighted sample: 83.2 per cent of trips begin and end in Manhattan.
    query = """
        SELECT avg((b.borough = 'Manhattan' AND e.borough = 'Manhattan')::INTEGER) FROM trips
        JOIN taxi_zones b ON b.locationid = pulocationid JOIN taxi_zones e ON e.locationid = dolocationid
    """

    assert year.execute(query).fetchall()[0][0] == pytest.approx(0.832, abs=0.02)


def test_trips_stand_in_order_of_pickup(year: duckdb.DuckDBPyConnection) -> None:
    # A month's report then reads a twelfth of the file.
    query = """
        SELECT count(*) FROM (
            SELECT tpep_pickup_datetime < lag(tpep_pickup_datetime) OVER (ORDER BY rowid) AS late
            FROM nyc_yellow_taxi
        ) WHERE late
    """

    assert year.execute(query).fetchall() == [(0,)]


def test_the_data_says_that_it_is_synthetic_and_how_much_it_is(dataset: Dataset) -> None:
    about = dataset.about

    assert about["synthetic"] is True
    assert about["version"].startswith("2015-synthetic-0.001-")
    assert (about["rows"], about["firstDay"], about["lastDay"]) == (146_113, "2015-01-01", "2015-12-31")
    assert about["missingDays"] == []
