"""The trips of one part of a day, as honest equipment would record them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from infra.local.data.trips.columns import Codes, Reals, Rows, TripColumns, Whole
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
STUBS_STILL_LONG, STUBS_AT_HOME, STUBS_AT_ONCE = 0.05, 0.92, 0.38
"""Of these, the share that shows a whole trip's distance; of the others those that end in the zone where they began,
and that have gone no distance at all. What shows another trip's distance has not left its zone either.
"""
WAITS, LONGEST_WAIT = 0.0008, 720
"""The share of trips that have gone no distance in a minute or more: the car stood, so many seconds at most."""
SECOND_PASS = 0.5
NEVER = np.zeros(1, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The hours of one part of a day from `first` on, a `working` day or a free one.

    For each hour: `counts` of trips, the middle speed in `mph`, how pickups rise within it, and the `kinds` of trips.
    """

    day: date
    part: int
    first: int
    working: bool
    counts: Whole
    mph: Reals
    rises: Reals
    kinds: KindTables


@dataclass(frozen=True, slots=True)
class City:
    """Everything that journeys are drawn from.

    `begin` and `end` are the ids of the zones of each pair; `home` is the pair of its first zone with itself.
    """

    begin: Codes
    end: Codes
    home: Rows
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
    trips.vendor[:] = 2 - (vendor < SHARES[VENDOR_1] * BITS).astype(np.int16)
    miles = city.roads.miles(day.month, pairs, way)
    seconds = city.roads.seconds(part, pairs, miles, np.repeat(stretch.mph, stretch.counts), pace)
    at_home = np.concatenate([_cut_short(dice, trips.vendor, miles, seconds), _wait(dice, miles, seconds)])
    pairs[at_home] = city.home[pairs[at_home]]
    trips.pickup_zone[:] = city.begin[pairs]
    trips.dropoff_zone[:] = city.end[pairs]
    trips.miles[:] = _as_metered(miles, trips.vendor)
    _clock(dice, stretch, seconds, trips)
    trips.passengers[:] = city.riders.typed_passengers(part, stretch.working, trips.vendor, riders)
    trips.payment[:] = city.riders.payments(day.month, part, pairs, trips.miles, pay)
    trips.rate[:] = city.meter.rates(dice, pairs)
    trips.fare[:] = city.meter.fares(miles, seconds, trips.rate, fare)
    trips.tolls[:] = city.meter.paid_tolls(dice, day, pairs, trips.rate)
    _charge(stretch, trips)
    trips.tip[:] = city.tips.draw(dice, day, trips, tip)


def _cut_short(dice: Dice, vendor: Codes, miles: Whole, seconds: Whole) -> Rows:
    """Let some trips end within a minute; gives those that did not leave the zone where they began.

    Where no distance was gone, vendor 1 writes no time either.
    """
    stubs = dice.some(len(miles), STUBS)
    seconds[stubs] = dice.between(0, 60, len(stubs)) * dice.between(0, 60, len(stubs)) // 60
    long = dice.first(stubs, STUBS_STILL_LONG)
    short = stubs[len(long) :]
    miles[short] = 2 + seconds[short] * dice.between(0, 50, len(short)) // 100
    at_once = dice.first(short, STUBS_AT_ONCE)
    miles[at_once] = 0
    seconds[at_once[vendor[at_once] == VENDOR_1]] = 0
    return np.concatenate([long, dice.first(short, STUBS_AT_HOME)])


def _wait(dice: Dice, miles: Whole, seconds: Whole) -> Rows:
    """Let some trips stand where they began; gives their rows."""
    waits = dice.some(len(miles), WAITS)
    seconds[waits] = (
        60 + dice.between(0, LONGEST_WAIT - 60, len(waits)) * dice.between(0, 100, len(waits)) // 100
    )
    miles[waits] = 0
    return waits


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
