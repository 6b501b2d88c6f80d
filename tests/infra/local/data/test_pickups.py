from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from infra.local.data.trips.pickups import HOUR, draw_pickups, dropoff_times, hour_weights

pytestmark = pytest.mark.fast

FLAT = np.ones(24)
FORWARD, BACK, PLAIN = date(2015, 3, 8), date(2015, 11, 1), date(2015, 6, 1)


def ends(day: date, pickup: int, seconds: int, second_pass: bool = False) -> int:
    return int(dropoff_times(day, np.array([pickup]), np.array([seconds]), np.array([second_pass]))[0])


def test_no_trip_begins_in_the_hour_that_8_march_does_not_have() -> None:
    pickups = draw_pickups(np.random.default_rng(1), 20_000, hour_weights(FORWARD, FLAT))

    assert set(np.unique(pickups // HOUR)) == set(range(24)) - {2}


def test_the_hour_that_1_november_has_twice_has_twice_the_trips() -> None:
    pickups = draw_pickups(np.random.default_rng(1), 50_000, hour_weights(BACK, FLAT))
    hours = np.bincount(pickups // HOUR)

    assert hours[1] / hours[4] == pytest.approx(2, rel=0.1)


def test_other_days_keep_their_weekday_s_hours() -> None:
    assert list(hour_weights(PLAIN, FLAT)) == [1.0] * 24


def test_pickups_are_in_order_and_inside_the_day() -> None:
    pickups = draw_pickups(np.random.default_rng(1), 5_000, FLAT)

    assert np.all(np.diff(pickups) >= 0)
    assert pickups[0] >= 0
    assert pickups[-1] < 24 * HOUR


def test_a_trip_over_the_missing_hour_shows_an_hour_more() -> None:
    assert ends(FORWARD, 2 * HOUR - 60, 120) == 3 * HOUR + 60
    assert ends(FORWARD, HOUR, 120) == HOUR + 120
    assert ends(FORWARD, 3 * HOUR, 120) == 3 * HOUR + 120


def test_a_trip_over_the_repeated_hour_can_end_before_it_began() -> None:
    assert ends(BACK, 2 * HOUR - 60, 120) == HOUR + 60
    assert ends(BACK, 2 * HOUR - 60, 120, second_pass=True) == 2 * HOUR + 60
    assert ends(BACK, HOUR - 60, HOUR + 120, second_pass=True) == HOUR + 60


def test_on_other_days_a_drop_off_is_the_pickup_and_the_time_driven() -> None:
    assert ends(PLAIN, 2 * HOUR - 60, 120) == 2 * HOUR + 60
