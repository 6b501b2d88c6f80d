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

from infra.local.data.trips.columns import Numbers, Rows, TripColumns, Whole
from infra.local.data.trips.dice import Dice

EXCESS_MILES_PER_TRIP = 10.17
ODOMETERS = 2.6e-6
ODOMETER_RANGE = (1e6, 1e7)
TOTALS = 1e-6
TOTAL_RANGE_CENTS = (100_000, 395_061_160)


@dataclass(frozen=True, slots=True)
class Glitches:
    """Absurd distances (hundredths of a mile) and fares (cents) by the day whose trips get them."""

    miles: Mapping[date, Whole]
    fares: Mapping[date, Whole]

    def apply(self, day: date, trips: TripColumns) -> None:
        """Write the day's glitches over trips spread evenly over the day."""
        if not len(trips):
            return
        nothing = np.empty(0, dtype=np.int32)
        miles = self.miles.get(day, nothing)
        trips.miles[_spread(len(miles), len(trips), 0.3)] = miles
        fares = self.fares.get(day, nothing)
        rows = _spread(len(fares), len(trips), 0.6)
        trips.total[rows] += fares - trips.fare[rows]
        trips.fare[rows] = fares


def plan_glitches(counts: Mapping[date, int], seed: int) -> Glitches:
    """Spread the year's absurd values over its days, as many to a day as its trips deserve."""
    trips = sum(counts.values())
    dice = Dice(seed)
    odometers = _between(*ODOMETER_RANGE, max(1, round(trips * ODOMETERS)))
    odometers *= EXCESS_MILES_PER_TRIP * trips / odometers.sum()
    totals = _between(*TOTAL_RANGE_CENTS, max(1, round(trips * TOTALS)))
    # Whole tenths of a mile: they are the same on every machine, whatever its powers.
    return Glitches(
        _over_days(dice, counts, np.rint(odometers * 10) * 10), _over_days(dice, counts, np.rint(totals))
    )


def _between(lowest: float, highest: float, count: int) -> Numbers:
    """`count` values evenly spaced in their logarithm, the middles of equal steps."""
    steps = (np.arange(count) + 0.5) / count
    values: Numbers = lowest * (highest / lowest) ** steps
    return values


def _over_days(dice: Dice, counts: Mapping[date, int], values: Numbers) -> dict[date, Whole]:
    days = list(counts)
    ends = np.cumsum(list(counts.values()))
    chosen = np.searchsorted(ends, dice.between(0, max(int(ends[-1]), 1), len(values)), side="right")
    whole = values.astype(np.int32)
    return {days[index]: whole[chosen == index] for index in np.unique(chosen)}


def _spread(glitches: int, trips: int, offset: float) -> Rows:
    return ((np.arange(glitches) + offset) * trips / max(1, glitches)).astype(np.intp)
