"""Small tables that were computed by hand, where the arithmetic of a twin is easy to get wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.reports.twins import (
    airports,
    demand_hour_weekday,
    fares_revenue,
    od_flows,
    payment_mix,
    tips,
    trip_length,
    unusual_days,
    zone_map,
)
from tests.reports.twins.common.question import Row
from tests.reports.twins.frames import JUNE, ZONES, export_of


def cells(rows: list[Row], *columns: str) -> list[tuple[Any, ...]]:
    """Give some columns of the rows."""
    return [tuple(row[column] for column in columns) for row in rows]


def test_a_tip_falls_into_the_band_that_begins_at_or_below_it() -> None:
    band_of_tip: dict[tuple[float, float | None], str] = {
        (10.0, None): "No tip",
        (10.0, -1.0): "No tip",
        (10.0, 0.0): "No tip",
        (10.0, 0.01): "0 to 5 %",
        (10.0, 0.49): "0 to 5 %",
        (10.0, 0.5): "5 to 10 %",
        (3.33, 0.33): "5 to 10 %",
        (3.33, 0.34): "10 to 15 %",
        (10.0, 4.99): "45 to 50 %",
        (10.0, 5.0): "50 % and more",
        (10.0, 50.0): "50 % and more",
    }
    trips = export_of(*({"fare_amount": fare, "tip_amount": tip} for fare, tip in band_of_tip)).trips
    assert [tips.band_name(int(band)) for band in tips.band_of(trips)] == list(band_of_tip.values())


def test_tips_that_are_not_paid_by_card_are_not_recorded() -> None:
    trips = [{"payment_type": code} for code in (2, None, 4, 1)]
    rows = tips.answer(export_of(*trips), JUNE | {"borough": "All"})
    assert cells(rows, "payment", "tip_band", "trips", "tips", "tip_percent") == [
        ("Card", "20 to 25 %", 1, Decimal("2.00"), 20.0),
        ("Cash", "Not recorded", 1, None, None),
        ("Other", "Not recorded", 2, None, None),
    ]


def test_a_week_begins_on_the_monday_before_the_range_and_counts_the_days_asked_for() -> None:
    moments = ("2015-06-05 10:00:00", "2015-06-07 23:59:59", "2015-06-08 00:00:00")
    trips = [_at(moment) for moment in moments]
    asked = {"startDate": "2015-06-05", "endDate": "2015-06-09", "grain": "week"}
    rows = fares_revenue.answer(export_of(*trips), asked)
    assert cells(rows, "period_start", "days", "trips", "revenue_per_day") == [
        (_day("2015-06-01"), 3, 2, Decimal("8.53")),
        (_day("2015-06-08"), 2, 1, Decimal("6.40")),
    ]


def test_the_change_in_payment_is_that_between_the_first_and_the_last_whole_week() -> None:
    cash: dict[str, Any] = {"payment_type": 2}
    trips = [
        _at("2015-06-07 12:00:00") | cash,  # Sunday of a part week
        _at("2015-06-08 12:00:00"),
        _at("2015-06-09 12:00:00") | cash,
        _at("2015-06-10 12:00:00") | cash,
        _at("2015-06-15 12:00:00"),
    ]
    asked = {"startDate": "2015-06-07", "endDate": "2015-06-22", "borough": "All"}
    rows = payment_mix.answer(export_of(*trips), asked)
    assert cells(rows, "week_start", "days", "method", "share_percent", "change_points") == [
        (_day("2015-06-01"), 1, "Cash", 100.0, 66.7),
        (_day("2015-06-08"), 7, "Card", 33.3, 66.7),
        (_day("2015-06-08"), 7, "Cash", 66.7, 66.7),
        (_day("2015-06-15"), 7, "Card", 100.0, 66.7),
    ]


def test_one_whole_week_shows_no_change() -> None:
    asked = {"startDate": "2015-06-08", "endDate": "2015-06-14", "borough": "All"}
    (row,) = payment_mix.answer(export_of({}), asked)
    assert row["change_points"] is None


def test_a_trip_between_two_airports_is_in_two_rows_and_counts_once() -> None:
    pairs = ((132, 138), (132, 4), (4, 4), (264, 4))
    trips = [_between(*pair) for pair in pairs]
    rows = airports.answer(export_of(*trips), JUNE | {"airport": "All", "direction": "both"})
    assert cells(rows, "airport", "direction", "hour", "trips", "share_percent") == [
        ("JFK", "From", 12, 2, 50.0),
        ("LaGuardia", "To", 12, 1, 25.0),
    ]
    assert {(row["share_of_all"], row["jfk_minutes"], row["without_zone"]) for row in rows} == {
        (50.0, 10.0, 1)
    }


def test_unknown_zones_are_one_row_without_a_density() -> None:
    trips = [_between(zone, 4) for zone in (4, 264, None, 0, 132)]
    rows = zone_map.answer(export_of(*trips), JUNE | {"end": "pickup", "measure": "trips_per_square_mile"})
    assert cells(rows, "zone_id", "zone", "trips", "share_percent", "value") == [
        (4, "Alphabet City", 1, 20.0, 2.0),
        (132, "JFK Airport", 1, 20.0, 0.1),
        (None, "Unknown", 3, 60.0, None),
    ]
    assert cells(rows, "manhattan_percent", "top_ten_percent", "without_zone")[0] == (20.0, 40.0, 3)


def test_equal_values_of_zones_stand_by_zone_with_the_unknown_last() -> None:
    trips = [_between(zone, 4) for zone in (264, 57, 4)]
    rows = zone_map.answer(export_of(*trips), JUNE | {"end": "pickup", "measure": "trips"})
    assert cells(rows, "zone_id", "value") == [(4, 1.0), (57, 1.0), (None, 1.0)]


def test_zones_that_share_a_name_carry_their_number() -> None:
    assert od_flows.zone_names(ZONES)[56] == "Corona (56)"
    assert od_flows.zone_names(ZONES)[132] == "JFK Airport"


def test_pairs_beyond_the_top_are_one_row_and_ties_stand_by_name() -> None:
    pairs = ((132, 4), (4, 132), (4, 4), (4, 4), (1, 4), (4, 264))
    trips = [_between(*pair) for pair in pairs]
    rows = od_flows.answer(export_of(*trips), JUNE | {"level": "borough", "top": "2"})
    assert cells(rows, "rank", "journey", "trips", "share_percent", "covered_percent") == [
        (1, "Manhattan to Manhattan", 2, 40.0, 60.0),
        (2, "EWR to Manhattan", 1, 20.0, 60.0),
        (None, "All other journeys", 2, 40.0, 60.0),
    ]


def test_the_last_bin_is_open_and_others_hold_their_lower_edge() -> None:
    trips = [{"trip_distance": miles} for miles in (0.49, 0.5, 24.996, 80.0)]
    rows = trip_length.answer(export_of(*trips), JUNE | {"measure": "distance"})
    assert cells(rows, "bin_from", "bin_to", "bin", "trips", "percentile") == [
        (0.0, 0.5, "0.0 to 0.5 mi", 1, 25.0),
        (0.5, 1.0, "0.5 to 1.0 mi", 1, 50.0),
        (25.0, None, "25 mi and more", 2, 100.0),
    ]
    assert cells(rows, "median", "p90", "mean")[0] == (0.5, 80.0, 26.5)


def test_the_normal_day_is_the_median_of_its_neighbours_inside_the_year() -> None:
    trips = {f"2015-01-{day:02}": count for day, count in ((1, 50), (8, 10), (15, 12), (22, 20), (29, 40))}
    rows = [_at(f"{day} 12:00:00") for day, count in trips.items() for _ in range(count)]
    asked = {"startDate": "2015-01-01", "endDate": "2015-01-01", "threshold": "15"}
    (row,) = unusual_days.answer(export_of(*rows), asked)
    assert (row["normal"], row["difference_percent"]) == (16.0, 212.5)
    assert (row["flagged"], row["event"], row["note"]) == (1, None, "Thursday")


def test_four_weeks_on_each_side_are_looked_at_and_a_day_without_trips_counts_as_none() -> None:
    counts = {
        "05-06": 90,
        "05-13": 1,
        "05-20": 2,
        "05-27": 3,
        "06-10": 3,
        "06-17": 5,
        "06-24": 6,
        "07-08": 8,
        "07-15": 90,
    }
    rows = [_at(f"2015-{day} 12:00:00") for day, count in counts.items() for _ in range(count)]
    asked = {"startDate": "2015-06-10", "endDate": "2015-06-10", "threshold": "20"}
    (row,) = unusual_days.answer(export_of(*rows), asked)
    assert (row["trips"], row["normal"], row["difference_percent"]) == (3, 2.5, 20.0)
    assert (row["flagged"], row["note"]) == (1, "A parade")


def test_the_hour_that_the_clocks_repeat_counts_twice() -> None:
    asked = {"startDate": "2015-11-01", "endDate": "2015-11-01", "borough": "All"}
    (row,) = demand_hour_weekday.answer(export_of(_at("2015-11-01 01:30:00"), times=3), asked)
    assert (row["weekday_name"], row["hour"], row["trips"], row["trips_per_hour"]) == ("Sunday", 1, 3, 1.5)


def _at(moment: str) -> dict[str, Any]:
    return {"tpep_pickup_datetime": moment}


def _between(pickup_zone: int | None, dropoff_zone: int) -> dict[str, Any]:
    return {"PULocationID": pickup_zone, "DOLocationID": dropoff_zone}


def _day(text: str) -> date:
    return date.fromisoformat(text)
