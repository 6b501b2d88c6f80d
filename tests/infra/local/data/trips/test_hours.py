from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from infra.local.data.fact_tables import read_facts
from infra.local.data.trips.hours import HOURS_OF_PART, hours_of_days, part_shares, trips_per_hour

pytestmark = pytest.mark.fast

HOURS = hours_of_days(read_facts())


def share(day: str, first: int, end: int) -> float:
    return float(HOURS[date.fromisoformat(day)][first:end].sum())


def test_every_day_has_all_of_its_trips_in_its_24_hours() -> None:
    assert len(HOURS) == 365
    for shares in HOURS.values():
        assert shares.sum() == pytest.approx(1)
        assert shares.min() >= 0


def test_no_trip_begins_in_the_hour_that_8_march_does_not_have() -> None:
    missing = [(day, hour) for day, shares in HOURS.items() for hour in range(24) if not shares[hour]]

    assert missing == [(date(2015, 3, 8), 2)]


def test_the_hour_that_1_november_has_twice_has_nearly_twice_the_trips() -> None:
    first_of_november = HOURS[date(2015, 11, 1)]

    assert first_of_november[1] > 1.4 * first_of_november[0]
    assert first_of_november[1] > 1.8 * first_of_november[2]


def test_the_blizzard_empties_the_streets_from_the_afternoon_until_the_next_morning() -> None:
    # NYC TLC records, passengers in two hours: 58,000 from noon, 22,000 from 16:00, 3,100 from 22:00, 268 from 0:00.
    assert share("2015-01-26", 16, 18) / share("2015-01-26", 12, 14) == pytest.approx(22 / 58, abs=0.03)
    assert share("2015-01-26", 22, 24) / share("2015-01-26", 12, 14) == pytest.approx(3.1 / 58, abs=0.01)
    assert share("2015-01-27", 0, 7) < 0.005
    assert share("2015-01-27", 18, 24) > 0.5


def test_new_year_s_day_begins_with_its_busiest_hours() -> None:
    assert set(np.argsort(HOURS[date(2015, 1, 1)])[-3:]) == {0, 1, 2}


def test_a_holiday_has_no_morning_rush() -> None:
    for holiday, working_day in (
        ("2015-05-25", "2015-05-18"),
        ("2015-11-26", "2015-11-19"),
        ("2015-12-25", "2015-12-18"),
    ):
        assert share(holiday, 7, 10) < 0.65 * share(working_day, 7, 10)


def test_all_days_together_have_the_published_hours_of_the_week() -> None:
    facts = read_facts()
    hours = np.zeros((7, 24))
    for day in facts.calendar:
        if day.day != date(2015, 3, 8):
            hours[day.day.weekday()] += day.trips * HOURS[day.day]
    published = np.array([[facts.hours[weekday, hour].share for hour in range(24)] for weekday in range(7)])

    assert np.abs(hours / hours.sum() - published / published.sum()).sum() / 2 < 0.003


def test_parts_of_the_day_cover_it_once() -> None:
    assert [hour for part in HOURS_OF_PART for hour in part] == list(range(24))
    assert part_shares(read_facts()).sum() == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("count", [0, 1, 7, 400_000])
@pytest.mark.parametrize("chance", [0.0, 0.4, 0.999999])
def test_a_day_s_trips_are_split_without_loss_and_in_proportion(count: int, chance: float) -> None:
    shares = HOURS[date(2015, 6, 1)]
    hours = trips_per_hour(shares, count, chance)

    assert sum(hours) == count
    assert min(hours) >= 0
    assert np.abs(np.array(hours) - shares * count).max() <= 1
