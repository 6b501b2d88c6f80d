"""The dirt of the published records, within a factor of 1.5 of its real rates (NYC TLC, yellow taxis 2015)."""

from __future__ import annotations

import duckdb
import pytest

from tests.infra.local.data.conftest import one, share

FACTOR = 1.5
PICKUP = "tpep_pickup_datetime"
SPEEDING = "trip_distance * 60 > 65 * duration_minutes"


@pytest.mark.parametrize(
    ("defect", "rate"),
    [
        # Counted over all rows of the year, over all rows of January, or over 12,988 first rows of the month files.
        ("NOT valid_zone", 0.0167),
        ("NOT valid_zone AND NOT valid_dropoff_zone", 0.0148),
        ("NOT valid_zone OR NOT valid_dropoff_zone", 0.0231),
        ("trip_distance = 0", 0.0062),
        ("trip_distance <= 0 OR trip_distance >= 23", 0.0073),
        ("duration_minutes < 1", 0.0096),
        ("duration_minutes = 0", 0.0022),
        ("duration_minutes BETWEEN 1385 AND 1440", 0.0010),
        (f"{SPEEDING} OR duration_minutes = 0 OR duration_minutes < 0", 0.0019),
        ("fare_amount < 0", 0.00054),
        ("fare_amount = 0", 0.0005),
        ("total_amount <= 0 OR total_amount >= 1000", 0.00041),
        ("passenger_count = 0", 0.00028),
        ("least(passenger_count, trip_distance, fare_amount, total_amount) <= 0", 0.0070),
        ("ratecodeid = 2", 0.0168),
        ("ratecodeid = 3", 0.0014),
        ("ratecodeid = 4", 0.0007),
        ("ratecodeid = 5", 0.0034),
        ("store_and_fwd_flag = 'Y'", 0.0159 * 0.47),
    ],
)
def test_each_defect_and_rare_rate_is_about_as_common_as_in_the_real_records(
    sample: duckdb.DuckDBPyConnection, defect: str, rate: float
) -> None:
    assert rate / FACTOR <= share(sample, defect) <= rate * FACTOR


def test_impossible_times_are_about_as_common_as_in_january(sample: duckdb.DuckDBPyConnection) -> None:
    made = share(sample, "duration_minutes <= 0 OR duration_minutes >= 720", f"{PICKUP} < '2015-02-01'")

    assert 0.0019 / FACTOR <= made <= 0.0019 * FACTOR


