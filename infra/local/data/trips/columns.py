"""The columns of trips while they are made, in the narrowest types that the warehouse takes as they are."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int16]
Whole = npt.NDArray[np.int32]
Reals = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint16]
Rows = npt.NDArray[np.intp]

CARD, CASH, NO_CHARGE, DISPUTE = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class TripColumns:
    """Trips in order of pickup, one array per column; the arrays may be changed, the columns not.

    Times are seconds since 1970 on New York's clock, miles are hundredths of a mile, money is in cents.
    """

    vendor: Codes
    pickup: Whole
    dropoff: Whole
    passengers: Codes
    miles: Whole
    rate: Codes
    stored: Flags
    pickup_zone: Codes
    dropoff_zone: Codes
    payment: Codes
    fare: Whole
    extra: Whole
    tax: Whole
    tip: Whole
    tolls: Whole
    surcharge: Whole
    total: Whole

    def __len__(self) -> int:
        """The number of trips."""
        return len(self.pickup)

    def part(self, start: int, stop: int) -> TripColumns:
        """Some of these trips: what is written to the part is written here."""
        return TripColumns(*(getattr(self, name)[start:stop] for name in column_names()))

    def add_up(self) -> None:
        """Make each total the sum of its parts."""
        np.add(self.fare, self.extra, out=self.total)
        for amounts in (self.tax, self.tip, self.tolls, self.surcharge):
            np.add(self.total, amounts, out=self.total)

    def repeat_previous(self, rows: Rows) -> None:
        """Make each of these trips an exact copy of the one before it."""
        rows = rows[rows > 0]
        for name in column_names():
            values = getattr(self, name)
            values[rows] = values[rows - 1]


def column_names() -> list[str]:
    """The names of the columns, in order."""
    return [field.name for field in fields(TripColumns)]


def blank_trips(count: int) -> TripColumns:
    """Room for so many trips, all zero."""
    codes = {"vendor", "passengers", "rate", "pickup_zone", "dropoff_zone", "payment"}
    types = {name: np.dtype(np.int16 if name in codes else np.int32) for name in column_names()}
    types["stored"] = np.dtype(np.bool_)
    return TripColumns(**{name: np.zeros(count, dtype) for name, dtype in types.items()})
