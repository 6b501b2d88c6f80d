from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.coverage import PECULIARITIES, coverage, missing_days, peculiarities
from dashboard.glance import glance_days
from dashboard.periods import Days
from tests.dashboard.samples import DATA

pytestmark = pytest.mark.fast

JUNE = Days(date(2015, 6, 1), date(2015, 6, 30))
YEAR = Days(date(2015, 1, 1), date(2015, 12, 31))


def test_a_range_with_data_on_every_day_says_so() -> None:
    assert coverage(JUNE, DATA) == "30 days asked, all with data."
    assert coverage(Days(JUNE.start, JUNE.start), DATA) == "1 day asked, with data."


def test_days_without_data_are_counted_and_named() -> None:
    data = replace(DATA, missing_days=("2015-06-05", "2015-07-01"))
    assert coverage(JUNE, data) == "30 days asked, 29 with data. Without: Fri 5 Jun 2015."


def test_of_many_days_without_data_the_first_are_named() -> None:
    data = replace(DATA, first_day="2015-06-10")
    assert missing_days(JUNE, data) == tuple(date(2015, 6, n) for n in range(1, 10))
    assert coverage(JUNE, data).endswith("Fri 5 Jun 2015 and 4 more.")


def test_where_the_data_is_not_known_only_the_days_are_counted() -> None:
    assert coverage(JUNE, None) == "30 days asked."


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2015-03-01", "2015-03-31", "23 hours"),
        ("2015-11-01", "2015-11-01", "25 hours"),
        ("2015-01-27", "2015-02-03", "blizzard"),
        ("2014-12-01", "2015-01-01", "surcharge"),
    ],
)
def test_a_range_with_a_peculiar_day_says_what_it_is(first: str, last: str, said: str) -> None:
    (sentence,) = peculiarities(Days(date.fromisoformat(first), date.fromisoformat(last)))
    assert said in sentence


def test_the_year_has_all_of_them_and_june_none() -> None:
    assert len(peculiarities(YEAR)) == len(PECULIARITIES)
    assert peculiarities(JUNE) == ()


def test_the_peculiar_days_are_those_of_the_published_calendar() -> None:
    events = {day.day: day.event or "" for day in glance_days()}
    assert "Clocks forward" in events[date(2015, 3, 8)]
    assert "Clocks back" in events[date(2015, 11, 1)]
    assert {events[date(2015, 1, 26)], events[date(2015, 1, 27)]} == {"Blizzard"}
