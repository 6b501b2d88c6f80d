"""How common each kind of trip is in each hour of the week: by where it begins, and where it leads.

Airports keep hours of their own. Flights leave and land by the clock, however busy the city is: of the trips at five
in the morning one in eight leads to an airport, of those at midnight hardly any. The other boroughs are where people
go home to, the later the more.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from infra.local.data.facts import Facts
from infra.local.data.trips.columns import Flags, Numbers
from infra.local.data.trips.hours import PART_OF_HOUR
from infra.local.data.trips.places import (
    AIRPORTS,
    CENTRE,
    JFK_ZONE,
    LAGUARDIA_ZONE,
    NEWARK_ZONE,
    OTHER,
    UPTOWN,
    Places,
)

FROM_LAGUARDIA, FROM_JFK = AIRPORTS, 4
REGION_OF_BEGIN = np.array([CENTRE, UPTOWN, AIRPORTS, OTHER, AIRPORTS])
"""Trips begin in one of the four regions, the one of the airports split in two."""
TO_MANHATTAN, TO_BOROUGHS, TO_JFK, TO_LAGUARDIA, TO_NEWARK = range(5)
BEGINS, ENDS = len(REGION_OF_BEGIN), 5
KINDS = BEGINS * ENDS
REGION_OF_KIND = np.repeat(REGION_OF_BEGIN, ENDS)
FROM_AIRPORTS = {"from_jfk": FROM_JFK, "from_laguardia": FROM_LAGUARDIA}
TO_AIRPORTS = {"to_jfk": TO_JFK, "to_laguardia": TO_LAGUARDIA, "to_newark": TO_NEWARK}
"""By the names of their columns among the facts."""


def kinds_of_pairs(places: Places) -> npt.NDArray[np.intp]:
    """The kind of each pair of zones, a matrix of begin by end."""
    begin = np.where(places.ids == JFK_ZONE, FROM_JFK, places.regions).astype(np.intp)
    end = np.where(places.among("Manhattan"), TO_MANHATTAN, TO_BOROUGHS).astype(np.intp)
    for kind, zone in ((TO_JFK, JFK_ZONE), (TO_LAGUARDIA, LAGUARDIA_ZONE), (TO_NEWARK, NEWARK_ZONE)):
        end[places.ids == zone] = kind
    return begin[:, None] * ENDS + end


def from_city_to_airports() -> Flags:
    """Marks the kinds that lead from the city to an airport."""
    marks: Flags = (REGION_OF_KIND != AIRPORTS) & np.isin(np.arange(KINDS) % ENDS, list(TO_AIRPORTS.values()))
    return marks


def kinds_by_hour(facts: Facts, by_part: Numbers) -> Numbers:
    """The shares of the kinds in each hour of the week: weekday by hour by kind.

    `by_part` are their shares in each part of the day. The kinds that are known by the hour get what is known; the
    others share the rest as they do in their part.
    """
    part = by_part.reshape(-1, BEGINS, ENDS)[list(PART_OF_HOUR)]
    factors = _factors(facts, part)
    known = (factors != 1).any(axis=(0, 1))
    kinds = part * factors
    left = 1 - kinds[:, :, known].sum(axis=2)
    kinds[:, :, ~known] *= (left / kinds[:, :, ~known].sum(axis=2))[:, :, None]
    return kinds.reshape(7, 24, KINDS)


def _factors(facts: Facts, part: Numbers) -> Numbers:
    """By weekday, hour, begin and end how much more common trips are than in their part of the day."""
    week = np.array([[facts.hours[weekday, hour].share for hour in range(24)] for weekday in range(7)])
    calm = week.mean(axis=0) / week
    factors = np.ones((7, *part.shape))
    for column, end in TO_AIRPORTS.items():
        known = calm * np.array(facts.ways_by_hour[column])
        factors[:, :, :, end] = (known / part[:, :, end].sum(axis=1))[:, :, None]
    for column, begin in FROM_AIRPORTS.items():
        known = calm * np.array(facts.ways_by_hour[column])
        factors[:, :, begin, :] = (known / part[:, begin].sum(axis=1))[:, :, None]
    manhattan = [CENTRE, UPTOWN]
    leaving = np.array(facts.ways_by_hour["to_boroughs"]) / part[:, manhattan, TO_BOROUGHS].sum(axis=1)
    factors[:, :, manhattan, TO_BOROUGHS] = leaving[:, None]
    return factors
