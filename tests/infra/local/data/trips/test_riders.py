"""Who rides and how they pay depends on the hour, the day and the way; the year's shares stay what they are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from infra.local.data.fact_tables import read_facts
from infra.local.data.trips.columns import CARD
from infra.local.data.trips.dice import BITS
from infra.local.data.trips.hours import HOURS_OF_PART
from infra.local.data.trips.places import JFK_ZONE, LAGUARDIA_ZONE, find_places
from infra.local.data.trips.riders import PASSENGERS, build_riders
from infra.local.data.trips.vendors import VENDOR_1, VENDOR_2

pytestmark = pytest.mark.fast

FACTS = read_facts()
PLACES = find_places(FACTS.zones)
RIDERS = build_riders(FACTS, PLACES)
PLACE = {int(zone): index for index, zone in enumerate(PLACES.ids)}
EVERY_CHANCE = np.arange(BITS, dtype=np.uint16)
JUNE = 6
NIGHT, MORNING, MIDDAY, AFTERNOON, EVENING = range(5)
MIDTOWN, EAST_HARLEM, CROWN_HEIGHTS, ASTORIA, MOTT_HAVEN = 161, 74, 61, 7, 168
TWO_MILES = 200


def passengers(vendor: int, part: int, *, working: bool) -> Mapping[int, float]:
    typed = RIDERS.typed_passengers(part, working, np.full(BITS, vendor, dtype=np.int16), EVERY_CHANCE)
    numbers, times = np.unique(typed, return_counts=True)
    return dict(zip(numbers.tolist(), (times / BITS).tolist(), strict=True))


def by_card(begin: int, end: int, hundredths: int = TWO_MILES) -> float:
    pairs = np.full(BITS, PLACE[begin] * len(PLACES.ids) + PLACE[end])
    miles = np.full(BITS, hundredths, dtype=np.int32)
    return float((RIDERS.payments(JUNE, MIDDAY, pairs, miles, EVERY_CHANCE) == CARD).mean())


def test_riders_go_to_work_alone_and_out_in_company() -> None:
    to_work = passengers(VENDOR_1, MORNING, working=True)
    out = passengers(VENDOR_1, EVENING, working=False)

    assert to_work[1] > 0.88
    assert out[1] < 0.77
    assert out[2] > 1.8 * to_work[2]


def test_with_vendor_2_that_shows_less() -> None:
    differences = {
        vendor: passengers(vendor, MORNING, working=True)[1] - passengers(vendor, EVENING, working=False)[1]
        for vendor in (VENDOR_1, VENDOR_2)
    }

    assert 0.03 < differences[VENDOR_2] < differences[VENDOR_1] / 2


@pytest.mark.parametrize("vendor", [VENDOR_1, VENDOR_2])
def test_over_the_year_every_number_of_passengers_is_as_common_as_published(vendor: int) -> None:
    year = dict.fromkeys(PASSENGERS[vendor], 0.0)
    for weekday in range(7):
        for part, hours in enumerate(HOURS_OF_PART):
            trips = sum(FACTS.hours[weekday, hour].share for hour in hours)
            for number, share in passengers(vendor, part, working=weekday < 5).items():
                year[number] += trips * share

    expected = {
        number: share / sum(PASSENGERS[vendor].values()) for number, share in PASSENGERS[vendor].items()
    }
    assert year == pytest.approx(expected, abs=2e-4)


def test_five_and_six_are_as_common_at_any_hour() -> None:
    five = {passengers(VENDOR_2, part, working=working)[5] for part in range(5) for working in (False, True)}

    assert max(five) - min(five) < 1e-4


def test_cards_pay_for_airports_and_cash_for_ways_within_the_boroughs() -> None:
    within_manhattan = by_card(MIDTOWN, EAST_HARLEM)

    assert by_card(MIDTOWN, LAGUARDIA_ZONE) > 1.1 * within_manhattan
    assert by_card(LAGUARDIA_ZONE, MIDTOWN) > 1.1 * within_manhattan
    assert by_card(CROWN_HEIGHTS, MIDTOWN) > 1.05 * within_manhattan
    assert by_card(JFK_ZONE, ASTORIA) < 0.7 * within_manhattan
    assert by_card(MIDTOWN, MOTT_HAVEN) < 0.65 * within_manhattan
    assert by_card(ASTORIA, ASTORIA) < 0.6 * within_manhattan


def test_a_trip_that_went_nowhere_is_hardly_ever_paid_by_card() -> None:
    assert by_card(MIDTOWN, MIDTOWN, 0) < by_card(MIDTOWN, MIDTOWN, 5) < by_card(MIDTOWN, MIDTOWN, 20)
    assert by_card(MIDTOWN, MIDTOWN, 0) == pytest.approx(0.14, abs=0.01)