def test_vendor_1_writes_no_time_where_no_way_was_gone_and_vendor_2_loses_drop_offs_from_july_on(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    # 17 of 6,140 records of vendor 1, all without distance; of vendor 2 none of 3,130 before June, 7 of 3,200 later.
    timeless = "duration_minutes = 0"
    gone = f"{timeless} AND trip_distance > 0"

    assert share(sample, timeless, "vendorid = 1") == pytest.approx(0.0028, abs=0.0006)
    assert share(sample, "trip_distance = 0", f"vendorid = 1 AND {timeless}") > 0.95
    assert share(sample, gone, f"vendorid = 2 AND {PICKUP} < '2015-06-01'") < 0.0006
    assert share(sample, gone, f"vendorid = 2 AND {PICKUP} >= '2015-07-01'") == pytest.approx(
        0.0026, abs=0.0005
    )


def test_exact_copies_are_about_as_common_as_in_january(sample: duckdb.DuckDBPyConnection) -> None:
    # 383 of 12,748,986 rows of January.
    rows, different = sample.execute(
        "SELECT count(*), count(DISTINCT hash(t)) FROM nyc_yellow_taxi AS t"
    ).fetchall()[0]

    assert (rows - different) / rows == pytest.approx(383 / 12_748_986, rel=0.4)


def test_trips_of_a_whole_day_and_paid_back_fares_are_vendor_2_alone(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    assert share(sample, "vendorid = 2", "duration_minutes > 720") == 1
    assert share(sample, "vendorid = 2 AND payment_type IN (3, 4)", "fare_amount < 0") == 1
    assert share(sample, "fare_amount < 0", "vendorid = 2 AND payment_type IN (3, 4)") == 1
    assert one(sample, "max(total_amount)", "fare_amount < 0") < 0
    assert one(sample, "max(tip_amount)", "fare_amount < 0") == 0


def test_a_trip_of_a_whole_day_has_an_ordinary_fare(sample: duckdb.DuckDBPyConnection) -> None:
    assert one(sample, "median(fare_amount)", "duration_minutes > 720") == pytest.approx(9.5, abs=1)


def test_until_mid_february_the_surcharge_of_a_fare_paid_back_has_no_minus_sign(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    paid_back = "fare_amount < 0 AND ratecodeid = 1 AND tpep_pickup_datetime "

    assert share(sample, "improvement_surcharge = 0.3", paid_back + "< '2015-02-16'") == 1
    assert share(sample, "improvement_surcharge = -0.3", paid_back + ">= '2015-02-16'") == 1


def test_most_trips_without_distance_ended_within_a_minute(sample: duckdb.DuckDBPyConnection) -> None:
    assert share(sample, "duration_minutes < 1", "trip_distance = 0") == pytest.approx(0.70, abs=0.1)
    assert share(sample, "ratecodeid = 5", "trip_distance = 0") == pytest.approx(0.30, abs=0.1)


@pytest.mark.parametrize(
    ("still", "elsewhere"),
    [
        # NYC TLC records of 2015 with both zones known: 216 without distance, 312 under a minute.
        ("trip_distance = 0", 0.065),
        ("duration_minutes < 1", 0.16),
    ],
)
def test_most_trips_that_stood_still_end_in_the_zone_where_they_began(
    sample: duckdb.DuckDBPyConnection, still: str, elsewhere: float
) -> None:
    known = "valid_zone AND valid_dropoff_zone"

    made = share(sample, "pulocationid <> dolocationid", f"{known} AND {still}")
    assert made == pytest.approx(elsewhere, abs=0.06)


def test_trips_from_a_zone_to_itself_are_as_common_as_in_the_real_records(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    # NYC TLC records of 2015: 5.0 per cent of 34,797 trips with both zones known; from 4.7 to 5.3 in the four samples.
    known = "valid_zone AND valid_dropoff_zone"

    assert share(sample, "pulocationid = dolocationid", known) == pytest.approx(0.0496, abs=0.004)


def test_the_meter_of_a_car_that_waits_counts_minutes_alone(sample: duckdb.DuckDBPyConnection) -> None:
    # 11 records of rate 1 that stood for one to fifteen minutes: $3.00 after one, $4.50 after five, $6.50 after eight.
    waited = (
        "ratecodeid = 1 AND trip_distance = 0 AND pulocationid = dolocationid AND duration_minutes BETWEEN "
    )

    assert one(sample, "median(fare_amount)", waited + "1 AND 1.5") == pytest.approx(3, abs=0.5)
    assert one(sample, "median(fare_amount)", waited + "4.5 AND 5.5") == pytest.approx(4.5, abs=0.5)
    assert one(sample, "median(fare_amount)", waited + "8 AND 9") == pytest.approx(6.5, abs=0.5)


def test_vendor_1_rounds_distances_to_a_tenth_and_keeps_trips_back(sample: duckdb.DuckDBPyConnection) -> None:
    believable = "valid_distance AND vendorid = "

    assert share(sample, "round(trip_distance, 1) = trip_distance", believable + "1") == 1
    assert share(sample, "round(trip_distance, 1) = trip_distance", believable + "2") < 0.12
    assert share(sample, "round(trip_distance, 2) = trip_distance", believable + "2") == 1
    assert share(sample, "store_and_fwd_flag = 'Y'", "vendorid = 1") == pytest.approx(0.016, abs=0.001)
    assert share(sample, "store_and_fwd_flag = 'Y'", "vendorid = 2") == 0
    assert share(sample, "vendorid = 1") == pytest.approx(0.473, abs=0.003)


def test_zones_are_lost_mostly_by_vendor_1(sample: duckdb.DuckDBPyConnection) -> None:
    assert share(sample, "vendorid = 1", "NOT valid_zone") == pytest.approx(0.70, abs=0.02)


def test_vendor_1_leaves_out_the_surcharge_in_the_year_s_first_four_days_but_charges_it(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    first_days = "tpep_pickup_datetime < '2015-01-05' AND fare_amount > 0"
    parts = "fare_amount + extra + mta_tax + tip_amount + tolls_amount + improvement_surcharge"

    assert share(sample, "improvement_surcharge = 0", f"vendorid = 1 AND {first_days}") == 1
    assert share(sample, f"total_amount - ({parts}) = 0.3", f"vendorid = 1 AND {first_days}") > 0.999
    assert share(sample, "improvement_surcharge = 0", f"vendorid = 2 AND {first_days}") == 0
    assert share(sample, "improvement_surcharge = 0", "tpep_pickup_datetime >= '2015-01-05'") < 0.0005


def test_a_total_beyond_belief_is_in_the_data(sample: duckdb.DuckDBPyConnection) -> None:
    assert one(sample, "max(total_amount)") > 10_000


def test_a_trip_over_the_repeated_hour_can_end_before_it_began(sample: duckdb.DuckDBPyConnection) -> None:
    backwards = "duration_minutes < 0 AND tpep_pickup_datetime::DATE = "

    assert one(sample, "count(*)", backwards + "'2015-11-01'") > 10
    assert one(sample, "count(*)", backwards + "'2015-10-31'") <= 1


def test_the_columns_of_later_years_are_empty(sample: duckdb.DuckDBPyConnection) -> None:
    assert one(sample, "count(congestion_surcharge) + count(airport_fee)") == 0
