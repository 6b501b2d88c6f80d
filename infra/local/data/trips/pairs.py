"""Drawing the two zones of each trip, with the regions of the city as busy as they were on that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from infra.local.data.facts import REGIONS, CalendarDay, Facts
from infra.local.data.trips.columns import Bits, Numbers, Rows, Whole
from infra.local.data.trips.dice import BITS
from infra.local.data.trips.flows import fit_flows
from infra.local.data.trips.kinds import (
    KINDS,
    REGION_OF_KIND,
    from_city_to_airports,
    kinds_by_hour,
    kinds_of_pairs,
)
from infra.local.data.trips.places import AIRPORTS, Places
from infra.local.data.trips.tables import entries

KindTables = npt.NDArray[np.uint8]
"""For each hour `BITS` kinds, each as often as it comes."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of zones by kind of trip, and how common each kind is.

    `tables` holds for each part of the day and kind 65,536 pairs (begin × zones + end), each as often as it should
    come. `kinds` are the shares of the kinds by weekday and hour.
    """

    tables: npt.NDArray[np.int32]
    kinds: Numbers
    airport_months: Mapping[int, float]

    def draw(self, part: int, kinds: KindTables, counts: Whole, kind_bits: Bits, pair_bits: Bits) -> Rows:
        """Pairs of the kinds that `kinds_of` gives for hours of this part of the day, so many for each hour."""
        by_hour = np.split(kind_bits, np.cumsum(counts)[:-1])
        kind = np.concatenate([table[bits] for table, bits in zip(kinds, by_hour, strict=True)])
        pairs: Rows = self.tables[part].ravel()[kind.astype(np.intp) * BITS + pair_bits].astype(np.intp)
        return pairs

    def kinds_of(self, day: CalendarDay, weekday: int, hours: Numbers) -> KindTables:
        """The tables of kinds of the day's hours; airports and streets keep the hours of this weekday.

        `hours` are the shares of the hours in the trips of this day: all of it together gets the regions' shares.
        """
        whole_day = (self.kinds[weekday] * hours[:, None]).sum(axis=0)
        factors = (day.regions / np.bincount(REGION_OF_KIND, whole_day, len(REGIONS)))[REGION_OF_KIND]
        factors[from_city_to_airports()] *= self.airport_months[day.day.month]
        counts = entries(self.kinds[weekday] * factors, BITS)
        codes = np.tile(np.arange(KINDS, dtype=np.uint8), len(counts))
        return np.repeat(codes, counts.ravel()).reshape(len(counts), BITS)


def build_pairs(facts: Facts, places: Places) -> Pairs:
    """Fit the journeys between zones, and lay them out for drawing."""
    kind = kinds_of_pairs(places)
    flows = fit_flows(facts, places)
    shares = np.array([np.bincount(kind.ravel(), flow.ravel(), KINDS) for flow in flows])
    tables = np.array([[_laid_out(flow, kind == one) for one in range(KINDS)] for flow in flows])
    return Pairs(tables, kinds_by_hour(facts, shares), _airport_months(facts))


def _laid_out(flow: Numbers, chosen: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
    pairs = np.flatnonzero(chosen).astype(np.int32)
    return np.repeat(pairs, entries(flow.ravel()[pairs], BITS))


def _airport_months(facts: Facts) -> dict[int, float]:
    """How much more common trips to the airports are in a month than in the year.

    Half as changeable as those from the airports, which were counted.
    """
    year = _airport_share(facts.calendar)
    by_month = {month: [day for day in facts.calendar if day.day.month == month] for month in facts.months}
    return {month: (1 + _airport_share(days) / year) / 2 for month, days in by_month.items()}


def _airport_share(days: Sequence[CalendarDay]) -> float:
    begun = sum(day.trips * day.regions[AIRPORTS] for day in days)
    return begun / sum(day.trips for day in days)
