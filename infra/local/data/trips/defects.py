"""The dirt of the published records, put in at about its real rates.

Reports must live with it, so these trips have it: a dashboard that averages raw odometers looks as broken here as it
would on the real year. The rates are shares of all trips; docs/data.md says where each was counted.
"""

from __future__ import annotations

from datetime import date

from infra.local.data.trips.columns import TripColumns
from infra.local.data.trips.dice import Dice
from infra.local.data.trips.odd_bills import change_rates, pay_back, spoil_bills
from infra.local.data.trips.tables import choices
from infra.local.data.trips.vendors import SHARES, VENDOR_1, VENDOR_2, some_of

UNKNOWN_ZONE, OUTSIDE_CITY = 264, 265
LOST_BY_VENDOR = {VENDOR_1: 0.70, VENDOR_2: 0.30}
BOTH_ENDS_LOST = 0.886
"""Of the trips without a pickup zone, the share that has no drop-off zone either."""
ONLY_DROPOFF_OUTSIDE = 0.0022
LOST_DISTANCE = 0.0002
LOST_DROPOFF_TIME, LOST_FROM = 0.0012, date(2015, 7, 1)
"""None of 3,130 records of vendor 2 before June lacks it; later 7 of 3,200 do."""
HALF_A_DAY_OR_MORE = 0.001
NEARLY_24_HOURS = 0.85
"""Of the trips of half a day or more, the share of at least 23 hours and 5 minutes."""
HALF_DAY, NEARLY_A_DAY, DAY = 43_200, 83_100, 86_400
DROPOFF_FIRST = 2e-6
CROWDS, CROWD = 4.03e-6, choices({7: 239, 8: 181, 9: 169})
STORED = 0.0159
"""Of the trips of vendor 1, the share that was kept in the car for a while before it was sent."""
REPEATED = 3e-5
SURCHARGE_MISSING_UNTIL = date(2015, 1, 4)


def spoil(dice: Dice, trips: TripColumns, day: date, unknown_share: float) -> None:
    """Put every kind of defect into the day's trips; `unknown_share` of them have no pickup zone."""
    _lose_zones(dice, trips, unknown_share)
    _lose_measures(dice, trips, day)
    trips.stored[some_of(dice, trips, VENDOR_1, STORED * SHARES[VENDOR_1])] = True
    crowds = dice.some(len(trips), CROWDS)
    trips.passengers[crowds] = CROWD[dice.bits(len(crowds))]
    change_rates(dice, trips, OUTSIDE_CITY)
    spoil_bills(dice, trips)
    trips.add_up()
    pay_back(dice, trips, day)
    if day <= SURCHARGE_MISSING_UNTIL:
        # Written as nothing, but still part of the total.
        trips.surcharge[trips.vendor == VENDOR_1] = 0
    trips.repeat_previous(dice.some(len(trips), REPEATED))


def _lose_zones(dice: Dice, trips: TripColumns, unknown_share: float) -> None:
    trips.dropoff_zone[dice.some(len(trips), ONLY_DROPOFF_OUTSIDE)] = OUTSIDE_CITY
    for vendor, part in LOST_BY_VENDOR.items():
        lost = some_of(dice, trips, vendor, unknown_share * part)
        both = dice.first(lost, BOTH_ENDS_LOST)
        trips.pickup_zone[lost] = OUTSIDE_CITY
        trips.pickup_zone[both] = UNKNOWN_ZONE
        trips.dropoff_zone[both] = UNKNOWN_ZONE


def _lose_measures(dice: Dice, trips: TripColumns, day: date) -> None:
    trips.miles[dice.some(len(trips), LOST_DISTANCE)] = 0
    still = some_of(dice, trips, VENDOR_2, LOST_DROPOFF_TIME if day >= LOST_FROM else 0)
    trips.dropoff[still] = trips.pickup[still]
    endless = some_of(dice, trips, VENDOR_2, HALF_A_DAY_OR_MORE)
    trips.dropoff[endless] = trips.pickup[endless] + dice.between(HALF_DAY, NEARLY_A_DAY, len(endless))
    longest = dice.first(endless, NEARLY_24_HOURS)
    trips.dropoff[longest] = trips.pickup[longest] + dice.between(NEARLY_A_DAY, DAY, len(longest))
    early = dice.some(len(trips), DROPOFF_FIRST)
    trips.dropoff[early] = trips.pickup[early] - dice.between(60, HALF_DAY, len(early))
