"""Bills that are not the tariff's: rare rates, agreed fares, unpaid and paid back trips, slips of the meter."""

from __future__ import annotations

from datetime import date

import numpy as np

from infra.local.data.trips.columns import CASH, DISPUTE, NO_CHARGE, Rows, TripColumns
from infra.local.data.trips.dice import BITS, Dice
from infra.local.data.trips.meter import (
    BIG_BRIDGES,
    FIRST_FARE,
    GROUP,
    JFK,
    MTA_TAX,
    NASSAU,
    NEGOTIATED,
    RUSH,
    STANDARD,
    UNIT,
    UNKNOWN_RATE,
)
from infra.local.data.trips.places import JFK_ZONE
from infra.local.data.trips.tables import choices
from infra.local.data.trips.vendors import SHARES, VENDOR_1, VENDOR_2, some_of

AGREED_STILL, AGREED_DRIVEN = 0.0020, 0.0017
"""Trips at an agreed fare: the meter was started and stopped on the spot, or they were driven."""
AGREED_FROM, SO_FAR, AGREED_OUTSIDE = 300, 0.27, 0.65
"""Driven ones are longer than so many hundredths of a mile, as this share of all trips is; most leave the city."""
STILL_WITH_TOLL, DRIVEN_WITH_TOLL = 0.12, 0.5
AGREED_WITH_TAX = 0.5
"""Of the agreed fares of vendor 2; vendor 1 never adds the tax."""
AGREED = choices(
    {4500: 8, 6000: 10, 2000: 8, 5000: 8, 7000: 8, 8000: 8, 1500: 5, 3500: 6, 2500: 5, 9000: 4}
    | {10000: 3, 12000: 3, 15000: 3, 0: 13}
)
DEAR_TOLLS = choices(BIG_BRIDGES)
NO_SURCHARGE = 0.35
"""Of the agreed fares of nothing, the share that has not even the surcharge."""
TO_NASSAU, NASSAU_FROM, SO_LONG = 0.0008, 1000, 0.04
"""Trips to the next county; they are longer than so many hundredths of a mile, as this share of all trips is."""
RARE_RATES = {GROUP: 3e-5, UNKNOWN_RATE: 4e-5}
FLAT_STILL, FLAT_TO_JFK = 0.0007, 0.0077
"""Trips at the flat rate to JFK that were stopped on the spot, and as many as there are of all that lead there."""
ODD_EXTRA = 0.008
TWENTY_CENTS_MORE = 0.0025
"""Fares of vendor 1 that are no multiple of 50 cents."""
UNPAID = {NO_CHARGE: 0.0091, DISPUTE: 0.0019}
"""Of vendor 1's trips, the shares that were not paid; taken from those without a card. Vendor 2 pays fares back."""
WITHOUT_CARD = 0.37
PAID_BACK, PAID_BACK_AGREED, PAID_BACK_UNCHARGED = 0.00042, 0.45, 0.43
SURCHARGE_NOT_BACK_UNTIL = date(2015, 2, 15)
"""Until then the surcharge of a fare paid back has no minus sign, though the total counts it as paid back."""


def change_rates(dice: Dice, trips: TripColumns, outside: int) -> None:
    """Give some trips a rare rate code; `outside` is the zone that stands for what lies outside the city."""
    for rate, share in RARE_RATES.items():
        trips.rate[dice.some(len(trips), share)] = rate
    far = dice.some(len(trips), TO_NASSAU / SO_LONG)
    far = far[(trips.miles[far] > NASSAU_FROM) & (trips.rate[far] == STANDARD)]
    trips.rate[far] = NASSAU
    trips.fare[far] = trips.fare[far] * 3 // (2 * UNIT) * UNIT
    trips.dropoff_zone[far] = outside
    flat = dice.some(len(trips), FLAT_STILL / FLAT_TO_JFK)
    flat = flat[(trips.rate[flat] == JFK) & (trips.dropoff_zone[flat] == JFK_ZONE)]
    _stop_at_once(dice, trips, flat)
    _drive_at_agreed_fares(dice, trips, outside)
    still = dice.some(len(trips), AGREED_STILL)
    _agree_on_fares(dice, trips, still, STILL_WITH_TOLL)
    _stop_at_once(dice, trips, still)


