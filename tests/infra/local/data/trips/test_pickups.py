from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from infra.local.data.trips.dice import Dice
from infra.local.data.trips.pickups import HOUR, draw_seconds, dropoff_times, slopes

pytestmark = pytest.mark.fast

FORWARD, BACK, PLAIN = date(2015, 3, 8), date(2015, 11, 1), date(2015, 6, 1)


def ends(day: date, pickup: int, seconds: int, second_pass: bool = False) -> int:
    pickups, driven = np.array([pickup], dtype=np.int32), np.array([seconds], dtype=np.int32)
    return int(dropoff_times(day, pickups, driven, np.array([second_pass]))[0])


def seconds_of(counts: list[int], rises: list[float]) -> np.ndarray:
    even = Dice(1).shares(sum(counts))
    return draw_seconds(even, np.array(counts), np.array(rises, dtype=np.float32))


def test_pickups_are_in_order_and_each_hour_keeps_its_number() -> None:
    seconds = seconds_of([900, 0, 4000], [0.0, 0.5, -0.9])

    assert np.all(np.diff(seconds) >= 0)
    assert list(np.bincount(seconds // HOUR, minlength=3)) == [900, 0, 4000]


def test_pickups_rise_within_an_hour_that_leads_to_a_busier_one() -> None:
    # The density rises from 0.2 to 1.8 times its mean: under its first half lie 30 per cent.
    seconds = seconds_of([50_000], [0.8])

    assert (seconds < HOUR / 2).mean() == pytest.approx(0.5 - 0.8 / 4, abs=0.01)
    assert seconds_of([50_000], [0.0]).mean() == pytest.approx(HOUR / 2, rel=0.01)


def test_hours_join_without_a_step() -> None:
    shares = np.array([1.0] * 10 + [2.0, 3.0, 4.0] + [4.0] * 11)

    assert list(slopes(shares)[[5, 11, 20]]) == pytest.approx([0, 2 / 12, 0], abs=1e-5)


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
