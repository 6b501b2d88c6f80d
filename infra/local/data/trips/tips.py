"""Tips by card: the buttons of each vendor's screen, amounts that riders type, and bills that they round up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from infra.local.data.facts import Facts, Tips
from infra.local.data.trips.columns import CARD, Bits, Flags, Reals, Rows, TripColumns, Whole
from infra.local.data.trips.dice import BITS, Dice
from infra.local.data.trips.tables import entries
from infra.local.data.trips.vendors import VENDOR_2

OLD_BASE = {
    date(2015, 1, 1): 1.0,
    date(2015, 1, 20): 0.5,
    date(2015, 1, 22): 0.31,
    date(2015, 1, 29): 0.13,
    date(2015, 2, 11): 0.02,
    date(2015, 2, 18): 0.0,
}
"""From a day on, the share of vendor 2's screens whose buttons still counted from fare and extra alone.

Measured on 800 tips at the 20 % button: one car after the other changed over.
"""
TABLE_BITS = 14
CLASS_STEP = 100
"""Classes of fares begin at whole multiples of so many cents."""
FLOORED = 0.78
"""Of the buttons of vendor 1, the share that rounds down to five cents; all others round to the nearest cent."""
HALF_DOLLAR = 50
GENEROUS = (0.06, 0.34)
"""Who tips otherwise adds a share between these, and so much more that the total ends in whole half dollars."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to tip: `percent` of the bill rounded (`half` 50) or cut (0) to `step` cents, and `cents` on top."""

    percent: int = 0
    half: int = 50
    step: int = 1
    cents: int = 0


OTHERWISE, NO_TIP = 0, 1
_FIRST = (Way(), Way())


@dataclass(frozen=True, slots=True)
class TipHabits:
    """`ways` holds for each vendor and class of fares the ways to tip, each as often as it comes.

    `classes` has, for each vendor and multiple of `CLASS_STEP` of the fare, where its part of `ways` begins. The
    other arrays have the parameters of each way.
    """

    ways: npt.NDArray[np.uint8]
    classes: tuple[Rows, Rows]
    percent: Reals
    half: Reals
    step: Reals
    cents: Whole

    def draw(self, dice: Dice, day: date, trips: TripColumns, bits: Bits) -> Whole:
        """The recorded tips in cents for these trips, whose totals have no tip yet."""
        due = trips.total
        first = trips.vendor == 1
        by_fare = np.minimum(trips.fare // CLASS_STEP, len(self.classes[0]) - 1)
        table = np.where(first, self.classes[0][by_fare], self.classes[1][by_fare])
        ways = self.ways[table + (bits >> (16 - TABLE_BITS))]
        ways[trips.payment != CARD] = NO_TIP
        base = self._base(dice, day, trips)
        hundredths = base.astype(np.float32) * self.percent[ways] + self.half[ways]
        step = self.step[ways]
        tips = (np.floor(hundredths / (step * 100)) * step).astype(np.int32) + self.cents[ways]
        return self._rounded_up(dice, ways == OTHERWISE, due, tips)

    def _base(self, dice: Dice, day: date, trips: TripColumns) -> Whole:
        """What the buttons of the screens reckon from on this day."""
        old = OLD_BASE[max(start for start in OLD_BASE if start <= day)]
        if not old:
            return trips.total
        outdated = (trips.vendor == VENDOR_2) & (dice.bits(len(trips)) < old * BITS)
        return np.where(outdated, trips.fare + trips.extra, trips.total)

    def _rounded_up(self, dice: Dice, marks: Flags, due: Whole, tips: Whole) -> Whole:
        rows = np.flatnonzero(marks)
        least, most = GENEROUS
        shares = np.float32(least) + np.float32(most - least) * dice.shares(len(rows))
        wanted = due[rows].astype(np.float32) * (1 + shares)
        tips[rows] = np.ceil(wanted / HALF_DOLLAR).astype(np.int32) * HALF_DOLLAR - due[rows]
        return tips


def build_tip_habits(facts: Facts) -> TipHabits:
    """Lay out how riders tip."""
    numbers: dict[Way, int] = {}
    tables = [_table(tips, numbers) for tips in facts.tips]
    ways = (*_FIRST, *numbers)
    classes = tuple(_classes(facts.tips, vendor) for vendor in (1, 2))
    return TipHabits(
        ways=np.concatenate(tables),
        classes=(classes[0], classes[1]),
        percent=np.array([way.percent for way in ways], dtype=np.float32),
        half=np.array([way.half for way in ways], dtype=np.float32),
        step=np.array([way.step for way in ways], dtype=np.float32),
        cents=np.array([way.cents for way in ways], dtype=np.int32),
    )


def _table(tips: Tips, numbers: dict[Way, int]) -> npt.NDArray[np.uint8]:
    """A table of the numbers of ways; ways that are new get the next number."""
    weights = [tips.otherwise, tips.none]
    places = [OTHERWISE, NO_TIP]
    for way, weight in _ways(tips):
        places.append(numbers.setdefault(way, len(_FIRST) + len(numbers)))
        weights.append(weight)
    return np.repeat(np.array(places, dtype=np.uint8), entries(weights, 2**TABLE_BITS))


def _ways(tips: Tips) -> list[tuple[Way, float]]:
    floored = FLOORED if tips.vendor == 1 else 0.0
    ways = [(Way(cents=cents), share) for cents, share in tips.typed.items()]
    for percent, share in tips.buttons.items():
        ways.append((Way(percent), share * (1 - floored)))
        ways.append((Way(percent, half=0, step=5), share * floored))
    return ways


def _classes(tips: tuple[Tips, ...], vendor: int) -> Rows:
    """Where the table of each multiple of `CLASS_STEP` begins; a class of fares begins above its limit."""
    limits = [habit.above * 100 for habit in tips if habit.vendor == vendor]
    first = next(place for place, habit in enumerate(tips) if habit.vendor == vendor)
    fares = np.arange(0, limits[-1] + 2 * CLASS_STEP, CLASS_STEP)
    places: Rows = (first + np.maximum(np.searchsorted(limits, fares, side="left") - 1, 0)) << TABLE_BITS
    return places
