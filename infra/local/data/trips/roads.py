"""How far and how long a trip is: tables made from what was driven between places so far apart, and how fast.

Avenues are fast and side streets slow, bridges make ways longer: pairs of zones that many trips link have a length
and a pace of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from infra.local.data.facts import LEVELS, Facts, Way
from infra.local.data.trips.columns import Bits, Numbers, Reals, Rows, Whole
from infra.local.data.trips.places import FROM_TO_AIRPORTS, Places
from infra.local.data.trips.tables import quantiles

WAY_BITS, PACE_BITS = 12, 10
PACE_STEPS = (*range(0, 200, 5), *range(200, 1000, 50), *range(1000, 4000, 200))
"""Hundredths of a mile from which on another table of paces is used; fine where most trips are."""
OWN_PACE = (0.3, 0.7, 1.0, 0.8, 0.6)
"""How much of its own pace a pair, or a day, shows in each part of the day: at night all streets are free."""
SECONDS_PER_HUNDREDTH = 36.0
"""At one mile per hour."""
MIDDLE_MONTH = 3
"""Its trips are as long as those of the year."""


@dataclass(frozen=True, slots=True)
class Roads:
    """Tables of distances and of paces.

    `straight` has, by month, hundredths of a mile for each pair of zones, and `way` where its table of `ways` begins;
    `own_pace` has, by part of the day, how much longer than usual a mile takes between the two zones; `step` has where
    the table of `paces` begins for each hundredth of a mile.
    """

    straight: Mapping[int, Reals]
    way: Rows
    ways: Reals
    own_pace: tuple[Reals, ...]
    step: Rows
    paces: Reals

    def miles(self, month: int, pairs: Rows, bits: Bits) -> Whole:
        """Hundredths of a mile driven between these pairs of zones."""
        factors = self.ways[self.way[pairs] + (bits >> (16 - WAY_BITS))]
        driven: Whole = np.rint(self.straight[month][pairs] * factors).astype(np.int32)
        np.maximum(driven, 1, out=driven)
        return driven

    def seconds(self, part: int, pairs: Rows, miles: Whole, mph: Reals, bits: Bits) -> Whole:
        """Seconds under way; `mph` are the middle speeds of their hours. Longer trips are faster and vary less."""
        step = self.step[np.minimum(miles, len(self.step) - 1)]
        paces = self.paces[step + (bits >> (16 - PACE_BITS))] * self.own_pace[part][pairs]
        driven: Whole = np.rint(miles.astype(np.float32) * paces / mph).astype(np.int32)
        np.maximum(driven, 1, out=driven)
        return driven

    def mean_log_paces(self, part: int, pairs: Rows) -> Numbers:
        """For each pair the mean logarithm of the time that a mile takes, as a multiple of that at the middle speed."""
        levels = np.arange(2 ** (WAY_BITS - 5), 2**WAY_BITS, 2 ** (WAY_BITS - 4))
        ways = self.ways[self.way[pairs][:, None] + levels]
        miles = np.rint(self.straight[MIDDLE_MONTH][pairs][:, None] * ways).astype(np.intp)
        step = self.step[np.minimum(miles, len(self.step) - 1)] >> PACE_BITS
        by_step = np.log(self.paces.reshape(-1, 2**PACE_BITS) / SECONDS_PER_HUNDREDTH).mean(axis=1)
        logs: Numbers = by_step[step].mean(axis=1) + np.log(self.own_pace[part][pairs])
        return logs


def build_roads(facts: Facts, places: Places) -> Roads:
    """Lay out the ways between each two zones and the paces for each distance."""
    kinds = {way.kind for way in facts.ways}
    ways = {kind: [way for way in facts.ways if way.kind == kind] for kind in sorted(kinds)}
    order = [way for kind in ways for way in ways[kind]]
    tables = [quantiles(LEVELS, way.factors, 2**WAY_BITS) for way in order]
    way = _way_of_pairs(places, ways)
    steps = np.searchsorted(PACE_STEPS, np.arange(PACE_STEPS[-1] + 1), side="right") - 1
    lengths = _of_pairs(places, {pair: route.length for pair, route in facts.routes.items()})
    paces = _of_pairs(places, {pair: route.pace for pair, route in facts.routes.items()}).ravel()
    return Roads(
        straight={n: _straight(places, lengths, month.length) for n, month in facts.months.items()},
        way=way.ravel() << WAY_BITS,
        ways=np.concatenate(tables),
        own_pace=tuple((1 + own * (paces - 1)).astype(np.float32) for own in OWN_PACE),
        step=steps << PACE_BITS,
        paces=_paces(facts),
    )


def _of_pairs(places: Places, known: Mapping[tuple[int, int], float]) -> Numbers:
    """A matrix of begin by end with what is known of pairs of ids of zones, and 1 for all others."""
    place = {int(zone): index for index, zone in enumerate(places.ids)}
    matrix = np.ones(places.miles.shape)
    for (begin, end), value in known.items():
        matrix[place[begin], place[end]] = value
    return matrix


def _straight(places: Places, lengths: Numbers, length: float) -> Reals:
    """Hundredths of a mile, `length` times what they are; but airports are as far away as ever.

    `lengths` are those of pairs: a longer way counts like more miles between its ends.
    """
    airports = places.among(*FROM_TO_AIRPORTS.values())
    stretched = np.where(airports[:, None] | airports, 1.0, length) * lengths
    hundredths: Reals = np.round(places.miles * stretched * 100, 4).astype(np.float32).ravel()
    return hundredths


def _way_of_pairs(places: Places, ways: dict[str, list[Way]]) -> Rows:
    """The place of each pair's way among all ways, taken in the order of `ways`."""
    kinds = _kinds(places)
    chosen = np.zeros(places.miles.shape, dtype=np.intp)
    first = 0
    for kind, classes in ways.items():
        marked = kinds == kind
        limits = [way.from_miles for way in classes][1:]
        chosen[marked] = first + np.searchsorted(limits, places.miles[marked], side="right")
        first += len(classes)
    return chosen


def _kinds(places: Places) -> npt.NDArray[np.str_]:
    districts = places.districts
    kinds = np.where(districts[:, None] == districts, "within", "across").astype("U9")
    for airport in reversed(FROM_TO_AIRPORTS.values()):
        touched = districts == airport
        kinds[touched[:, None] | touched] = airport
    return kinds


def _paces(facts: Facts) -> Reals:
    """For each step of distance a table of the seconds that a hundredth of a mile takes at one mile per hour."""
    middles = [speed.miles for speed in facts.speeds]
    factors = np.array([speed.factors for speed in facts.speeds])
    edges = np.array([*PACE_STEPS, PACE_STEPS[-1] + 200]) / 100
    steps = (edges[1:] + edges[:-1]) / 2
    by_level = np.array([np.interp(steps, middles, level) for level in factors.T])
    return np.concatenate([quantiles(LEVELS, SECONDS_PER_HUNDREDTH / s, 2**PACE_BITS) for s in by_level.T])
