from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from infra.local.data.fact_tables import read_facts
from infra.local.data.trips.columns import TripColumns, column_names
from infra.local.data.trips.counts import trips_per_day
from infra.local.data.trips.generator import Generator, build_generator
from infra.local.data.trips.glitches import plan_glitches

pytestmark = pytest.mark.fast

JUNE, JULY = date(2015, 6, 1), date(2015, 7, 1)


def generator(seed: int) -> Generator:
    facts = read_facts()
    return build_generator(facts, trips_per_day(facts, 0.001), seed)


def same(first: TripColumns, second: TripColumns) -> bool:
    return all(np.array_equal(getattr(first, name), getattr(second, name)) for name in column_names())


def test_the_same_seed_gives_the_same_trips() -> None:
    assert same(generator(7).trips_of(JUNE, 3000), generator(7).trips_of(JUNE, 3000))


def test_another_seed_gives_other_trips() -> None:
    assert not same(generator(7).trips_of(JUNE, 3000), generator(8).trips_of(JUNE, 3000))


def test_a_day_does_not_depend_on_the_days_made_before_it() -> None:
    made_alone = generator(7).trips_of(JULY, 500)
    made_after = generator(7)
    made_after.trips_of(JUNE, 900)

    assert same(made_alone, made_after.trips_of(JULY, 500))


def test_two_mondays_of_one_month_are_not_copies_of_each_other() -> None:
    made = generator(7)
    next_monday = date(2015, 6, 8)

    assert not np.array_equal(made.trips_of(JUNE, 500).miles, made.trips_of(next_monday, 500).miles)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_day_of_hardly_any_trips_is_no_special_case(count: int) -> None:
    assert len(generator(7).trips_of(JUNE, count)) == count


def test_every_trip_begins_on_its_day_and_in_a_zone_of_the_map() -> None:
    trips = generator(7).trips_of(JUNE, 5000)
    days = trips.pickup.astype("datetime64[s]").astype("datetime64[D]")

    assert set(days.astype(str)) == {"2015-06-01"}
    assert set(trips.pickup_zone) <= {zone.id for zone in read_facts().zones}


@pytest.mark.parametrize("scale", [0.0001, 0.01, 1.0])
def test_absurd_odometers_add_the_same_miles_per_trip_at_every_scale(scale: float) -> None:
    counts = trips_per_day(read_facts(), scale)
    planned = plan_glitches(counts, seed=7)
    hundredths = sum(float(values.sum()) for values in planned.miles.values())

    assert hundredths / 100 / sum(counts.values()) == pytest.approx(13.1 - 2.93, abs=0.01)


def test_the_full_year_has_some_hundreds_of_absurd_odometers() -> None:
    planned = plan_glitches(trips_per_day(read_facts(), 1.0), seed=7)

    assert 300 < sum(len(values) for values in planned.miles.values()) < 450
