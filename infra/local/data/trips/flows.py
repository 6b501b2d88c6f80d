"""From which zone to which zone: how many trips of each part of the day take each pair of zones.

A matrix of journeys is made to agree with four things that are known of the real trips: how many begin in each
zone, how many end in each, how far apart the two ends lie, and how many go from each borough or airport to each
other one. A start that falls off with the distance (to and from airports much less), corrected for pairs that are
busier or quieter than that, is scaled to each in turn until all agree; first for the whole day, then, from there
and without the boroughs, for each part of it. A map, a flow, a mean distance and a toll then tell the same story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from infra.local.data.facts import PARTS_OF_DAY, Facts
from infra.local.data.trips.columns import Numbers
from infra.local.data.trips.hours import part_shares
from infra.local.data.trips.places import FROM_TO_AIRPORTS, Places

ROUNDS = 25
FALL_OFF_MILES = 1.5
FALL_OFF, FALL_OFF_OUTSIDE = 2.0, 2.7
"""How steeply trips fall off with the distance; where neither end is in Manhattan, rides are to the next street."""
LEAST = 1e-12
Groups = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a part of the day, in shares of its trips: zones to begin and end in, classes of distance.

    The first class, pairs with an airport, has no share of its own: nobody takes an airport because it is near.
    """

    begin: Numbers
    end: Numbers
    distances: Numbers


def fit_flows(facts: Facts, places: Places) -> tuple[Numbers, ...]:
    """For each part of the day the share of its trips that each pair of zones has."""
    parts = [_known(facts, places, part) for part in range(len(PARTS_OF_DAY))]
    classes = _distance_classes(facts, places)
    journeys = _start(facts, places)
    districts, district_shares = _districts(facts, places)
    whole_day = _mean(parts, part_shares(facts))
    for _ in range(ROUNDS):
        _scale(journeys, districts, district_shares)
        _agree(journeys, whole_day, classes)
    return tuple(_fitted(journeys, part, classes) for part in parts)


def _fitted(start: Numbers, known: Known, classes: Groups) -> Numbers:
    journeys = start.copy()
    for _ in range(ROUNDS):
        _agree(journeys, known, classes)
    return journeys


def _agree(journeys: Numbers, known: Known, classes: Groups) -> None:
    """Scale the matrix to each thing known, once."""
    _scale(journeys, classes, known.distances)
    journeys *= known.end / journeys.sum(axis=0)
    journeys *= (known.begin / journeys.sum(axis=1))[:, None]


def _scale(journeys: Numbers, groups: Groups, shares: Numbers) -> None:
    """Scale each group of pairs to its share; a group without one is left as it is."""
    have = np.bincount(groups.ravel(), journeys.ravel(), len(shares))
    factors = np.where(shares > 0, shares / np.maximum(have, LEAST), 1.0)
    journeys *= factors[groups]


def _start(facts: Facts, places: Places) -> Numbers:
    airports = places.among(*FROM_TO_AIRPORTS.values())
    outside = ~places.among("Manhattan")
    steepness = np.where(outside[:, None] & outside, FALL_OFF_OUTSIDE, FALL_OFF)
    nearness = 1 / (1 + (places.miles / FALL_OFF_MILES) ** 2)
    start: Numbers = np.where(airports[:, None] | airports, np.sqrt(nearness), nearness**steepness)
    place = {zone.id: index for index, zone in enumerate(places.zones)}
    for (begin, end), factor in facts.busy_pairs.items():
        start[place[begin], place[end]] *= factor
    return start


def _known(facts: Facts, places: Places, part: int) -> Known:
    shares = [facts.zone_shares[zone.id] for zone in places.zones]
    begin = np.array([zone.begin[part] for zone in shares])
    end = np.array([zone.end[part] for zone in shares])
    distances = [0.0] + [distance.shares[part] for distance in facts.distances]
    return Known(begin / begin.sum(), end / end.sum(), np.array(distances))


def _mean(parts: Sequence[Known], weights: Numbers) -> Known:
    begin = sum((part.begin * weight for part, weight in zip(parts, weights, strict=True)), start=np.zeros(1))
    end = sum((part.end * weight for part, weight in zip(parts, weights, strict=True)), start=np.zeros(1))
    distances = sum(
        (part.distances * weight for part, weight in zip(parts, weights, strict=True)), start=np.zeros(1)
    )
    return Known(begin, end, distances)


def _distance_classes(facts: Facts, places: Places) -> Groups:
    limits = [distance.miles for distance in facts.distances][1:]
    classes = np.searchsorted(limits, places.miles, side="right") + 1
    airports = places.among(*FROM_TO_AIRPORTS.values())
    classes[airports[:, None] | airports] = 0
    return classes


def _districts(facts: Facts, places: Places) -> tuple[Groups, Numbers]:
    names, index = np.unique(places.districts, return_inverse=True)
    shares = [facts.district_pairs.get((str(begin), str(end)), 0.0) for begin in names for end in names]
    return index[:, None] * len(names) + index, np.array(shares)
