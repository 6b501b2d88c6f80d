"""Days have the regions that were counted on them, and hours the airports."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from infra.local.data.fact_tables import read_facts
from infra.local.data.trips.dice import BITS
from infra.local.data.trips.hours import HOURS_OF_PART, hours_of_days
from infra.local.data.trips.kinds import KINDS, REGION_OF_KIND, from_city_to_airports
from infra.local.data.trips.pairs import build_pairs
from infra.local.data.trips.places import AIRPORTS, find_places

pytestmark = pytest.mark.fast

FACTS = read_facts()
PLACES = find_places(FACTS.zones)
PAIRS = build_pairs(FACTS, PLACES)
HOURS = hours_of_days(FACTS)
CALENDAR = {day.day: day for day in FACTS.calendar}


def kinds_of(day: date) -> np.ndarray:
    """The shares of the kinds in each hour of the day."""
    tables = PAIRS.kinds_of(CALENDAR[day], day.weekday(), HOURS[day])
    return np.array([np.bincount(table, minlength=KINDS) for table in tables]) / BITS


@pytest.mark.parametrize("day", [date(2015, 1, 10), date(2015, 1, 27), date(2015, 8, 17)])
def test_a_day_has_the_regions_that_were_counted_on_it(day: date) -> None:
    whole_day = (kinds_of(day) * HOURS[day][:, None]).sum(axis=0)
    regions = np.bincount(REGION_OF_KIND, whole_day)
    counted = np.array(CALENDAR[day].regions)

    assert regions == pytest.approx(counted / counted.sum(), abs=0.004)


def test_more_trips_lead_to_the_airports_in_august_than_in_january() -> None:
    # Those that begin there were 3.8 per cent of the trips in January and 5.1 in August.
    january, august = (
        kinds_of(day)[:, from_city_to_airports()].sum() for day in (date(2015, 1, 14), date(2015, 8, 12))
    )

    assert 1.05 < august / january < 1.35


def test_each_trip_is_of_a_kind_of_its_own_hour() -> None:
    early, late = HOURS_OF_PART[1].start, HOURS_OF_PART[1].stop
    tables = np.zeros((late - early, BITS), dtype=np.uint8)
    tables[0] = to_laguardia = int(np.flatnonzero(from_city_to_airports())[1])
    bits = np.arange(0, BITS, 4096, dtype=np.uint16)
    counts = np.array([4, 0, 0, 12], dtype=np.int32)

    ends = PAIRS.draw(1, tables, counts, bits, bits) % len(PLACES.ids)

    assert to_laguardia == 3
    assert [int(zone) for zone in PLACES.ids[ends[:4]]] == [138] * 4
    assert AIRPORTS not in PLACES.regions[ends[4:]]
