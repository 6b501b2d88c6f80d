"""The columns of a day's trips while they are made."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

CARD, CASH, NO_CHARGE, DISPUTE = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class TripColumns:
    """Trips of one day in order of pickup, one array per column; the arrays may be changed, the columns not.

    Times are seconds since 1970 on New York's clock, distance is in miles, money in cents.
    """

    vendor: Integers
    pickup: Integers
    dropoff: Integers
    passengers: Integers
    miles: Numbers
    rate: Integers
    stored: Flags
    pickup_zone: Integers
    dropoff_zone: Integers
    payment: Integers
    fare: Integers
    extra: Integers
    tax: Integers
    tip: Integers
    tolls: Integers
    surcharge: Integers
    total: Integers

    def __len__(self) -> int:
        """The number of trips."""
        return len(self.pickup)

    def add_up(self) -> None:
        """Make each total the sum of its parts."""
        self.total[:] = self.fare + self.extra + self.tax + self.tip + self.tolls + self.surcharge

    def repeat_previous(self, where: Flags) -> None:
        """Make each marked trip an exact copy of the one before it."""
        rows = np.flatnonzero(where[1:]) + 1
        for column in fields(self):
            values = getattr(self, column.name)
            values[rows] = values[rows - 1]
