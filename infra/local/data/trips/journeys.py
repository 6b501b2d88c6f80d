"""The trips of one part of a day, as honest equipment would record them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from infra.local.data.trips.columns import Codes, Reals, TripColumns, Whole
from infra.local.data.trips.dice import BITS, Dice
from infra.local.data.trips.hours import CLOCKS_BACK
from infra.local.data.trips.meter import JFK, MTA_TAX, NEWARK, SURCHARGE, Meter, extra_due
from infra.local.data.trips.pairs import KindTables, Pairs
from infra.local.data.trips.pickups import HOUR, draw_seconds, dropoff_times
from infra.local.data.trips.riders import Riders
from infra.local.data.trips.roads import Roads
from infra.local.data.trips.tips import TipHabits
from infra.local.data.trips.vendors import SHARES, VENDOR_1

STUBS = 0.0068
"""The share of trips that end within a minute: the meter was started by mistake, or the rider got out."""
STUBS_AT_ONCE, STUBS_STILL_LONG = 0.38, 0.05
"""Of these, the shares that have gone no distance at all, and that show a whole trip's."""
SECOND_PASS = 0.5
NEVER = np.zeros(1, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The hours of one part of a day from `first` on.

    For each hour: `counts` of trips, the middle speed in `mph`, how pickups rise within it, and the `kinds` of trips.
    """

    day: date
    part: int
    first: int
    counts: Whole
    mph: Reals
    rises: Reals
    kinds: KindTables


@dataclass(frozen=True, slots=True)
class City:
    """Everything that journeys are drawn from; `begin` and `end` are the ids of the zones of each pair."""

    begin: Codes
    end: Codes
    pairs: Pairs
    roads: Roads
    meter: Meter
    riders: Riders
    tips: TipHabits


def drive(dice: Dice, city: City, stretch: Stretch, trips: TripColumns) -> None:
    """Fill the columns of trips that begin in this stretch."""
    day, part = stretch.day, stretch.part
    kind, pair, vendor, way, pace, riders, pay, fare, tip = dice.rolls(9, len(trips))
    pairs = city.pairs.draw(part, stretch.kinds, stretch.counts, kind, pair)
    trips.pickup_zone[:] = city.begin[pairs]
    trips.dropoff_zone[:] = city.end[pairs]
    trips.vendor[:] = 2 - (vendor < SHARES[VENDOR_1] * BITS).astype(np.int16)
    miles = city.roads.miles(day.month, pairs, way)
    seconds = city.roads.seconds(miles, np.repeat(stretch.mph, stretch.counts), pace)
    _cut_short(dice, miles, seconds)
    trips.miles[:] = _as_metered(miles, trips.vendor)
    _clock(dice, stretch, seconds, trips)
    trips.passengers[:] = city.riders.typed_passengers(trips.vendor, riders)
    trips.payment[:] = city.riders.payments(day.month, part, pairs, miles, pay)
    trips.rate[:] = city.meter.rates[pairs]
    trips.fare[:] = city.meter.fares(miles, seconds, trips.rate, fare)
    trips.tolls[:] = city.meter.paid_tolls(dice, day, pairs, trips.rate)
    _charge(stretch, trips)
    trips.tip[:] = city.tips.draw(dice, day, trips, tip)


def _cut_short(dice: Dice, miles: Whole, seconds: Whole) -> None:
    stubs = dice.some(len(miles), STUBS)
    seconds[stubs] = dice.between(0, 60, len(stubs)) * dice.between(0, 60, len(stubs)) // 60
    long = dice.first(stubs, STUBS_STILL_LONG)
    short = stubs[len(long) :]
    miles[short] = 2 + seconds[short] * dice.between(0, 50, len(short)) // 100
    miles[dice.first(short, STUBS_AT_ONCE)] = 0


def _as_metered(miles: Whole, vendor: Codes) -> Whole:
    """The distance as the meter writes it: vendor 1 with one decimal, vendor 2 with two."""
    return np.where(vendor == 1, (miles + 5) // 10 * 10, miles)


def _clock(dice: Dice, stretch: Stretch, seconds: Whole, trips: TripColumns) -> None:
    midnight = np.int32((stretch.day - date(1970, 1, 1)).days * 24 * HOUR)
    pickups = draw_seconds(dice.shares(len(trips)), stretch.counts, stretch.rises)
    pickups += np.int32(stretch.first * HOUR)
    second_pass = dice.shares(len(trips)) < SECOND_PASS if stretch.day == CLOCKS_BACK else NEVER
    np.add(pickups, midnight, out=trips.pickup)
    np.add(dropoff_times(stretch.day, pickups, seconds, second_pass), midnight, out=trips.dropoff)


def _charge(stretch: Stretch, trips: TripColumns) -> None:
    due = [extra_due(stretch.day, stretch.first + place) for place in range(len(stretch.counts))]
    trips.extra[:] = np.repeat(np.array(due, dtype=np.int32), stretch.counts)
    trips.extra[trips.rate == JFK] = 0
    trips.tax[:] = MTA_TAX
    trips.tax[trips.rate == NEWARK] = 0
    trips.surcharge[:] = SURCHARGE
    trips.add_up()
