"""Who rides and how they pay: passengers and payment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from infra.local.data.facts import Facts
from infra.local.data.trips.columns import CARD, CASH, Bits, Codes, Reals, Rows, Whole
from infra.local.data.trips.dice import BITS
from infra.local.data.trips.places import OTHER, Places
from infra.local.data.trips.tables import choices

PASSENGERS = (
    {0: 0.0005, 1: 0.8070, 2: 0.1390, 3: 0.0355, 4: 0.0170, 5: 0.0010, 6: 0.0001},
    {0: 8e-5, 1: 0.6144, 2: 0.1466, 3: 0.0477, 4: 0.0234, 5: 0.1016, 6: 0.0661},
)
"""Passengers as typed in by the driver, with the equipment of vendor 1 and of vendor 2."""
CARD_BY_MILES = {0: 0.32, 1: 0.543, 100: 0.629, 200: 0.675}
"""From so many hundredths of a mile on."""
CARD_BY_PART = (0.62, 0.628, 0.61, 0.633, 0.664)
CARD_OVERALL = 0.626
CARD_ELSEWHERE = 0.82
"""How much rarer cards are where a trip begins outside Manhattan and the airports."""


@dataclass(frozen=True, slots=True)
class Riders:
    """Tables of passengers by vendor, and of the chance of a card by hundredths of a mile and by pair of zones."""

    passengers: Codes
    card_by_miles: Reals
    card_by_pair: Reals
    card_by_month: Mapping[int, float]

    def typed_passengers(self, vendor: Codes, bits: Bits) -> Codes:
        """The number of passengers that the driver typed in."""
        passengers: Codes = self.passengers[(vendor.astype(np.intp) - 1) * BITS + bits]
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
    by_begin = np.where(places.regions == OTHER, CARD_ELSEWHERE, 1.0).astype(np.float32)
    return Riders(
        passengers=np.concatenate([choices(table) for table in PASSENGERS]),
        card_by_miles=by_step[np.searchsorted(steps, np.arange(steps[-1] + 1), side="right") - 1],
        card_by_pair=np.repeat(by_begin, len(places.ids)),
        card_by_month={number: month.card for number, month in facts.months.items()},
    )
