from __future__ import annotations

from collections import Counter

import pytest

from infra.local.data.fact_tables import FOLDER, read_facts
from infra.local.data.facts import Facts
from tests.infra.local.data.published import DAYS, HOURS, MONTHS, TRIPS, WEEKDAYS

pytestmark = pytest.mark.fast


@pytest.fixture(scope="module")
def facts() -> Facts:
    return read_facts()


def test_the_days_add_up_to_the_published_months_and_year(facts: Facts) -> None:
    months: Counter[int] = Counter()
    for day in facts.calendar:
        months[day.day.month] += day.trips

    assert dict(months) == MONTHS
    assert {number: month.trips for number, month in facts.months.items()} == MONTHS
    assert sum(months.values()) == TRIPS


def test_the_calendar_has_each_day_once_and_the_published_days_in_it(facts: Facts) -> None:
    trips = {day.day.isoformat(): day.trips for day in facts.calendar}

    assert len(trips) == len(facts.calendar) == 365
    assert {day: trips[day] for day in DAYS} == DAYS


def test_the_weather_of_the_blizzard_is_in_the_calendar(facts: Facts) -> None:
    # NOAA, Central Park: 9.8 inches of snow on 26 and 27 January 2015.
    snow = {day.day.isoformat(): day.snow for day in facts.calendar}

    assert snow["2015-01-26"] + snow["2015-01-27"] == pytest.approx(9.8, abs=0.1)
    assert {day.event for day in facts.calendar if day.day.isoformat() == "2015-12-25"} == {"Christmas Day"}


def test_the_hours_of_the_week_add_up_to_the_published_hours_and_weekdays(facts: Facts) -> None:
    by_hour = [sum(facts.hours[day, hour].share for day in range(7)) for hour in range(24)]
    by_day = [sum(facts.hours[day, hour].share for hour in range(24)) for day in range(7)]

    assert by_hour == pytest.approx([trips / sum(HOURS) for trips in HOURS], rel=0.002)
    assert by_day == pytest.approx([trips / sum(WEEKDAYS) for trips in WEEKDAYS], rel=0.002)


def test_there_are_265_zones_and_260_of_them_have_a_place(facts: Facts) -> None:
    # NYC TLC: 265 ids in the lookup table; the map has no outline for 57, 104 and 105, nor for 264 and 265.
    without = {zone.id for zone in facts.zones if zone.longitude is None}

    assert [zone.id for zone in facts.zones] == list(range(1, 266))
    assert without == {57, 104, 105, 264, 265}
    assert set(facts.zone_shares) == set(range(1, 266)) - without


def test_each_table_names_its_source_and_stays_small() -> None:
    for file in FOLDER.glob("*.csv"):
        first_lines = file.read_text(encoding="utf-8")[:400]
        assert first_lines.startswith("# ")
        assert "NYC TLC" in first_lines
        assert file.stat().st_size < 60_000
