"""Who rides and how they pay: passengers and payment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from infra.local.data.facts import Facts
from infra.local.data.trips.columns import CARD, CASH, Bits, Codes, Numbers, Reals, Rows, Whole
from infra.local.data.trips.dice import BITS
from infra.local.data.trips.hours import HOURS_OF_PART
from infra.local.data.trips.places import FROM_TO_AIRPORTS, Places
from infra.local.data.trips.tables import choices
from infra.local.data.trips.vendors import VENDOR_1, VENDOR_2

PASSENGERS = {
    VENDOR_1: {0: 0.0005, 1: 0.8070, 2: 0.1390, 3: 0.0355, 4: 0.0170, 5: 0.0010, 6: 0.0001},
    VENDOR_2: {0: 8e-5, 1: 0.6144, 2: 0.1466, 3: 0.0477, 4: 0.0234, 5: 0.1016, 6: 0.0661},
}
"""Passengers of the year as typed in by the driver, with the equipment of each vendor."""
COMPANY = {2, 3, 4}
"""So many ride together to go out, not to work. Five and six are as common at any hour."""
IN_COMPANY = {
    False: (0.245, 0.168, 0.218, 0.233, 0.238),
    True: (0.172, 0.130, 0.166, 0.198, 0.196),
}
"""The share of them by part of the day, on free and on working days: 21,500 records of NYC TLC, yellow taxis 2015."""
COMPANY_VARIES = {VENDOR_1: 1.6, VENDOR_2: 0.5}
"""How much of that shows with each vendor's equipment, by 13,000 of these records."""
CARD_BY_MILES = {0: 0.14, 1: 0.30, 10: 0.46, 50: 0.563, 100: 0.629, 200: 0.675, 400: 0.682, 800: 0.658}
"""From so many hundredths of a mile on, as the meter writes them."""
CARD_BY_PART = (0.62, 0.628, 0.61, 0.633, 0.664)
CARD_OVERALL = 0.626
CARD_ELSEWHERE = 0.82
"""How much rarer cards are where a trip begins outside Manhattan and the airports, if it is no way of these:"""
CARD_BY_WAY = {
    ("Manhattan", "Bronx"): 0.57,
    ("Manhattan", "Queens"): 0.95,
    ("Manhattan", "JFK"): 1.19,
    ("Manhattan", "LaGuardia"): 1.18,
    ("Manhattan", "Newark"): 1.19,
    ("JFK", "Manhattan"): 0.91,
    ("JFK", "Queens"): 0.60,
    ("JFK", "Bronx"): 0.60,
    ("LaGuardia", "Manhattan"): 1.15,
    ("LaGuardia", "Queens"): 0.75,
    ("LaGuardia", "Bronx"): 0.60,
    ("LaGuardia", "Brooklyn"): 1.08,
    ("Brooklyn", "Manhattan"): 1.11,
    ("Brooklyn", "Queens"): 0.55,
    ("Queens", "Manhattan"): 0.95,
    ("Queens", "Queens"): 0.54,
}
"""From 12,400 records of NYC TLC, yellow taxis 2015; of 15 (Newark) to 620 of each way, fewer drawn towards others."""


@dataclass(frozen=True, slots=True)
class Riders:
    """Tables of passengers, and of the chance of a card by hundredths of a mile and by pair of zones.

    `passengers` holds for free and for working days, each part of the day and each vendor `BITS` numbers.
    """

    passengers: npt.NDArray[np.int16]
    card_by_miles: Reals
    card_by_pair: Reals
    card_by_month: Mapping[int, float]

    def typed_passengers(self, part: int, working: bool, vendor: Codes, bits: Bits) -> Codes:
        """The number of passengers that the driver typed in, in this part of a working or a free day."""
        table = self.passengers[int(working), part]
        passengers: Codes = table[(vendor.astype(np.intp) - 1) * BITS + bits]
        return passengers

    def payments(self, month: int, part: int, pairs: Rows, miles: Whole, bits: Bits) -> Codes:
        """The payment type of each trip, card or cash, in this month and part of the day."""
        usual = CARD_BY_PART[part] / CARD_OVERALL * self.card_by_month[month] / CARD_OVERALL
        chances = (
            self.card_by_miles[np.minimum(miles, len(self.card_by_miles) - 1)] * self.card_by_pair[pairs]
        )
        by_card = bits < chances * np.float32(usual * BITS)
        payments: Codes = np.where(by_card, np.int16(CARD), np.int16(CASH))
        return payments


def build_riders(facts: Facts, places: Places) -> Riders:
    """Lay out the riders' habits."""
    steps = np.array(list(CARD_BY_MILES))
    by_step = np.array(list(CARD_BY_MILES.values()), dtype=np.float32)
    return Riders(
        passengers=_passengers(facts),
        card_by_miles=by_step[np.searchsorted(steps, np.arange(steps[-1] + 1), side="right") - 1],
        card_by_pair=_card_by_pair(places).ravel(),
        card_by_month={number: month.card for number, month in facts.months.items()},
    )


def _card_by_pair(places: Places) -> Reals:
    at_home = places.among("Manhattan", *FROM_TO_AIRPORTS.values())
    factors = np.where(at_home[:, None], np.ones(places.miles.shape), CARD_ELSEWHERE)
    return places.by_way(CARD_BY_WAY, factors).astype(np.float32)


def _passengers(facts: Facts) -> npt.NDArray[np.int16]:
    shares = np.array([IN_COMPANY[working] for working in (False, True)])
    deviations = shares / (shares * _trips(facts)).sum() - 1
    tables = [
        np.concatenate(
            [
                _with_company(usual, 1 + COMPANY_VARIES[vendor] * by_part)
                for vendor, usual in PASSENGERS.items()
            ]
        )
        for by_part in deviations.ravel()
    ]
    return np.array(tables).reshape(*shares.shape, -1)


def _with_company(usual: Mapping[int, float], factor: float) -> Codes:
    """A table where companies are so much more common than usual, at the cost of those who ride alone."""
    more = sum(share for passengers, share in usual.items() if passengers in COMPANY) * (factor - 1)
    changed = {key: share * factor if key in COMPANY else share for key, share in usual.items()}
    return choices(changed | {1: usual[1] - more})


def _trips(facts: Facts) -> Numbers:
    """The share of the year's trips in each part of the day, on free days (weekends, about) and on working days."""
    by_hour = np.array([[facts.hours[weekday, hour].share for hour in range(24)] for weekday in range(7)])
    by_part = np.array([by_hour[:, list(hours)].sum(axis=1) for hours in HOURS_OF_PART]).T
    shares: Numbers = np.array([by_part[5:].sum(axis=0), by_part[:5].sum(axis=0)]) / by_hour.sum()
    return shares
