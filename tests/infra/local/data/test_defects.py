"""The dirt of the published records, at about its real rates (NYC TLC, yellow taxi records of 2015)."""

from __future__ import annotations

import duckdb
import pytest

from tests.infra.local.data.conftest import one, share


@pytest.mark.parametrize(
    ("defect", "low", "high"),
    [
        ("NOT valid_zone", 0.015, 0.019),
        ("NOT valid_zone AND NOT valid_dropoff_zone", 0.013, 0.0165),
        ("trip_distance = 0", 0.005, 0.0075),
        ("duration_minutes < 1", 0.006, 0.0105),
        ("duration_minutes = 0", 0.0005, 0.0025),
        ("duration_minutes > 1380", 0.0006, 0.0014),
        ("trip_distance > 0 AND trip_distance * 60 > 65 * duration_minutes", 0.001, 0.0028),
        ("fare_amount < 0", 0.0002, 0.0008),
        ("fare_amount = 0", 0.0003, 0.0009),
        ("passenger_count = 0", 0.0001, 0.0005),
        ("least(passenger_count, trip_distance, fare_amount, total_amount) <= 0", 0.006, 0.009),
    ],
)
def test_each_defect_is_about_as_common_as_in_the_real_records(
    year: duckdb.DuckDBPyConnection, defect: str, low: float, high: float
) -> None:
    assert low <= share(year, defect) <= high


def test_trips_of_a_whole_day_and_paid_back_fares_are_vendor_2_alone(
    year: duckdb.DuckDBPyConnection,
) -> None:
    assert share(year, "vendorid = 2", "duration_minutes > 1380") == 1
    assert share(year, "vendorid = 2 AND payment_type IN (3, 4)", "fare_amount < 0") == 1
    assert one(year, "max(total_amount)", "fare_amount < 0") < 0


def test_vendor_1_rounds_distances_to_a_tenth_and_keeps_trips_back(year: duckdb.DuckDBPyConnection) -> None:
    believable = "valid_distance AND vendorid = "

    assert share(year, "round(trip_distance, 1) = trip_distance", believable + "1") == 1
    assert share(year, "round(trip_distance, 1) = trip_distance", believable + "2") < 0.15
    assert share(year, "store_and_fwd_flag = 'Y'", "vendorid = 1") == pytest.approx(0.016, abs=0.003)
    assert share(year, "store_and_fwd_flag = 'Y'", "vendorid = 2") == 0


def test_zones_are_lost_mostly_by_vendor_1(year: duckdb.DuckDBPyConnection) -> None:
    assert share(year, "vendorid = 1", "NOT valid_zone") == pytest.approx(0.70, abs=0.05)


def test_vendor_1_leaves_out_the_surcharge_in_the_year_s_first_four_days(
    year: duckdb.DuckDBPyConnection,
) -> None:
    missing = "improvement_surcharge = 0"
    first_days = "tpep_pickup_datetime < '2015-01-05'"

    assert share(year, missing, f"vendorid = 1 AND {first_days}") == 1
    assert share(year, missing, f"vendorid = 2 AND {first_days}") == 0
    assert share(year, missing, f"NOT ({first_days})") == 0


def test_a_total_beyond_belief_is_in_the_data(year: duckdb.DuckDBPyConnection) -> None:
    assert one(year, "max(total_amount)") > 1000


def test_the_columns_of_later_years_are_empty(year: duckdb.DuckDBPyConnection) -> None:
    assert one(year, "count(congestion_surcharge) + count(airport_fee)") == 0