def spoil_bills(dice: Dice, trips: TripColumns) -> None:
    """Let some bills differ from the tariff, and some stay unpaid; totals are not added up here."""
    odd = dice.some(len(trips), ODD_EXTRA)
    odd = odd[trips.rate[odd] == STANDARD]
    trips.extra[odd] = np.where(trips.extra[odd] == 0, RUSH, trips.extra[odd] - UNIT)
    dearer = some_of(dice, trips, VENDOR_1, TWENTY_CENTS_MORE)
    trips.fare[dearer[trips.rate[dearer] == STANDARD]] += 20
    for payment, share in UNPAID.items():
        rows = some_of(dice, trips, VENDOR_1, share * SHARES[VENDOR_1] / WITHOUT_CARD)
        trips.payment[rows[trips.payment[rows] == CASH]] = payment


def pay_back(dice: Dice, trips: TripColumns, day: date) -> None:
    """Write the amounts of some short trips with a minus sign, totals too: somebody complained."""
    rows = some_of(dice, trips, VENDOR_2, PAID_BACK)
    agreed = dice.first(rows, PAID_BACK_AGREED)
    _shorten(dice, trips, rows)
    _agree_on_fares(dice, trips, agreed, STILL_WITH_TOLL)
    _stop_at_once(dice, trips, agreed)
    trips.fare[rows] = np.maximum(trips.fare[rows], FIRST_FARE)
    uncharged = dice.bits(len(rows)) < PAID_BACK_UNCHARGED * BITS
    trips.payment[rows] = np.where(uncharged, NO_CHARGE, DISPUTE)
    trips.tip[rows] = trips.tolls[rows] = 0
    amounts = [trips.fare, trips.extra, trips.tax, trips.surcharge]
    trips.total[rows] = -np.sum([column[rows] for column in amounts], axis=0)
    for column in amounts[:3] if day <= SURCHARGE_NOT_BACK_UNTIL else amounts:
        column[rows] = -column[rows]


def _drive_at_agreed_fares(dice: Dice, trips: TripColumns, outside: int) -> None:
    rows = dice.some(len(trips), AGREED_DRIVEN / SO_FAR)
    rows = rows[(trips.miles[rows] > AGREED_FROM) & (trips.rate[rows] == STANDARD)]
    _agree_on_fares(dice, trips, rows, DRIVEN_WITH_TOLL)
    trips.dropoff_zone[dice.first(rows, AGREED_OUTSIDE)] = outside


def _agree_on_fares(dice: Dice, trips: TripColumns, rows: Rows, with_toll: float) -> None:
    """Fares agreed beforehand; this share of them pays a toll on top."""
    trips.rate[rows] = NEGOTIATED
    trips.fare[rows] = AGREED[dice.bits(len(rows))]
    trips.extra[rows] = trips.tolls[rows] = 0
    taxed = (trips.vendor[rows] == VENDOR_2) & (dice.bits(len(rows)) < AGREED_WITH_TAX * BITS)
    trips.tax[rows] = np.where(taxed, MTA_TAX, 0)
    tolled = dice.first(rows, with_toll)
    trips.tolls[tolled] = DEAR_TOLLS[dice.bits(len(tolled))]
    trips.surcharge[dice.first(rows[trips.fare[rows] == 0], NO_SURCHARGE)] = 0


def _stop_at_once(dice: Dice, trips: TripColumns, rows: Rows) -> None:
    trips.miles[rows] = 0
    trips.dropoff[rows] = trips.pickup[rows] + dice.between(1, 90, len(rows))
    trips.dropoff_zone[rows] = trips.pickup_zone[rows]


def _shorten(dice: Dice, trips: TripColumns, rows: Rows) -> None:
    trips.rate[rows] = STANDARD
    trips.miles[rows] = dice.between(5, 30, len(rows))
    trips.dropoff[rows] = trips.pickup[rows] + dice.between(20, 200, len(rows))
    trips.fare[rows] = FIRST_FARE + UNIT * dice.between(0, 3, len(rows))
    trips.dropoff_zone[rows] = trips.pickup_zone[rows]
