"""Streets differ: pairs of zones have ways and paces of their own, which leave the whole as it is."""

from __future__ import annotations

import numpy as np
import pytest

from infra.local.data.fact_tables import read_facts
from infra.local.data.trips.flows import fit_flows
from infra.local.data.trips.places import find_places
from infra.local.data.trips.roads import OWN_PACE, build_roads

pytestmark = pytest.mark.fast

FACTS = read_facts()
PLACES = find_places(FACTS.zones)
ROADS = build_roads(FACTS, PLACES)
PLACE = {int(zone): index for index, zone in enumerate(PLACES.ids)}
NIGHT, MIDDAY = 0, 2
UP_THE_AVENUE, ACROSS, UNKNOWN = (239, 238), (186, 161), (2, 5)


def pair_of(ids: tuple[int, int]) -> int:
    begin, end = (PLACE[zone] for zone in ids)
    return begin * len(PLACES.ids) + end


def test_at_midday_a_mile_takes_as_long_as_it_is_known_to_between_two_zones() -> None:
    for ids in (UP_THE_AVENUE, ACROSS):
        assert ROADS.own_pace[MIDDAY][pair_of(ids)] == pytest.approx(FACTS.routes[ids].pace)
    assert FACTS.routes[UP_THE_AVENUE].pace < 0.8
    assert FACTS.routes[ACROSS].pace > 1.2


def test_at_night_streets_differ_less() -> None:
    by_night, by_day = (ROADS.own_pace[part][pair_of(ACROSS)] - 1 for part in (NIGHT, MIDDAY))

    assert by_night == pytest.approx(OWN_PACE[NIGHT] * by_day)
    assert by_night < by_day / 2


def test_a_longer_way_counts_like_more_miles_between_its_ends() -> None:
    hundredths = ROADS.straight[1].reshape(PLACES.miles.shape) / (100 * FACTS.months[1].length)
    stretched = hundredths / PLACES.miles

    for ids in (UP_THE_AVENUE, ACROSS):
        begin, end = (PLACE[zone] for zone in ids)
        assert stretched[begin, end] == pytest.approx(FACTS.routes[ids].length)


def test_between_zones_of_which_nothing_is_known_streets_are_like_any_others() -> None:
    assert UNKNOWN not in FACTS.routes
    assert [pace[pair_of(UNKNOWN)] for pace in ROADS.own_pace] == [1] * len(OWN_PACE)


def test_three_quarters_of_the_trips_have_routes_of_their_own_and_are_on_the_whole_as_long_and_slow_as_others() -> (
    None
):
    routes = {pair_of(ids): route for ids, route in FACTS.routes.items()}
    trips = fit_flows(FACTS, PLACES)[MIDDAY].ravel()[list(routes)]
    rest = 1 - trips.sum()
    lengths = np.array([route.length for route in routes.values()])
    paces = np.array([route.pace for route in routes.values()])

    assert rest + trips @ lengths == pytest.approx(1, abs=0.02)
    assert rest + trips @ paces == pytest.approx(1, abs=0.03)
    assert 1 - rest == pytest.approx(0.75, abs=0.05)
