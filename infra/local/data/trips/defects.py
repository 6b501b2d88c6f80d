"""The dirt of the published records, put in at about its real rates.

Reports must live with it, so the sample has it: a dashboard that averages raw odometers looks as broken here as it
would on the real year. The rates are shares of all trips; docs/data.md says where each was counted.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from infra.local.data.trips.choices import chance, draw
from infra.local.data.trips.columns import DISPUTE, NO_CHARGE, Flags, TripColumns
from infra.local.data.trips.journeys import VENDORS
from infra.local.data.trips.meter import NEGOTIATED

UNKNOWN_ZONE, OUTSIDE_CITY = 264, 265
BOTH_ENDS_UNKNOWN = 0.886
"""Of the trips without a pickup zone, the share that has no drop-off zone either."""
ONLY_DROPOFF_OUTSIDE = 0.0033
UNKNOWN_BY_VENDOR = {1: 0.70, 2: 0.30}
ZERO_DISTANCE = 0.0033
ZERO_DISTANCE_NEGOTIATED = 0.6
ZERO_DURATION = 0.0010
WHOLE_DAY_VENDOR_2 = 0.0019
NEGATIVE_VENDOR_2 = 0.00095
ZERO_FARE = 0.0005
DROPOFF_FIRST = 2e-6
REPEATED = 3e-5
STORED_VENDOR_1 = 0.0159
SURCHARGE_MISSING_UNTIL = date(2015, 1, 4)


def spoil(rng: np.random.Generator, trips: TripColumns, day: date, unknown_share: float) -> None:
    """Put every kind of defect into the day's trips; `unknown_share` of them have no pickup zone."""
    _lose_zones(rng, trips, unknown_share)
    _lose_distances(rng, trips)
    _lose_times(rng, trips)
    _spoil_money(rng, trips)
    trips.stored[:] = _of_vendor(rng, trips, 1, STORED_VENDOR_1)
    if day <= SURCHARGE_MISSING_UNTIL:
        trips.surcharge[trips.vendor == 1] = 0
    trips.repeat_previous(chance(rng, len(trips), REPEATED))


def _lose_zones(rng: np.random.Generator, trips: TripColumns, unknown_share: float) -> None:
    first, second = (UNKNOWN_BY_VENDOR[vendor] / VENDORS[vendor] for vendor in (1, 2))
    lost = rng.random(len(trips)) < unknown_share * np.where(trips.vendor == 1, first, second)
    both = lost & chance(rng, len(trips), BOTH_ENDS_UNKNOWN)
    trips.pickup_zone[lost] = OUTSIDE_CITY
    trips.pickup_zone[both] = UNKNOWN_ZONE
    trips.dropoff_zone[both] = UNKNOWN_ZONE
    trips.dropoff_zone[chance(rng, len(trips), ONLY_DROPOFF_OUTSIDE) & ~lost] = OUTSIDE_CITY


def _lose_distances(rng: np.random.Generator, trips: TripColumns) -> None:
    trips.miles[chance(rng, len(trips), ZERO_DISTANCE)] = 0
    trips.miles[chance(rng, len(trips), ZERO_DISTANCE_NEGOTIATED) & (trips.rate == NEGOTIATED)] = 0


def _lose_times(rng: np.random.Generator, trips: TripColumns) -> None:
    still = chance(rng, len(trips), ZERO_DURATION)
    trips.dropoff[still] = trips.pickup[still]
    whole_day = np.flatnonzero(_of_vendor(rng, trips, 2, WHOLE_DAY_VENDOR_2))
    trips.dropoff[whole_day] = trips.pickup[whole_day] + rng.integers(1385 * 60, 1440 * 60, len(whole_day))
    early = np.flatnonzero(rng.random(len(trips)) < DROPOFF_FIRST)
    trips.dropoff[early] = trips.pickup[early] - rng.integers(60, 72_000, len(early))


def _spoil_money(rng: np.random.Generator, trips: TripColumns) -> None:
    trips.fare[chance(rng, len(trips), ZERO_FARE)] = 0
    paid_back = np.flatnonzero(_of_vendor(rng, trips, 2, NEGATIVE_VENDOR_2))
    trips.payment[paid_back] = draw(rng, len(paid_back), {NO_CHARGE: 3, DISPUTE: 4})
    trips.tip[paid_back] = 0
    trips.add_up()
    for amounts in (trips.fare, trips.extra, trips.tax, trips.surcharge, trips.tolls, trips.total):
        amounts[paid_back] *= -1


def _of_vendor(rng: np.random.Generator, trips: TripColumns, vendor: int, share: float) -> Flags:
    marks: Flags = chance(rng, len(trips), share) & (trips.vendor == vendor)
    return marks
