"""The synthetic year against what was published about the real one."""

from __future__ import annotations

import duckdb
import pytest

from infra.local.data import Dataset
from infra.local.data.fact_tables import read_facts
from tests.infra.local.data import published
from tests.infra.local.data.conftest import SAMPLE, one, share

TRIPS = round(published.TRIPS * SAMPLE)
JANUARY = "month(tpep_pickup_datetime) = 1"
BELIEVABLE = "trip_distance BETWEEN 0.1 AND 50 AND fare_amount BETWEEN 2.5 AND 100"
MPH = "trip_distance * 60 / nullif(duration_minutes, 0)"
# As the sample of January is that these are compared with, which has neither JFK nor Newark.
IN_THE_CITY = (
    "valid_speed AND trip_distance BETWEEN 0.15 AND 15 "
    "AND pulocationid NOT IN (1, 132) AND dolocationid NOT IN (1, 132)"
)
# For the medians and the 90th percentiles the bounds are those that the year is judged by; the others are looser.
CLOSENESS = {0.5: 0.05, 0.9: 0.08}


def quantile(
    connection: duckdb.DuckDBPyConnection, measure: str, level: float, condition: str = "true"
) -> float:
    return one(connection, f"quantile_cont({measure}, {level})", condition)


def test_each_month_has_its_published_share_to_one_trip(sample: duckdb.DuckDBPyConnection) -> None:
    months = dict(
        sample.execute("SELECT month(tpep_pickup_datetime), count(*) FROM trips GROUP BY 1").fetchall()
    )

    assert sum(months.values()) == TRIPS
    for month, trips in published.MONTHS.items():
        assert abs(months[month] - trips * SAMPLE) < 1


def test_every_day_is_there_with_its_published_share(sample: duckdb.DuckDBPyConnection) -> None:
    days = dict(
        sample.execute("SELECT tpep_pickup_datetime::DATE, count(*) FROM trips GROUP BY 1").fetchall()
    )
    expected = {day.day: day.trips * SAMPLE for day in read_facts().calendar}

    assert days.keys() == expected.keys()
    assert [days[day] for day in expected] == pytest.approx(list(expected.values()), rel=0.002)


