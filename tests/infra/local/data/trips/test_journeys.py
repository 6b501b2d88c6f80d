"""Trips of a day as a clock, a meter and a driver write them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from infra.local.data.fact_tables import read_facts
from infra.local.data.trips.columns import Numbers, TripColumns
from infra.local.data.trips.generator import build_generator
from infra.local.data.trips.meter import JFK

pytestmark = pytest.mark.fast

CLOCKS_BACK, JUNE = date(2015, 11, 1), date(2015, 6, 1)
DAY, HOUR = 86_400, 3600
JFK_ZONE = 132


def trips_of(day: date, count: int) -> TripColumns:
    return build_generator(read_facts(), {day: count}, seed=7).trips_of(day, count)


def minutes_of_long_trips_from_one_o_clock(trips: TripColumns) -> Numbers:
    """What the clock says of trips of more than eight miles: most of them go on until two o'clock."""
    late = (trips.pickup % DAY >= 1.7 * HOUR) & (trips.pickup % DAY < 2 * HOUR) & (trips.miles > 800)
    minutes: Numbers = (trips.dropoff[late] - trips.pickup[late]) / 60
    return minutes[np.abs(minutes) < 120]


def test_in_the_repeated_hour_half_of_the_trips_end_before_they_began_and_half_begin_its_second_time() -> (
    None
):
    minutes = minutes_of_long_trips_from_one_o_clock(trips_of(CLOCKS_BACK, 400_000))

    assert (minutes < 0).mean() == pytest.approx(0.4, abs=0.15)
    assert (minutes > 18).mean() == pytest.approx(0.5, abs=0.15)


def test_on_other_days_no_trip_of_that_hour_ends_before_it_began() -> None:
    assert minutes_of_long_trips_from_one_o_clock(trips_of(JUNE, 100_000)).min() >= 0


def test_a_driver_may_forget_the_flat_rate_from_jfk_or_choose_it_from_elsewhere_in_queens() -> None:
    # NYC TLC, yellow taxis 2015: 4 of 169 from JFK to Manhattan at another rate; 23 of 236 flat ones by other ways.
    facts = read_facts()
    manhattan = [zone.id for zone in facts.zones if zone.borough == "Manhattan"]
    trips = trips_of(JUNE, 400_000)
    from_jfk = (trips.pickup_zone == JFK_ZONE) & np.isin(trips.dropoff_zone, manhattan)
    flat = trips.rate == JFK
    usual = from_jfk | ((trips.dropoff_zone == JFK_ZONE) & np.isin(trips.pickup_zone, manhattan))

    assert (~flat)[from_jfk].mean() == pytest.approx(0.024, abs=0.01)
    assert (~usual)[flat].mean() == pytest.approx(0.08, abs=0.02)
    assert (trips.miles == 0)[flat].mean() == pytest.approx(0.03, abs=0.01)
