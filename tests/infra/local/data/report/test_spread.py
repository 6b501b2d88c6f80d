"""Whether rows were taken from all over their months, or from a few days or minutes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from infra.local.data.facts import Facts
from infra.local.data.report.spread import spread_of

pytestmark = pytest.mark.fast
JANUARY = [date(2015, 1, 1) + timedelta(days=day) for day in range(31)]


def test_rows_of_every_day_and_most_hours_are_spread(facts: Facts) -> None:
    spread = spread_of(JANUARY, [300] * 31, 700, facts)

    assert spread.months == (1,)
    assert spread.days_can_be_compared
    assert spread.hours_can_be_compared


def test_a_hundred_rows_on_thirty_days_are_spread_though_most_hours_are_empty(facts: Facts) -> None:
    spread = spread_of(JANUARY[:30], [4] * 10 + [3] * 20, 95, facts)

    assert spread.days_can_be_compared


def test_rows_of_one_whole_day_tell_its_hours_but_not_the_days(facts: Facts) -> None:
    spread = spread_of([date(2015, 1, 15)], [9_500], 24, facts)

    assert not spread.days_can_be_compared
    assert spread.hours_can_be_compared


def test_the_first_minutes_of_each_month_tell_neither_days_nor_hours(facts: Facts) -> None:
    spread = spread_of([date(2015, month, 1) for month in range(1, 13)], [999] * 12, 12, facts)

    assert spread.months == tuple(range(1, 13))
    assert not spread.days_can_be_compared
    assert not spread.hours_can_be_compared