def test_hours_of_the_week_are_within_a_hundredth_of_the_published_ones(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    query = "SELECT isodow(tpep_pickup_datetime) - 1, hour(tpep_pickup_datetime), count(*) FROM trips GROUP BY ALL"
    made = {(weekday, hour): trips / TRIPS for weekday, hour, trips in sample.execute(query).fetchall()}
    distance = sum(abs(made[slot] - hour.share) for slot, hour in read_facts().hours.items()) / 2

    assert distance < 0.01


def test_hours_of_the_day_follow_the_published_dip_at_16_and_peak_at_19(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    hours = sample.execute(
        "SELECT count(*) FROM trips GROUP BY hour(tpep_pickup_datetime) ORDER BY hour(tpep_pickup_datetime)"
    ).fetchall()
    expected = [trips / sum(published.HOURS) for trips in published.HOURS]

    assert [count / TRIPS for (count,) in hours] == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize(
    ("measure", "condition", "percentiles", "otherwise"),
    [
        ("trip_distance", "valid_speed", published.JANUARY_MILES, 0.09),
        ("duration_minutes", "true", published.JANUARY_MINUTES, 0.06),
        (MPH, "trip_distance > 0", published.JANUARY_MPH, 0.05),
        ("total_amount", "trip_distance BETWEEN 0.01 AND 23", published.JANUARY_TOTALS, 0.05),
    ],
)
def test_all_percentiles_of_january_are_near_the_published_ones(
    sample: duckdb.DuckDBPyConnection,
    measure: str,
    condition: str,
    percentiles: dict[float, float],
    otherwise: float,
) -> None:
    for level, expected in percentiles.items():
        made = quantile(sample, measure, level, f"{JANUARY} AND {condition}")
        assert made == pytest.approx(expected, rel=CLOSENESS.get(level, otherwise))


@pytest.mark.parametrize(
    ("measure", "condition", "percentiles"),
    [
        ("trip_distance", "valid_distance", published.YEAR_MILES),
        ("duration_minutes", "valid_duration", published.YEAR_MINUTES),
    ],
)
def test_all_percentiles_of_the_year_are_near_the_measured_ones(
    sample: duckdb.DuckDBPyConnection, measure: str, condition: str, percentiles: dict[float, float]
) -> None:
    for level, expected in percentiles.items():
        made = quantile(sample, measure, level, condition)
        assert made == pytest.approx(expected, rel=CLOSENESS.get(level, 0.05))


def test_trips_of_the_night_are_the_longest_and_those_of_midday_the_shortest(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    ends = (6, 10, 16, 20, 24)
    for begin, end, expected in zip((0, *ends), ends, published.MEDIAN_MILES_BY_PART, strict=False):
        hours = f"hour(tpep_pickup_datetime) >= {begin} AND hour(tpep_pickup_datetime) < {end}"
        assert quantile(sample, "trip_distance", 0.5, hours) == pytest.approx(expected, rel=0.06)


def test_speed_follows_the_published_profile_of_the_week(sample: duckdb.DuckDBPyConnection) -> None:
    query = f"""
        SELECT isodow(tpep_pickup_datetime) - 1, hour(tpep_pickup_datetime), exp(avg(ln({MPH})))
        FROM trips WHERE valid_speed GROUP BY ALL
    """
    made = {(weekday, hour): mph for weekday, hour, mph in sample.execute(query).fetchall()}
    hours = read_facts().hours
    # Months are slower or faster than the profile; what counts here is how hours compare.
    level = sum(made.values()) / sum(hour.mph for hour in hours.values())

    assert level == pytest.approx(1.0, abs=0.05)
    for slot, hour in hours.items():
        assert made[slot] == pytest.approx(hour.mph * level, rel=0.08)


@pytest.mark.parametrize(
    ("days", "mph"),
    [
        # NYC TLC records, weekdays from 10:00 to 18:00: 298 to 806 trips of a week. The first week is that of New Year,
        # in the last one streets are full of snow.
        ("'2015-01-01' AND '2015-01-08'", 10.33),
        ("'2015-01-08' AND '2015-01-15'", 8.51),
        ("'2015-01-15' AND '2015-01-22'", 9.12),
        ("'2015-01-22' AND '2015-01-29'", 8.75),
        ("'2015-01-29' AND '2015-02-01'", 7.42),
    ],
)
def test_weeks_of_january_differ_in_speed_as_the_real_ones_do(
    sample: duckdb.DuckDBPyConnection, days: str, mph: float
) -> None:
    by_day = (
        f"tpep_pickup_datetime BETWEEN {days} AND isodow(tpep_pickup_datetime) <= 5 "
        f"AND hour(tpep_pickup_datetime) BETWEEN 10 AND 17 AND {IN_THE_CITY}"
    )

    assert one(sample, f"exp(avg(ln({MPH})))", by_day) == pytest.approx(mph, rel=0.06)


@pytest.mark.parametrize(
    ("weekdays", "hours", "mph"),
    [
        # NYC TLC records of January, holidays counted as Sundays: 327 to 2,110 trips.
        ("BETWEEN 1 AND 5", "BETWEEN 0 AND 5", 15.58),
        ("BETWEEN 1 AND 5", "BETWEEN 6 AND 9", 9.64),
        ("BETWEEN 1 AND 5", "BETWEEN 10 AND 15", 8.56),
        ("BETWEEN 1 AND 5", "BETWEEN 16 AND 19", 9.46),
        ("BETWEEN 1 AND 5", "BETWEEN 20 AND 23", 12.30),
        ("> 5", "BETWEEN 0 AND 5", 13.50),
        ("> 5", "BETWEEN 6 AND 9", 14.20),
        ("> 5", "BETWEEN 10 AND 15", 11.26),
        ("> 5", "BETWEEN 16 AND 19", 10.91),
        ("> 5", "BETWEEN 20 AND 23", 11.98),
    ],
)
def test_parts_of_january_s_days_are_as_fast_as_the_real_ones(
    sample: duckdb.DuckDBPyConnection, weekdays: str, hours: str, mph: float
) -> None:
    holiday = "tpep_pickup_datetime::DATE IN ('2015-01-01', '2015-01-19')"
    part = (
        f"{JANUARY} AND (CASE WHEN {holiday} THEN 7 ELSE isodow(tpep_pickup_datetime) END) {weekdays} "
        f"AND hour(tpep_pickup_datetime) {hours} AND {IN_THE_CITY}"
    )

    assert one(sample, f"exp(avg(ln({MPH})))", part) == pytest.approx(mph, rel=0.05)


def test_believable_trips_are_as_long_and_as_dear_as_the_published_ones(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    assert one(sample, "avg(trip_distance)", BELIEVABLE) == pytest.approx(published.MEAN_MILES, rel=0.015)
    assert one(sample, "avg(fare_amount)", BELIEVABLE) == pytest.approx(published.MEAN_FARE, rel=0.02)


def test_receipts_rise_from_january_to_may_and_differ_by_month_as_published(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    query = """
        SELECT avg(total_amount - tip_amount) FROM trips WHERE total_amount BETWEEN 0 AND 1000
        GROUP BY month(tpep_pickup_datetime) ORDER BY month(tpep_pickup_datetime)
    """
    made = [float(dollars) for (dollars,) in sample.execute(query).fetchall()]

    assert made == pytest.approx(published.RECEIPTS, rel=0.04)
    assert made[4] - made[0] > 0.5 * (published.RECEIPTS[4] - published.RECEIPTS[0])


def test_absurd_odometers_raise_the_raw_mean_distance_as_in_the_real_records(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    assert one(sample, "avg(trip_distance)") == pytest.approx(published.RAW_MEAN_MILES, abs=0.2)
    assert one(sample, "max(trip_distance)") > 1_000_000


def test_cards_are_as_common_as_published_in_all_and_by_distance(sample: duckdb.DuckDBPyConnection) -> None:
    by_card = "payment_type = 1"

    assert share(sample, by_card) == pytest.approx(published.CARD_SHARE, abs=0.006)
    for miles, expected in (
        ("0.01 AND 0.99", 0.544),
        ("1 AND 1.99", 0.632),
        ("2 AND 3.99", 0.674),
        ("8 AND 99", 0.685),
    ):
        assert share(sample, by_card, f"trip_distance BETWEEN {miles}") == pytest.approx(expected, abs=0.015)
    assert share(sample, "payment_type = 3") == pytest.approx(0.0044, rel=0.15)
    assert share(sample, "payment_type = 4") == pytest.approx(0.0011, rel=0.25)


def test_passengers_are_as_many_as_published(sample: duckdb.DuckDBPyConnection) -> None:
    for passengers, expected in published.PASSENGERS.items():
        assert share(sample, f"passenger_count = {passengers}") == pytest.approx(expected, rel=0.03, abs=1e-4)
    assert share(sample, "vendorid = 2", "passenger_count >= 5") > 0.97
    assert one(sample, "avg(passenger_count)") == pytest.approx(1.681, abs=0.01)


@pytest.mark.parametrize(
    ("weekdays", "hours", "alone"),
    [
        # NYC TLC records of two samples of January: 331 to 3,400 trips each.
        ("BETWEEN 1 AND 5", "BETWEEN 6 AND 9", 0.774),
        ("BETWEEN 1 AND 5", "BETWEEN 10 AND 15", 0.748),
        ("BETWEEN 1 AND 5", "BETWEEN 20 AND 23", 0.706),
        ("> 5", "BETWEEN 6 AND 9", 0.746),
        ("> 5", "BETWEEN 10 AND 15", 0.678),
        ("> 5", "BETWEEN 16 AND 19", 0.656),
    ],
)
def test_riders_are_alone_on_the_way_to_work_and_in_company_at_the_weekend(
    sample: duckdb.DuckDBPyConnection, weekdays: str, hours: str, alone: float
) -> None:
    part = f"{JANUARY} AND isodow(tpep_pickup_datetime) {weekdays} AND hour(tpep_pickup_datetime) {hours}"

    assert share(sample, "passenger_count = 1", part) == pytest.approx(alone, abs=0.025)


@pytest.mark.parametrize(
    ("begin", "end", "card"),
    [
        # NYC TLC records of 2015, 49 to 620 of each way: known to about 0.03, and to 0.05 where few were seen.
        ("Manhattan", "Bronx", 0.37),
        ("Manhattan", "Brooklyn", 0.71),
        ("Manhattan", "LaGuardia", 0.79),
        ("LaGuardia", "Manhattan", 0.80),
        ("LaGuardia", "Queens", 0.52),
        ("JFK", "Manhattan", 0.62),
        ("JFK", "Queens", 0.39),
        ("Brooklyn", "Manhattan", 0.77),
        ("Queens", "Queens", 0.34),
    ],
)
def test_cards_depend_on_the_way(
    sample: duckdb.DuckDBPyConnection, begin: str, end: str, card: float
) -> None:
    query = """
        SELECT avg((payment_type = 1)::INTEGER) FROM trips
        JOIN taxi_zones b ON b.locationid = pulocationid JOIN taxi_zones e ON e.locationid = dolocationid
        WHERE CASE pulocationid WHEN 132 THEN 'JFK' WHEN 138 THEN 'LaGuardia' ELSE b.borough END = ?
            AND CASE dolocationid WHEN 132 THEN 'JFK' WHEN 138 THEN 'LaGuardia' ELSE e.borough END = ?
            AND payment_type < 3 AND ratecodeid < 5
    """

    assert sample.execute(query, [begin, end]).fetchall()[0][0] == pytest.approx(card, abs=0.04)


def test_who_went_nowhere_pays_in_cash(sample: duckdb.DuckDBPyConnection) -> None:
    # 8 of 58 records at the standard rate.
    assert share(sample, "payment_type = 1", "trip_distance = 0 AND ratecodeid = 1") == pytest.approx(
        0.15, abs=0.03
    )


def test_hardly_any_trip_of_january_begins_at_laguardia_after_midnight(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    # 3 of 667 records.
    after_midnight = f"{JANUARY} AND hour(tpep_pickup_datetime) = 0"

    assert share(sample, "pulocationid = 138", after_midnight) == pytest.approx(0.0055, abs=0.002)


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
    sample: duckdb.DuckDBPyConnection, place: str, expected: float
) -> None:
    query = f"SELECT avg(({place})::INTEGER) FROM trips JOIN taxi_zones z ON z.locationid = pulocationid"

    assert sample.execute(query).fetchall()[0][0] == pytest.approx(expected, abs=0.001)


def test_new_year_s_night_began_outside_manhattan_and_mondays_at_the_airports(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    # NYC TLC, pickups by day and part of the city: 78 of 1,000 on 1 January, 60 of 1,000 at the airports on Mondays.
    query = """
        SELECT avg((z.borough NOT IN ('Manhattan', 'Unknown') AND z.service_zone = 'Boro Zone')::INTEGER)
            FILTER (tpep_pickup_datetime < '2015-01-02'),
            avg((z.service_zone = 'Airports')::INTEGER) FILTER (isodow(tpep_pickup_datetime) = 1),
            avg((z.service_zone = 'Airports')::INTEGER) FILTER (isodow(tpep_pickup_datetime) = 6)
        FROM trips JOIN taxi_zones z ON z.locationid = pulocationid
    """
    new_year, mondays, saturdays = sample.execute(query).fetchall()[0]

    assert new_year == pytest.approx(0.078, abs=0.015)
    assert mondays == pytest.approx(0.060, abs=0.003)
    assert saturdays == pytest.approx(0.031, abs=0.003)


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        # NYC TLC records of 2015, weighted sample.
        ("Manhattan", "Manhattan", 0.832),
        ("Manhattan", "Brooklyn", 0.0325),
        ("Manhattan", "Queens", 0.0338),
        ("Queens", "Manhattan", 0.0326),
        ("Brooklyn", "Brooklyn", 0.0122),
        ("Unknown", "Unknown", 0.0148),
    ],
)
def test_boroughs_exchange_as_many_trips_as_in_the_real_records(
    sample: duckdb.DuckDBPyConnection, begin: str, end: str, expected: float
) -> None:
    query = """
        SELECT avg((b.borough = ? AND e.borough = ?)::INTEGER) FROM trips
        JOIN taxi_zones b ON b.locationid = pulocationid JOIN taxi_zones e ON e.locationid = dolocationid
    """

    made = sample.execute(query, [begin, end]).fetchall()[0][0]
    assert made == pytest.approx(expected, abs=0.003)


@pytest.mark.parametrize(
    ("begin", "end", "miles", "minutes"),
    [
        # NYC TLC records of 2015, medians of 60 to 205 trips on working days from 12:00 to 17:00: along the avenues,
        # where one way can be slower than the other; across; within a zone.
        (237, 236, 1.00, 5.9),
        (236, 237, 1.04, 8.5),
        (239, 238, 0.80, 4.5),
        (142, 238, 1.40, 7.4),
        (186, 161, 1.32, 14.9),
        (186, 230, 1.12, 12.4),
        (236, 239, 1.40, 9.0),
        (236, 236, 0.60, 4.4),
    ],
)
def test_journeys_between_busy_zones_are_as_long_and_as_slow_as_the_real_ones(
    begin: int, end: int, miles: float, minutes: float, sample: duckdb.DuckDBPyConnection
) -> None:
    driven = (
        f"pulocationid = {begin} AND dolocationid = {end} AND valid_duration AND trip_distance > 0 "
        "AND isodow(tpep_pickup_datetime) <= 5 AND hour(tpep_pickup_datetime) BETWEEN 12 AND 16"
    )

    assert quantile(sample, "trip_distance", 0.5, driven) == pytest.approx(miles, rel=0.12)
    assert quantile(sample, "duration_minutes", 0.5, driven) == pytest.approx(minutes, rel=0.18)


def test_trips_stand_in_order_of_pickup(sample: duckdb.DuckDBPyConnection) -> None:
    # A month's report then reads a twelfth of the file.
    query = """
        SELECT count(*) FROM (
            SELECT tpep_pickup_datetime < lag(tpep_pickup_datetime) OVER (ORDER BY rowid) AS late
            FROM checked_trips
        ) WHERE late
    """

    assert sample.execute(query).fetchall() == [(0,)]


def test_the_data_says_that_it_is_synthetic_and_how_much_it_is(whole_sample: Dataset) -> None:
    about = whole_sample.about

    assert about["synthetic"] is True
    assert about["version"].startswith("2015-synthetic-0.01-")
    assert (about["rows"], about["firstDay"], about["lastDay"]) == (1_461_130, "2015-01-01", "2015-12-31")
    assert about["missingDays"] == []
