"""A roll-up answers exactly what the trips themselves would answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from infra.local.data.setup_sql import FOLDER, ROLL_UPS
from infra.warehouse import filled

FARE_PARTS = (
    "fare_amount",
    "extra",
    "mta_tax",
    "tip_amount",
    "tolls_amount",
    "improvement_surcharge",
    "total_amount",
)
DAY = {"pickup_day": "tpep_pickup_datetime::DATE"}
HOUR = DAY | {"pickup_hour": "hour(tpep_pickup_datetime)"}
SECONDS = "date_diff('second', tpep_pickup_datetime, tpep_dropoff_datetime)"
BY_CARD = "valid_fare AND payment_type = 1"
AIRPORT = "IN (1, 132, 138)"
FARES = {
    "fare_trips": "count(*) FILTER (valid_fare)",
    "fare_amount": "sum(fare_amount) FILTER (valid_fare)",
}
CARDS = {f"card_{part}": f"sum({part}) FILTER ({BY_CARD})" for part in ("fare_amount", "tip_amount")}
MILES = {
    "distance_trips": "count(*) FILTER (valid_distance)",
    "miles": "sum(trip_distance) FILTER (valid_distance)",
}
DURATIONS = {
    "duration_trips": "count(*) FILTER (valid_duration)",
    "seconds": f"sum({SECONDS}) FILTER (valid_duration)",
}
SPEEDS = {
    "speed_trips": "count(*) FILTER (valid_speed)",
    "speed_miles": "sum(trip_distance) FILTER (valid_speed)",
    "speed_seconds": f"sum({SECONDS}) FILTER (valid_speed)",
}
EVERY_RULE = (
    "valid_distance AND valid_duration AND valid_fare AND valid_speed AND valid_zone AND valid_dropoff_zone"
)
PARTS_ADDED_UP = " + ".join(FARE_PARTS[:-1])
# Each roll-up: which trips it counts, what it groups them by, and what it says of each group.
ROLLED_UP: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "trips_by_hour_zone": (
        "true",
        HOUR | {name: name for name in ("pulocationid", "valid_zone", "payment_type")},
        {
            **FARES,
            **{part: f"sum({part}) FILTER (valid_fare)" for part in FARE_PARTS},
            **MILES,
            **DURATIONS,
            **SPEEDS,
        },
    ),
    "trips_by_day_journey": (
        "true",
        DAY | {name: name for name in ("pulocationid", "dolocationid", "valid_zone", "valid_dropoff_zone")},
        {**FARES, "card_fare_trips": f"count(*) FILTER ({BY_CARD})", **CARDS, **DURATIONS},
    ),
    "trips_by_hour_airport": (
        f"pulocationid {AIRPORT} OR dolocationid {AIRPORT}",
        {
            **HOUR,
            "from_airport": f"CASE WHEN pulocationid {AIRPORT} THEN pulocationid END",
            "to_airport": f"CASE WHEN dolocationid {AIRPORT} THEN dolocationid END",
            "valid_zone": "valid_zone",
            "valid_dropoff_zone": "valid_dropoff_zone",
        },
        {**FARES, "tolls_amount": "sum(tolls_amount) FILTER (valid_fare)", **DURATIONS},
    ),
    "trips_by_day_distance": (
        "valid_distance",
        DAY | {"miles": "round(trip_distance, 2)::DECIMAL(9, 2)"},
        {},
    ),
    "trips_by_day_duration": ("valid_duration", DAY | {"seconds": SECONDS}, {}),
    "trips_by_day_tip": (
        "valid_fare",
        {
            **DAY,
            **{name: name for name in ("pulocationid", "valid_zone", "payment_type")},
            "tipped": "tip_amount > 0",
            "tip_percent": "greatest(least((tip_amount * 10000)::BIGINT // (fare_amount * 100)::BIGINT, 100), 0)",
        },
        {"fare_amount": "sum(fare_amount)", "tip_amount": "sum(tip_amount)"},
    ),
    "trips_by_day_vendor": (
        "true",
        DAY | {name: name for name in ("vendorid", "passenger_count")},
        {
            **FARES,
            "total_amount": "sum(total_amount) FILTER (valid_fare)",
            "card_trips": f"count(*) FILTER ({BY_CARD})",
            **CARDS,
            "tipped_card_trips": f"count(*) FILTER ({BY_CARD} AND tip_amount > 0)",
            **MILES,
            **DURATIONS,
            **SPEEDS,
            "zone_trips": "count(*) FILTER (valid_zone)",
            "dropoff_zone_trips": "count(*) FILTER (valid_dropoff_zone)",
            "journey_trips": "count(*) FILTER (valid_zone AND valid_dropoff_zone)",
            "believed_trips": f"count(*) FILTER ({EVERY_RULE})",
            "no_distance_trips": "count(*) FILTER (NOT coalesce(trip_distance > 0, false))",
            "far_trips": "count(*) FILTER (trip_distance > 100)",
            "backward_trips": f"count(*) FILTER ({SECONDS} < 0)",
            "short_trips": f"count(*) FILTER ({SECONDS} BETWEEN 0 AND 59)",
            "long_trips": f"count(*) FILTER ({SECONDS} > 10800)",
            "day_long_trips": f"count(*) FILTER ({SECONDS} >= 82800)",
            "fast_trips": "count(*) FILTER (valid_distance AND valid_duration AND NOT valid_speed)",
            "no_fare_trips": "count(*) FILTER (fare_amount = 0)",
            "negative_fare_trips": "count(*) FILTER (fare_amount < 0)",
            "odd_total_trips": "count(*) FILTER (fare_amount > 0 AND (total_amount <= 0 OR total_amount >= 1000))",
            "unknown_rate_trips": "count(*) FILTER (NOT coalesce(ratecodeid BETWEEN 1 AND 6, false))",
            "unequal_total_trips": f"count(*) FILTER (({PARTS_ADDED_UP} = total_amount) IS NOT TRUE)",
        },
    ),
}
COMPARED = [(relation, group) for relation, (_, groups, _) in ROLLED_UP.items() for group in groups]


def measures_of(relation: str) -> dict[str, str]:
    return {"trips": "count(*)"} | ROLLED_UP[relation][2]


@pytest.mark.parametrize(("relation", "group"), COMPARED)
def test_each_sum_equals_that_of_the_trips(
    year: duckdb.DuckDBPyConnection, relation: str, group: str
) -> None:
    counted, groups, _ = ROLLED_UP[relation]
    measures = measures_of(relation)
    rolled_up = ", ".join(f"sum({name})::DECIMAL(18, 2)" for name in measures)
    raw = ", ".join(f"coalesce(round({sql}, 2), 0)::DECIMAL(18, 2)" for sql in measures.values())

    rolled = year.execute(f"SELECT {group}, {rolled_up} FROM {relation} GROUP BY 1 ORDER BY 1").fetchall()
    assert len(rolled) > 1
    assert (
        rolled
        == year.execute(
            f"SELECT {groups[group]}, {raw} FROM trips WHERE {counted} GROUP BY 1 ORDER BY 1"
        ).fetchall()
    )


@pytest.mark.parametrize("relation", ROLLED_UP)
def test_each_group_is_one_row(year: duckdb.DuckDBPyConnection, relation: str) -> None:
    counted, groups, _ = ROLLED_UP[relation]
    distinct = ", ".join(groups.values())

    assert (
        year.execute(f"SELECT count(*) FROM {relation}").fetchall()
        == year.execute(
            f"SELECT count(*) FROM (SELECT DISTINCT {distinct} FROM trips WHERE {counted})"
        ).fetchall()
    )


@pytest.mark.parametrize("relation", ROLLED_UP)
def test_every_measure_and_every_group_is_compared(year: duckdb.DuckDBPyConnection, relation: str) -> None:
    columns = {name for name, *_ in year.execute(f"DESCRIBE {relation}").fetchall()}

    assert columns == measures_of(relation).keys() | ROLLED_UP[relation][1].keys()


def test_every_roll_up_is_compared() -> None:
    assert set(made()) == ROLLED_UP.keys()


def test_a_load_of_redshift_refreshes_every_roll_up() -> None:
    refreshed = re.findall(r"refresh materialized view (\w+);", (FOLDER / "05-load.sql").read_text("utf-8"))

    assert refreshed == list(made())


@pytest.mark.parametrize("relation", ROLLED_UP)
def test_a_range_of_days_is_one_stretch_of_the_roll_up(
    year: duckdb.DuckDBPyConnection, relation: str
) -> None:
    days = [day for (day,) in year.execute(f"SELECT pickup_day FROM {relation}").fetchall()]

    assert days == sorted(days)


def test_a_tip_by_the_button_of_twenty_per_cent_is_never_nineteen(year: duckdb.DuckDBPyConnection) -> None:
    by_the_button = "valid_fare AND tip_amount * 5 = fare_amount"
    (trips,) = year.execute(f"SELECT count(*) FROM trips WHERE {by_the_button}").fetchall()[0]

    rows = year.execute(
        "SELECT count(*) FROM trips_by_day_tip WHERE tip_amount * 5 = fare_amount AND trips = 1 "
        "AND tip_percent <> 20"
    ).fetchall()
    assert trips > 100
    assert rows == [(0,)]


def test_no_set_up_file_but_the_view_s_states_a_rule() -> None:
    # The thresholds of the five rules, as literals.
    threshold = re.compile(r"<= 100\b|<= 180\b|< 1000\b|\b65\b|\b26[345]\b")
    stating = {
        path.name
        for path in FOLDER.glob("*.sql")
        if threshold.search(re.sub("--.*", "", path.read_text(encoding="utf-8")))
    }

    assert stating == {"02-trips-view.sql"}


def made() -> Iterator[str]:
    """The roll-ups of the set-up file, in order."""
    for statement in sqlglot.parse(filled(ROLL_UPS.read_text(encoding="utf-8"), {}), read="redshift"):
        if isinstance(statement, exp.Create):
            yield statement.this.name
