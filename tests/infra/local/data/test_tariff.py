"""Fares, extras, tolls and tips follow the tariff and the screens of 2015 (NYC TLC)."""

from __future__ import annotations

import duckdb
import pytest

from tests.infra.local.data.conftest import one, share

USUAL = "fare_amount BETWEEN 0.01 AND 1000 AND ratecodeid = 1"


def test_metered_fares_come_in_half_dollars_from_two_fifty(year: duckdb.DuckDBPyConnection) -> None:
    assert one(year, "min(fare_amount)", USUAL) == 2.5
    assert share(year, "fare_amount % 0.5 = 0", USUAL) == 1


def test_a_metered_fare_grows_with_miles_and_minutes(year: duckdb.DuckDBPyConnection) -> None:
    # Fitted to 22,452 records: $2.11 + $1.95 a mile + $0.343 a minute, off by $0.38 in the mean.
    expected = "2.11 + 1.95 * trip_distance + 0.343 * duration_minutes"
    driven = f"{USUAL} AND valid_speed AND extract(month FROM tpep_pickup_datetime) NOT IN (3, 11)"

    assert one(year, f"median(abs(fare_amount - ({expected})))", driven) < 0.5


def test_between_jfk_and_manhattan_the_fare_is_flat(year: duckdb.DuckDBPyConnection) -> None:
    flat = "ratecodeid = 2 AND fare_amount > 0 AND total_amount < 1000"

    assert share(year, "fare_amount = 52 AND extra = 0", flat) == 1
    assert one(year, "count(*)", "ratecodeid = 2") / one(year, "count(*)") == pytest.approx(0.018, abs=0.004)
    assert (
        share(year, "132 IN (pulocationid, dolocationid)", flat + " AND valid_zone AND valid_dropoff_zone")
        == 1
    )
    assert share(year, "tolls_amount > 0", flat) == pytest.approx(0.72, abs=0.05)


def test_the_extra_follows_the_clock_in_98_7_of_100_metered_trips(year: duckdb.DuckDBPyConnection) -> None:
    due = """
        CASE
            WHEN hour(tpep_pickup_datetime) >= 20 OR hour(tpep_pickup_datetime) < 6 THEN 0.5
            WHEN isodow(tpep_pickup_datetime) <= 5 AND hour(tpep_pickup_datetime) >= 16 THEN 1.0
            ELSE 0
        END
    """

    assert share(year, f"extra = {due}", USUAL) == pytest.approx(0.987, abs=0.003)


def test_the_usual_toll_rose_on_22_march(year: duckdb.DuckDBPyConnection) -> None:
    before, after = "tpep_pickup_datetime < '2015-03-22'", "tpep_pickup_datetime >= '2015-03-22'"

    assert share(year, "abs(tolls_amount) IN (0, 5.33) OR abs(tolls_amount) > 9", before) == 1
    assert share(year, "abs(tolls_amount) IN (0, 5.54) OR abs(tolls_amount) > 9", after) == 1
    assert share(year, "tolls_amount > 0") == pytest.approx(0.043, abs=0.006)


@pytest.mark.parametrize(
    ("vendor", "base", "days", "expected"),
    [
        (1, "total_amount - tip_amount", "'2015-01-05' AND '2015-12-31'", 0.46),
        (2, "total_amount - tip_amount", "'2015-01-22' AND '2015-12-31'", 0.49),
        (2, "fare_amount + extra", "'2015-01-01' AND '2015-01-20'", 0.49),
    ],
)
def test_the_twenty_per_cent_button_is_the_commonest_tip(
    year: duckdb.DuckDBPyConnection, vendor: int, base: str, days: str, expected: float
) -> None:
    by_card = f"payment_type = 1 AND vendorid = {vendor} AND tpep_pickup_datetime BETWEEN {days}"
    at_the_button = f"abs(tip_amount - 0.2 * ({base})) <= 0.005"

    assert share(year, at_the_button, by_card) == pytest.approx(expected, abs=0.09)


def test_tips_in_round_dollars_are_common(year: duckdb.DuckDBPyConnection) -> None:
    tipped = "tip_amount > 0"

    assert share(year, "tip_amount = 1", tipped) == pytest.approx(0.138, abs=0.03)
    assert share(year, "tip_amount = 2", tipped) == pytest.approx(0.067, abs=0.025)
