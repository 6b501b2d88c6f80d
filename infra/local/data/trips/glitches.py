"""The few absurd values that bend every careless average, planned over the whole year.

At full size some hundreds of odometers of millions of miles raise the raw mean distance from 2.97 to 13.1 miles. In
a sample chance would leave out most of them or take too many, so their number and their sum are planned, and only
where they fall is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from infra.local.data.trips.columns import Integers, Numbers, TripColumns

EXCESS_MILES_PER_TRIP = 10.13
ODOMETERS = 2.6e-6
ODOMETER_RANGE = (1e6, 1e7)
TOTALS = 1e-6
TOTAL_RANGE_CENTS = (100_000, 395_061_160)


@dataclass(frozen=True, slots=True)
class Glitches:
    """Absurd miles and absurd fares (cents) by the day whose trips get them."""

    miles: Mapping[date, Numbers]
    fares: Mapping[date, Numbers]

    def apply(self, day: date, trips: TripColumns) -> None:
        """Write the day's glitches over trips spread evenly over the day."""
        if not len(trips):
            return
        miles = self.miles.get(day, np.empty(0))
        trips.miles[_spread(len(miles), len(trips), 0.3)] = miles
        fares = self.fares.get(day, np.empty(0)).astype(np.int64)
        rows = _spread(len(fares), len(trips), 0.6)
        trips.total[rows] += fares - trips.fare[rows]
        trips.fare[rows] = fares


def plan_glitches(counts: Mapping[date, int], seed: int) -> Glitches:
    """Spread the year's absurd values over its days, as many to a day as its trips deserve."""
    trips = sum(counts.values())
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(0,)))
    odometers = _between(*ODOMETER_RANGE, max(1, round(trips * ODOMETERS)))
    odometers *= EXCESS_MILES_PER_TRIP * trips / odometers.sum()
    totals = _between(*TOTAL_RANGE_CENTS, max(1, round(trips * TOTALS)))
    return Glitches(_over_days(rng, counts, np.round(odometers, 1)), _over_days(rng, counts, totals))


def _between(lowest: float, highest: float, count: int) -> Numbers:
    """`count` values evenly spaced in their logarithm, the middles of equal steps."""
    steps = (np.arange(count) + 0.5) / count
    values: Numbers = lowest * (highest / lowest) ** steps
    return values


def _over_days(rng: np.random.Generator, counts: Mapping[date, int], values: Numbers) -> dict[date, Numbers]:
    days = list(counts)
    weights = np.array(list(counts.values()), dtype=float)
    chosen = rng.choice(len(days), len(values), p=weights / weights.sum())
    return {days[index]: values[chosen == index] for index in np.unique(chosen)}


def _spread(glitches: int, trips: int, offset: float) -> Integers:
    return ((np.arange(glitches) + offset) * trips / max(1, glitches)).astype(np.int64)
