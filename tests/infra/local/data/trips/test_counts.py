from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.local.data.fact_tables import read_facts
from infra.local.data.trips.counts import apportion, trips_per_day
from tests.infra.local.data.published import MONTHS, TRIPS

pytestmark = pytest.mark.fast

weights = st.lists(st.integers(1, 10**8), min_size=1, max_size=40)


@given(st.integers(0, 10**9), weights)
def test_parts_add_up_and_are_each_within_one_of_their_exact_share(total: int, parts: list[int]) -> None:
    counts = apportion(total, parts)

    assert sum(counts) == total
    for count, part in zip(counts, parts, strict=True):
        assert abs(count * sum(parts) - total * part) < sum(parts)


def test_the_largest_remainders_get_what_is_left() -> None:
    assert apportion(10, [5, 3, 1]) == [6, 3, 1]
    assert apportion(1, [1, 2, 1]) == [0, 1, 0]


@pytest.mark.parametrize("scale", [1.0, 0.01, 0.0005])
def test_months_are_exact_to_one_trip_at_every_scale(scale: float) -> None:
    counts = trips_per_day(read_facts(), scale)

    assert sum(counts.values()) == round(TRIPS * scale)
    for month, trips in MONTHS.items():
        made = sum(count for day, count in counts.items() if day.month == month)
        assert abs(made - trips * scale) < 1


def test_the_full_year_has_each_day_exactly_as_published() -> None:
    facts = read_facts()

    assert trips_per_day(facts, 1.0) == {day.day: day.trips for day in facts.calendar}
