from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from dashboard.glance import MAXIMUM_EVENTS, events_between, glance_days

pytestmark = pytest.mark.fast

YEAR = [date(2015, 1, 1) + timedelta(days=n) for n in range(365)]


def test_the_bundled_table_is_the_published_year() -> None:
    days = glance_days()
    assert [day.day for day in days] == YEAR
    assert sum(day.trips for day in days) == 146_112_989  # NYC TLC: all yellow taxi trips of 2015
    assert min(days, key=lambda day: day.trips).day == date(2015, 1, 27)


def test_the_blizzard_is_labelled_once_on_its_lowest_day() -> None:
    january = YEAR[:31]
    names = {event.name: event.day for event in events_between(january)}
    assert names["Blizzard"] == date(2015, 1, 27)


def test_a_chart_has_at_most_six_labels_in_order_of_time() -> None:
    events = events_between(YEAR)
    assert len(events) == MAXIMUM_EVENTS
    assert [event.day for event in events] == sorted(event.day for event in events)


def test_labels_that_would_meet_give_way_to_the_stronger() -> None:
    events = events_between(YEAR, apart=timedelta(days=30))
    gaps = [later.day - earlier.day for earlier, later in pairwise(events)]
    assert min(gaps) > timedelta(days=30)
    assert "Christmas Day" in [event.name for event in events]


def test_days_outside_the_year_have_no_events() -> None:
    assert events_between([date(2014, 12, 25)]) == ()
