"""The two vendors of the equipment in the cars: what is wrong with records depends on whose they are."""

from __future__ import annotations

from infra.local.data.trips.columns import Rows, TripColumns
from infra.local.data.trips.dice import Dice

VENDOR_1, VENDOR_2 = 1, 2
SHARES = {VENDOR_1: 0.473, VENDOR_2: 0.527}
"""The share of all trips with the equipment of each vendor."""


def some_of(dice: Dice, trips: TripColumns, vendor: int, share: float) -> Rows:
    """The rows of about this share of all trips, every one of this vendor."""
    rows = dice.some(len(trips), share / SHARES[vendor])
    theirs: Rows = rows[trips.vendor[rows] == vendor]
    return theirs
