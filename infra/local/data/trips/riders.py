"""Who rides and how they pay: passengers, payment and tips, each with the habits of its vendor's equipment."""

from __future__ import annotations

from datetime import date

import numpy as np

from infra.local.data.trips.choices import draw, draw_by_vendor
from infra.local.data.trips.columns import CARD, CASH, DISPUTE, NO_CHARGE, Flags, Integers, Numbers

PASSENGERS = {
    1: {0: 0.0005, 1: 0.8070, 2: 0.1390, 3: 0.0355, 4: 0.0170, 5: 0.0010, 6: 0.0001},
    2: {
        0: 8e-5,
        1: 0.6144,
        2: 0.1466,
        3: 0.0477,
        4: 0.0234,
        5: 0.1016,
        6: 0.0661,
        7: 3e-6,
        8: 2.3e-6,
        9: 2.2e-6,
    },
}
NOT_CARD = {CASH: 0.3653, NO_CHARGE: 0.0044, DISPUTE: 0.0011}
CARD_BY_MILES = ((0.0, 1.0, 2.0), (0.543, 0.629, 0.675))
CARD_BY_HOUR = np.repeat([0.62, 0.628, 0.61, 0.633, 0.664], [6, 4, 6, 4, 4])
CARD_OVERALL = 0.629
CARD_ELSEWHERE = 0.82
"""How much rarer cards are where a trip begins outside Manhattan and the airports."""
BASE_CHANGES = date(2015, 1, 21)
TIPS = {
    1: {
        0: 0.025,
        20: 0.46,
        25: 0.062,
        30: 0.012,
        -100: 0.130,
        -200: 0.064,
        -150: 0.033,
        -300: 0.020,
        -1: 0.194,
    },
    2: {
        0: 0.043,
        20: 0.49,
        25: 0.080,
        30: 0.030,
        -100: 0.120,
        -200: 0.060,
        -150: 0.032,
        -300: 0.018,
        -1: 0.127,
    },
}
"""How a card is tipped: 0, a button of so many per cent, minus so many cents, or (-1) any share of the fare."""
ANY_SHARE = -1
SMALL_FARE = 2000
"""Up to this fare (cents) people leave a dollar or two; above it they press a button."""


def draw_passengers(rng: np.random.Generator, vendor: Integers) -> Integers:
    """The number of passengers that the driver typed in."""
    return draw_by_vendor(rng, vendor, PASSENGERS)


def draw_payments(
    rng: np.random.Generator, miles: Numbers, hours: Integers, elsewhere: Flags, month_card: float
) -> Integers:
    """The payment type of each trip; `month_card` is the share of cards in its month."""
    steps, shares = CARD_BY_MILES
    card = np.array(shares)[np.searchsorted(np.array(steps), miles, side="right") - 1]
    card *= CARD_BY_HOUR[hours] / CARD_OVERALL * month_card / CARD_OVERALL
    card[elsewhere] *= CARD_ELSEWHERE
    paid_by_card = rng.random(len(miles), dtype=np.float32) < card
    return np.where(paid_by_card, CARD, draw(rng, len(miles), NOT_CARD))


def draw_tips(
    rng: np.random.Generator,
    day: date,
    vendor: Integers,
    payment: Integers,
    fare_and_extra: Integers,
    other_charges: Integers,
) -> Integers:
    """The recorded tips in cents: cards only, by the buttons of the vendor's screen or as the rider typed."""
    count = len(vendor)
    ways = draw_by_vendor(rng, vendor, TIPS)
    ways[(ways < ANY_SHARE) & (fare_and_extra > SMALL_FARE)] = 20
    base = fare_and_extra + other_charges
    if day < BASE_CHANGES:
        base = np.where(vendor == 2, fare_and_extra, base)
    any_share = np.round(fare_and_extra * rng.uniform(0.10, 0.30, count) / 10) * 10
    tips = np.where(ways >= 0, np.round(base * ways / 100), np.where(ways == ANY_SHARE, any_share, -ways))
    return np.where(payment == CARD, tips, 0).astype(np.int64)
