"""Airports keep the hours of their flights, and trips home to the boroughs those of the night."""

from __future__ import annotations

import numpy as np
import pytest

from infra.local.data.fact_tables import read_facts
from infra.local.data.trips.columns import Numbers
from infra.local.data.trips.flows import fit_flows
from infra.local.data.trips.kinds import (
    BEGINS,
    ENDS,
    FROM_AIRPORTS,
    KINDS,
    REGION_OF_KIND,
    TO_AIRPORTS,
    TO_BOROUGHS,
    TO_LAGUARDIA,
    from_city_to_airports,
    kinds_by_hour,
    kinds_of_pairs,
)
from infra.local.data.trips.places import AIRPORTS, JFK_ZONE, LAGUARDIA_ZONE, find_places

pytestmark = pytest.mark.fast

FACTS = read_facts()
PLACES = find_places(FACTS.zones)
KIND = kinds_of_pairs(PLACES)
BY_PART = np.array([np.bincount(KIND.ravel(), flow.ravel(), KINDS) for flow in fit_flows(FACTS, PLACES)])
WEEK = kinds_by_hour(FACTS, BY_PART).reshape(7, 24, BEGINS, ENDS)
TRIPS = np.array([[FACTS.hours[weekday, hour].share for hour in range(24)] for weekday in range(7)])
SUNDAY, THURSDAY = 6, 3


def of_all_weekdays(shares: Numbers) -> Numbers:
    """By hour of the day the share of its trips."""
    by_hour: Numbers = (shares * TRIPS).sum(axis=0) / TRIPS.sum(axis=0)
    return by_hour


def test_each_hour_shares_out_all_of_its_trips() -> None:
    assert WEEK.sum(axis=(2, 3)) == pytest.approx(np.ones((7, 24)))
    assert WEEK.min() >= 0


@pytest.mark.parametrize("column", list(TO_AIRPORTS))
def test_as_many_trips_of_an_hour_lead_to_an_airport_as_are_known_to(column: str) -> None:
    # Trips between airports are counted as those that begin there.
    made = of_all_weekdays(WEEK[:, :, :, TO_AIRPORTS[column]].sum(axis=2))

    assert made == pytest.approx(np.array(FACTS.ways_by_hour[column]), rel=0.3, abs=0.0015)


@pytest.mark.parametrize("column", list(FROM_AIRPORTS))
def test_as_many_trips_of_an_hour_begin_at_an_airport_as_are_known_to(column: str) -> None:
    made = of_all_weekdays(WEEK[:, :, FROM_AIRPORTS[column]].sum(axis=2))

    assert made == pytest.approx(np.array(FACTS.ways_by_hour[column]), rel=1e-6)


def test_as_many_trips_of_an_hour_leave_manhattan_for_the_boroughs_as_are_known_to() -> None:
    manhattan = WEEK[:, :, :2, TO_BOROUGHS].sum(axis=2)

    assert manhattan[SUNDAY] == pytest.approx(np.array(FACTS.ways_by_hour["to_boroughs"]))
    assert manhattan[SUNDAY, 2] > 10 * manhattan[SUNDAY, 14]


def test_flights_do_not_follow_the_nights_of_the_weekend() -> None:
    # NYC TLC records of 2015, about four in the morning: 15 of 100 trips of a Thursday lead to LaGuardia or JFK, 3 of a
    # Sunday's, when many more are out. The flights are as many.
    flying = WEEK[:, 4, :, TO_LAGUARDIA].sum(axis=1)

    assert flying[THURSDAY] > 2.5 * flying[SUNDAY]
    assert (flying * TRIPS[:, 4]).max() == pytest.approx((flying * TRIPS[:, 4]).min(), rel=0.05)


def test_a_kind_tells_where_a_pair_begins_and_to_which_airport_it_leads() -> None:
    place = {int(zone): index for index, zone in enumerate(PLACES.ids)}
    to_laguardia = KIND[:, place[LAGUARDIA_ZONE]] % ENDS
    from_jfk = REGION_OF_KIND[KIND[place[JFK_ZONE]]]

    assert set(to_laguardia) == {TO_LAGUARDIA}
    assert set(from_jfk) == {AIRPORTS}
    assert not from_city_to_airports()[KIND[place[JFK_ZONE], place[LAGUARDIA_ZONE]]]
    assert from_city_to_airports()[KIND[place[161], place[LAGUARDIA_ZONE]]]
