"""What is counted in bins is what a plain query counts."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np
import pytest

from infra.local.data import Dataset
from infra.local.data.facts import Facts
from infra.local.data.report.coarser import borough_numbers
from infra.local.data.report.figures import figures
from infra.local.data.report.histograms import Measured
from infra.local.data.report.measures import COLUMNS, Table, measure
from tests.infra.local.data.report.conftest import quiet

MOVING = (
    "trip_distance > 0 AND duration_minutes > 0 AND duration_minutes < 720 "
    "AND trip_distance * 60 <= 65 * duration_minutes"
)

PARTS = "fare_amount + extra + mta_tax + tip_amount + tolls_amount + improvement_surcharge"
BOTH_KNOWN = "pulocationid < 264 AND dolocationid < 264"
MANHATTAN = "FROM taxi_zones SELECT locationid WHERE borough = 'Manhattan'"
FITTED = "avg(fare_amount / (2.11 + 1.95 * trip_distance + 0.343 * duration_minutes))"
FITTED_TRIPS = (
    f"{MOVING} AND duration_minutes BETWEEN 1 AND 180 AND trip_distance BETWEEN 0.1 AND 50 "
    "AND fare_amount BETWEEN 2.5 AND 100"
)
STILL = "(trip_distance = 0 OR duration_minutes >= 0 AND duration_minutes < 1)"


@pytest.fixture(scope="module")
def trips(whole: Dataset) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(whole.database), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def measured(trips: duckdb.DuckDBPyConnection, facts: Facts) -> Measured:
    return measure(trips, Table("nyc_yellow_taxi", frozenset(COLUMNS)), facts, quiet, january=False)


def one(trips: duckdb.DuckDBPyConnection, expression: str, condition: str = "true") -> float:
    (value,) = trips.execute(f"FROM trips SELECT ({expression})::DOUBLE WHERE {condition}").fetchall()[0]
    return float(value)


def value(key: str, measured: Measured, facts: Facts) -> float:
    figure = figures(facts, range(1, 13))[key]
    return float(figure.values(measured[figure.family].counts[None])[0, 0])


def test_each_hour_of_the_week_has_its_trips(trips: duckdb.DuckDBPyConnection, measured: Measured) -> None:
    for weekday, hour in ((1, 0), (5, 19), (7, 23)):
        expected = one(
            trips,
            "count(*)",
            f"isodow(tpep_pickup_datetime) = {weekday} AND hour(tpep_pickup_datetime) = {hour}",
        )
        assert measured["week"].counts[(weekday - 1) * 24 + hour] == expected


def test_each_day_has_its_trips(trips: duckdb.DuckDBPyConnection, measured: Measured) -> None:
    for place, day in ((0, "2015-01-01"), (26, "2015-01-27"), (364, "2015-12-31")):
        assert measured["days"].counts[place] == one(
            trips, "count(*)", f"tpep_pickup_datetime::DATE = '{day}'"
        )


def test_zones_and_boroughs_have_their_trips(
    trips: duckdb.DuckDBPyConnection, measured: Measured, facts: Facts
) -> None:
    names, _ = borough_numbers(facts)
    pair = names.index("Manhattan") * len(names) + names.index("Queens")
    query = """
        FROM trips
        JOIN taxi_zones p ON p.locationid = pulocationid JOIN taxi_zones d ON d.locationid = dolocationid
        SELECT count(*) WHERE p.borough = 'Manhattan' AND d.borough = 'Queens'
    """

    assert measured["pickups"].counts[237] == one(trips, "count(*)", "pulocationid = 237")
    assert measured["dropoffs"].counts[132] == one(trips, "count(*)", "dolocationid = 132")
    assert measured["boroughs"].counts[pair] == trips.execute(query).fetchall()[0][0]


@pytest.mark.parametrize(
    ("key", "expression", "condition"),
    [
        ("miles_50", "median(trip_distance)", MOVING),
        ("minutes_90", "quantile_cont(duration_minutes, 0.9)", "true"),
        (
            "mean_miles",
            "avg(trip_distance)",
            "trip_distance BETWEEN 0.1 AND 50 AND fare_amount BETWEEN 2.5 AND 100",
        ),
        (
            "mean_fare",
            "avg(fare_amount)",
            "trip_distance BETWEEN 0.1 AND 50 AND fare_amount BETWEEN 2.5 AND 100",
        ),
        ("tip", "avg(tip_amount)", "payment_type = 1"),
        ("total_90", "quantile_cont(total_amount, 0.9)", "trip_distance > 0 AND trip_distance < 23"),
        ("card", "avg((payment_type = 1)::INTEGER)", "true"),
        ("cards_by_month", "avg((payment_type = 1)::INTEGER)", "month(tpep_pickup_datetime) = 1"),
        (
            "receipts",
            "avg(total_amount - tip_amount)",
            "month(tpep_pickup_datetime) = 1 AND total_amount BETWEEN 0 AND 1000",
        ),
        ("tolls", "avg((tolls_amount > 0)::INTEGER)", "true"),
        (
            "one_crossing",
            "avg((tolls_amount = CASE WHEN tpep_pickup_datetime < '2015-03-22' THEN 5.33 ELSE 5.54 END)::INTEGER)",
            "tolls_amount > 0",
        ),
        ("parts", f"avg((total_amount = {PARTS})::INTEGER)", "tpep_pickup_datetime >= '2015-01-05'"),
        ("fare_fit", FITTED, f"month(tpep_pickup_datetime) = 1 AND ratecodeid = 1 AND {FITTED_TRIPS}"),
        (
            "tolls_by_route",
            "avg((tolls_amount > 0)::INTEGER)",
            f"132 IN (pulocationid, dolocationid) AND (pulocationid IN ({MANHATTAN}) OR dolocationid IN ({MANHATTAN}))",
        ),
        (
            "pair_miles",
            "avg(trip_distance)",
            f"trip_distance BETWEEN 0.1 AND 50 AND pulocationid IN ({MANHATTAN}) AND dolocationid IN ({MANHATTAN})",
        ),
        ("own_zone", "avg((pulocationid = dolocationid)::INTEGER)", BOTH_KNOWN),
        ("still", "avg((pulocationid = dolocationid)::INTEGER)", f"{BOTH_KNOWN} AND {STILL}"),
    ],
)
def test_a_figure_read_from_bins_is_that_of_the_rows(
    key: str,
    expression: str,
    condition: str,
    trips: duckdb.DuckDBPyConnection,
    measured: Measured,
    facts: Facts,
) -> None:
    assert value(key, measured, facts) == pytest.approx(one(trips, expression, condition), rel=0.006)


def test_what_is_null_is_counted_nowhere(trips: duckdb.DuckDBPyConnection, facts: Facts) -> None:
    columns = frozenset({"payment_type", "passenger_count", "tip_amount"})
    rows = "(VALUES (1, 2, 0.0), (NULL, NULL, NULL)) AS trips(payment_type, passenger_count, tip_amount)"

    found = measure(trips, Table(rows, columns), facts, quiet, january=False)

    assert {found[family].rows for family in ("payment", "passengers", "any_tip", "tip")} == {1}


def test_without_a_column_its_families_are_not_counted(
    trips: duckdb.DuckDBPyConnection, facts: Facts
) -> None:
    table = Table("nyc_yellow_taxi", frozenset({"tpep_pickup_datetime", "fare_amount"}))

    found = measure(trips, table, facts, quiet, january=False)

    assert set(found) == {"hours", "days", "week", "clock", "negative_fare year", "no_fare year"}


def test_weighted_rows_count_by_their_weight_and_are_worth_fewer(
    trips: duckdb.DuckDBPyConnection, facts: Facts
) -> None:
    source = """
        (FROM nyc_yellow_taxi SELECT *, 1 AS w_time, CASE WHEN payment_type = 1 THEN 3 ELSE 1 END AS w)
    """
    table = Table(source, frozenset({"payment_type"}), weighted=True)
    plain = np.array([one(trips, "count(*)", f"payment_type = {code}") for code in range(6)])

    found = measure(trips, table, facts, quiet, january=False)["payment"]

    weights = np.array([1, 3, 1, 1, 1, 1])
    assert found.counts.tolist() == (plain * weights).tolist()
    assert found.rows == round((plain * weights).sum() ** 2 / (plain * weights**2).sum())
