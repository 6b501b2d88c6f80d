"""What the meter charges: the tariff of 2015, in cents.

Source: NYC TLC, taxi fare of 2015: $2.50, then $0.50 for a fifth of a mile or a minute in slow traffic; $0.50 at
night, $1.00 in the weekday rush but not on legal holidays; $0.50 MTA tax; $0.30 improvement surcharge; $52 between
JFK and Manhattan; $17.50 on top to Newark. The meter adds up fifths of a mile and slow minutes as they come; which
of them a trip had is not known here, so that its fare is what fares of such miles and minutes were, give or take.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from infra.local.data.trips.columns import Bits, Codes, Reals, Rows, Whole
from infra.local.data.trips.dice import BITS, Dice
from infra.local.data.trips.places import Places
from infra.local.data.trips.tables import NORMAL_BITS, choices, normal

STANDARD, JFK, NEWARK, NASSAU, NEGOTIATED, GROUP, UNKNOWN_RATE = 1, 2, 3, 4, 5, 6, 99
UNIT = 50
FIRST_FARE = 250
FLAT_JFK = 5200
TO_NEWARK = 1750
MTA_TAX = 50
SURCHARGE = 30
NIGHT, RUSH = 50, 100
TOLL_RISES = date(2015, 3, 22)
DEAR_TOLL = 0.03
BIG_BRIDGES = {975: 5, 1175: 3, 1066: 2, 244: 2, 254: 2, 1600: 1}
LEGAL_HOLIDAYS = frozenset(
    date(2015, month, day)
    for month, day in (
        (1, 1),
        (1, 19),
        (2, 16),
        (5, 25),
        (7, 3),
        (9, 7),
        (10, 12),
        (11, 11),
        (11, 26),
        (12, 25),
    )
)
FARE_START, PER_HUNDREDTH, PER_SECOND, PER_SLOW_SECOND, FARE_SPREAD = 209.0, 2.15, 27.5 / 60, 16.2 / 60, 40.0
"""In cents, fitted to 12,500 trips at the standard rate: off by 31 cents in the mean, and by none at any distance."""
FLAT = {
    ("JFK", "Manhattan"): 0.976,
    ("Manhattan", "JFK"): 0.98,
    ("Queens", "Manhattan"): 0.12,
    ("Queens", "JFK"): 0.05,
    ("Brooklyn", "JFK"): 0.05,
    ("JFK", "Queens"): 0.014,
    ("Manhattan", "Queens"): 0.003,
}
"""How often drivers choose the flat rate: of 236 records that have it 8 begin elsewhere in Queens."""
TOLLS = {
    ("Manhattan", "Brooklyn"): 0.043,
    ("Brooklyn", "Manhattan"): 0.08,
    ("Manhattan", "Queens"): 0.13,
    ("Queens", "Manhattan"): 0.22,
    ("Manhattan", "Bronx"): 0.07,
    ("Manhattan", "LaGuardia"): 0.76,
    ("LaGuardia", "Manhattan"): 0.84,
    ("Manhattan", "JFK"): 0.66,
    ("JFK", "Manhattan"): 0.74,
}
TOLL_TO_NEWARK = 0.89
BRISK = 3.0
"""Seconds for a hundredth of a mile (12 miles per hour): what a trip takes beyond that is slow."""


@dataclass(frozen=True, slots=True)
class Meter:
    """For each pair of zones its rate code if it is not the flat one, and how many of `BITS` chances the flat one and a
    toll have; and how fares vary, in cents.
    """

    metered: Codes
    flat: Whole
    tolls: Whole
    spread: Reals
    dear_tolls: Codes

    def rates(self, dice: Dice, pairs: Rows) -> Codes:
        """The rate code that the driver chose for each trip."""
        return np.where(dice.bits(len(pairs)) < self.flat[pairs], np.int16(JFK), self.metered[pairs])

    def fares(self, miles: Whole, seconds: Whole, rates: Codes, bits: Bits) -> Whole:
        """The fare of each trip: the metered one in steps of 50 cents, or the flat one."""
        driven, under_way = miles.astype(np.float32), seconds.astype(np.float32)
        metered = driven * np.float32(PER_HUNDREDTH) + under_way * np.float32(PER_SECOND)
        metered += np.maximum(under_way - driven * np.float32(BRISK), 0) * np.float32(PER_SLOW_SECOND)
        metered += self.spread[bits >> (16 - NORMAL_BITS)]
        metered += np.float32(FARE_START)
        fares = np.rint(metered * np.float32(1 / UNIT)).astype(np.int32) * np.int32(UNIT)
        np.maximum(fares, FIRST_FARE, out=fares)
        fares[rates == JFK] = FLAT_JFK
        fares[rates == NEWARK] += TO_NEWARK
        return fares

    def paid_tolls(self, dice: Dice, day: date, pairs: Rows, rates: Codes) -> Whole:
        """The tolls of each trip: one tunnel or bridge of the city, or another crossing."""
        rows = np.flatnonzero(dice.bits(len(pairs)) < self.tolls[pairs])
        dear = (rates[rows] == NEWARK) | (dice.bits(len(rows)) < DEAR_TOLL * BITS)
        other = self.dear_tolls[dice.bits(len(rows))]
        tolls = np.zeros(len(pairs), dtype=np.int32)
        tolls[rows] = np.where(dear, other, 533 if day < TOLL_RISES else 554)
        return tolls


def build_meter(places: Places) -> Meter:
    """The tariff between these places. The chances of a toll are those of the TLC's records of 2015."""
    return Meter(
        metered=_metered_rates(places).ravel(),
        flat=_chances(places, FLAT).ravel(),
        tolls=_toll_chances(places).ravel(),
        spread=normal(FARE_SPREAD),
        dear_tolls=choices(BIG_BRIDGES),
    )


def extra_due(day: date, hour: int) -> int:
    """The night or rush-hour extra that the tariff asks for in this hour."""
    if hour >= 20 or hour < 6:
        return NIGHT
    working = day.weekday() < 5 and day not in LEGAL_HOLIDAYS
    return RUSH if working and hour >= 16 else 0


def _metered_rates(places: Places) -> Codes:
    newark = places.among("Newark")
    rates = np.full(places.miles.shape, STANDARD, dtype=np.int16)
    rates[:, newark] = NEWARK
    rates[np.ix_(newark, newark)] = STANDARD
    return rates


def _toll_chances(places: Places) -> Whole:
    chances = _chances(places, TOLLS)
    chances[:, places.among("Newark")] = round(TOLL_TO_NEWARK * BITS)
    return chances


def _chances(places: Places, ways: Mapping[tuple[str, str], float]) -> Whole:
    """Of `BITS` chances as many as each pair of zones has, for these ways between districts; others have none."""
    chances = places.by_way(ways, np.zeros(places.miles.shape))
    return np.rint(chances * BITS).astype(np.int32)
