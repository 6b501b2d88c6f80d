"""The journeys agree with everything that is known of them at once."""

from __future__ import annotations

import numpy as np
import pytest

from infra.local.data.fact_tables import read_facts
from infra.local.data.facts import PARTS_OF_DAY
from infra.local.data.trips.columns import Numbers
from infra.local.data.trips.flows import fit_flows
from infra.local.data.trips.hours import part_shares
from infra.local.data.trips.places import AIRPORTS, CENTRE, FROM_TO_AIRPORTS, UPTOWN, find_places
from infra.local.data.trips.roads import build_roads

pytestmark = pytest.mark.fast

FACTS = read_facts()
PLACES = find_places(FACTS.zones)
FLOWS = fit_flows(FACTS, PLACES)
WHOLE_DAY: Numbers = sum(
    (flow * weight for flow, weight in zip(FLOWS, part_shares(FACTS), strict=True)), start=np.zeros((1, 1))
)


@pytest.mark.parametrize("part", range(len(PARTS_OF_DAY)))
def test_as_many_trips_begin_and_end_in_each_zone_as_are_known_to(part: int) -> None:
    begin = np.array([FACTS.zone_shares[zone.id].begin[part] for zone in PLACES.zones])
    end = np.array([FACTS.zone_shares[zone.id].end[part] for zone in PLACES.zones])

    assert FLOWS[part].sum(axis=1) == pytest.approx(begin / begin.sum())
    assert np.abs(FLOWS[part].sum(axis=0) - end / end.sum()).sum() / 2 < 0.002


@pytest.mark.parametrize("part", range(len(PARTS_OF_DAY)))
def test_as_many_trips_lead_so_far_as_are_known_to(part: int) -> None:
    airports = PLACES.among("JFK", "LaGuardia", "Newark")
    city = FLOWS[part] * ~(airports[:, None] | airports)
    limits = [distance.miles for distance in FACTS.distances]
    found = np.bincount(np.searchsorted(limits, PLACES.miles.ravel(), side="right") - 1, city.ravel())

    assert np.abs(found - [distance.shares[part] for distance in FACTS.distances]).sum() / 2 < 0.01


def test_boroughs_and_airports_exchange_as_many_trips_as_are_known_to() -> None:
    for (begin, end), share in FACTS.district_pairs.items():
        made = WHOLE_DAY[np.ix_(PLACES.among(begin), PLACES.among(end))].sum()
        assert made == pytest.approx(share, abs=0.002)


@pytest.mark.parametrize(
    ("airport", "borough", "miles"),
    [
        # NYC TLC records of 2015: how far away the zones of 808, 508, 127 and 149 trips from the airports lie.
        ("LaGuardia", "Manhattan", 5.89),
        ("JFK", "Manhattan", 12.79),
        ("LaGuardia", "Queens", 4.12),
        ("JFK", "Queens", 6.58),
    ],
)
def test_nobody_takes_an_airport_because_it_is_near(airport: str, borough: str, miles: float) -> None:
    pairs = np.ix_(PLACES.among(airport), PLACES.among(borough))

    assert np.average(PLACES.miles[pairs], weights=WHOLE_DAY[pairs]) == pytest.approx(miles, rel=0.13)


@pytest.mark.parametrize(
    # NYC TLC records of 2015: quarters of the miles of 641 and 400 trips from there, none of them to an airport.
    ("borough", "quarters"),
    [("Brooklyn", (1.2, 2.3, 4.03)), ("Queens", (1.25, 2.5, 4.7))],
)
def test_outside_manhattan_rides_are_to_the_next_streets(
    borough: str, quarters: tuple[float, float, float]
) -> None:
    airports = PLACES.among(*FROM_TO_AIRPORTS.values())
    chances = np.where(PLACES.among(borough)[:, None] & ~airports, WHOLE_DAY, 0.0).ravel()
    chance = np.random.default_rng(1)
    pairs = chance.choice(chances.size, 20_000, p=chances / chances.sum())

    miles = (
        build_roads(FACTS, PLACES).miles(1, pairs, chance.integers(0, 2**16, len(pairs), dtype=np.uint16))
        / 100
    )

    assert np.quantile(miles, (0.25, 0.5, 0.75)) == pytest.approx(quarters, rel=0.15)


def test_the_busiest_pairs_are_those_of_the_upper_east_side() -> None:
    # NYC TLC records of 2015, weighted sample, of 10,000 trips: 54 go from its south to its north, 45 back.
    place = {zone.name: index for index, zone in enumerate(PLACES.zones)}
    south, north = place["Upper East Side South"], place["Upper East Side North"]

    assert WHOLE_DAY.max() == WHOLE_DAY[south, north] == pytest.approx(0.0055, abs=0.0005)
    assert WHOLE_DAY[north, south] == pytest.approx(0.0046, abs=0.0005)


def test_regions_are_those_that_were_counted_by_day() -> None:
    # NYC TLC records of 2015: 64.3 per cent of the pickups in Manhattan below 60th Street, 26.3 above, 4.5 at airports.
    begin = WHOLE_DAY.sum(axis=1)

    assert begin[PLACES.regions == CENTRE].sum() == pytest.approx(0.643 / 0.983, abs=0.006)
    assert begin[PLACES.regions == UPTOWN].sum() == pytest.approx(0.264 / 0.983, abs=0.006)
    assert begin[PLACES.regions == AIRPORTS].sum() == pytest.approx(0.0453 / 0.983, abs=0.002)
