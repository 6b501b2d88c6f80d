"""Drawing the two zones of each trip, with the regions of the city as busy as they were on that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from infra.local.data.facts import CalendarDay, Facts
from infra.local.data.trips.columns import Bits, Numbers, Rows
from infra.local.data.trips.dice import BITS
from infra.local.data.trips.flows import fit_flows
from infra.local.data.trips.places import AIRPORTS, Places
from infra.local.data.trips.tables import entries

TO_AIRPORTS = 1.12
"""The sample has too few of them: with so many more the published percentiles of January's distances come out."""
KINDS = 8
"""Each of the four regions to begin in, times whether the trip leads to an airport."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of zones by kind of trip, and how common each kind is.

    `tables` holds for each part of the day and kind 65,536 pairs (begin × zones + end), each as often as it should
    come. `kinds` are the shares of the kinds in each part.
    """

    tables: npt.NDArray[np.int32]
    kinds: Numbers
    airport_months: Mapping[int, float]

    def draw(self, part: int, kinds: npt.NDArray[np.uint8], kind_bits: Bits, pair_bits: Bits) -> Rows:
        """Pairs of the kinds that `kinds_of` gives for the day and this part of it."""
        kind = kinds[kind_bits].astype(np.intp)
        pairs: Rows = self.tables[part].ravel()[kind * BITS + pair_bits].astype(np.intp)
        return pairs

    def kinds_of(self, day: CalendarDay, parts: Numbers) -> list[npt.NDArray[np.uint8]]:
        """For each part of the day a table of kinds, each as often as it comes.

        `parts` are the shares of the parts in the trips of this day: all of it together gets the regions' shares.
        """
        usual = (self.kinds * parts[:, None]).sum(axis=0).reshape(-1, 2).sum(axis=1)
        factors = np.repeat(day.regions / usual, 2)
        to_airport = np.arange(KINDS) % 2 == 1
        factors[to_airport & (np.arange(KINDS) // 2 != AIRPORTS)] *= self.airport_months[day.day.month]
        codes = np.arange(KINDS, dtype=np.uint8)
        return [np.repeat(codes, entries(kinds * factors, BITS)) for kinds in self.kinds]


def build_pairs(facts: Facts, places: Places) -> Pairs:
    """Fit the journeys between zones, and lay them out for drawing."""
    to_airport = places.regions == AIRPORTS
    kind = places.regions[:, None].astype(np.intp) * 2 + to_airport
    flows = fit_flows(facts, places)
    shares = np.array([np.bincount(kind.ravel(), flow.ravel(), KINDS) for flow in flows])
    tables = np.array([[_laid_out(flow, kind == one) for one in range(KINDS)] for flow in flows])
    return Pairs(tables, shares, _airport_months(facts))


def _laid_out(flow: Numbers, chosen: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
    pairs = np.flatnonzero(chosen).astype(np.int32)
    return np.repeat(pairs, entries(flow.ravel()[pairs], BITS))


def _airport_months(facts: Facts) -> dict[int, float]:
    """How much more common trips to the airports are in a month than in the sample.

    Half as changeable as those from the airports, which were counted.
    """
    year = _airport_share(facts.calendar)
    by_month = {month: [day for day in facts.calendar if day.day.month == month] for month in facts.months}
    return {month: TO_AIRPORTS * (1 + _airport_share(days) / year) / 2 for month, days in by_month.items()}


def _airport_share(days: Sequence[CalendarDay]) -> float:
    begun = sum(day.trips * day.regions[AIRPORTS] for day in days)
    return begun / sum(day.trips for day in days)
