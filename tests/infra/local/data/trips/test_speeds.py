"""Days have a pace of their own: holidays are free, snow makes slow, and at night it hardly matters."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from infra.local.data.fact_tables import read_facts
from infra.local.data.trips.columns import Reals
from infra.local.data.trips.hours import PART_OF_HOUR
from infra.local.data.trips.pairs import build_pairs
from infra.local.data.trips.places import find_places
from infra.local.data.trips.roads import OWN_PACE, build_roads
from infra.local.data.trips.speeds import DAYS_DIFFER, build_speeds

pytestmark = pytest.mark.fast

FACTS = read_facts()
PLACES = find_places(FACTS.zones)
SPEEDS = build_speeds(FACTS, build_pairs(FACTS, PLACES), build_roads(FACTS, PLACES))
PUBLISHED = np.array([[FACTS.hours[weekday, hour].mph for hour in range(24)] for weekday in range(7)])
AFTER_NEW_YEAR, AFTER_THE_BLIZZARD, ORDINARY = date(2015, 1, 2), date(2015, 1, 30), date(2015, 1, 16)
UNKNOWN = date(2015, 6, 5)
FRIDAY = 4
NIGHT, NOON, SIX_PM = 3, 12, 18


def on(day: date, chance: float = 0.5) -> Reals:
    return SPEEDS.on(day, FRIDAY, chance)


def test_the_friday_after_new_year_is_fast_and_the_one_after_the_blizzard_slow() -> None:
    # 11,700 records of January, by their hours, distances and streets: a mile took 84 and 110 hundredths of the usual.
    assert on(AFTER_NEW_YEAR)[NOON] / on(ORDINARY)[NOON] == pytest.approx(0.99 / 0.84)
    assert on(AFTER_THE_BLIZZARD)[NOON] / on(ORDINARY)[NOON] == pytest.approx(0.99 / 1.10)


def test_at_night_a_day_shows_little_of_its_pace() -> None:
    assert on(AFTER_NEW_YEAR)[NIGHT] / on(ORDINARY)[NIGHT] == pytest.approx(0.997 / 0.952)


def test_the_days_about_other_holidays_are_like_those_about_new_year() -> None:
    assert FACTS.paces[date(2015, 11, 27)] == FACTS.paces[AFTER_NEW_YEAR]


def test_a_day_that_nothing_is_known_of_is_drawn_around_its_month() -> None:
    slow, usual, fast = (on(UNKNOWN, chance) for chance in (1.0, 0.5, 0.0))

    assert UNKNOWN not in FACTS.paces
    assert usual[NOON] / slow[NOON] == pytest.approx(1 + DAYS_DIFFER)
    assert usual[NOON] / fast[NOON] == pytest.approx(1 - DAYS_DIFFER)
    assert usual == pytest.approx(SPEEDS.mph[FRIDAY] / FACTS.months[6].pace[0])


def test_january_is_faster_than_other_months_in_the_evening_rush_but_hardly_at_night() -> None:
    faster = SPEEDS.on(ORDINARY, FRIDAY, 0.5) / on(UNKNOWN)

    assert faster[NIGHT] < 1.05
    assert faster[SIX_PM] > 1.1


def test_where_trips_are_long_as_at_night_those_of_usual_length_are_slower_than_the_mean() -> None:
    ratio = SPEEDS.mph / PUBLISHED

    assert ratio[:, NIGHT].max() < 0.94
    assert ratio[:, NOON] == pytest.approx(np.ones(7), abs=0.02)


def test_a_part_of_the_day_shows_as_much_of_a_day_s_pace_as_of_a_pair_s() -> None:
    known = FACTS.paces[AFTER_NEW_YEAR] - 1
    shown = SPEEDS.mph[FRIDAY] / SPEEDS.months[1] / on(AFTER_NEW_YEAR) - 1

    assert shown == pytest.approx(known * np.array(OWN_PACE)[list(PART_OF_HOUR)], abs=1e-6)
