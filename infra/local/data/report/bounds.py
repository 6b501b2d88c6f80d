"""How far a figure may be from what it is compared with before the report fails.

A figure without a bound is shown with its distance. Units are those of the figure's distance: a share of the other
value, total variation, a difference of shares, or the logarithm of a factor. Bounds hold at full size; smaller
tables of trips get the noise of a chance sample on top.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log

DEFECT = log(1.5)
TRIPS_OF_A_YEAR = 146_112_989
DEFECTS_WORTH_A_BOUND = 1000 / TRIPS_OF_A_YEAR
"""A defect is held to its bound where the year has a thousand such rows."""
MONTH_TRIPS = 1.0
RAW_MILES, RAW_MILES_OF_A_SAMPLE = 0.3, 3.0
"""The raw mean hangs on some hundreds of odometers; in a sample on a few."""
WEEK_OF_FEW_DAYS = 0.06
"""The hours of a single day differ more from those of its weekday than a year's do."""
TARIFF_AT_LEAST = 0.97

PUBLISHED: Mapping[str, float] = {
    "days": 0.05,
    "events": 0.05,
    "clock": 0.05,
    "week": 0.03,
    "miles_10": 0.10,
    "miles_50": 0.05,
    "miles_90": 0.08,
    "miles_99": 0.10,
    "minutes_10": 0.10,
    "minutes_50": 0.05,
    "minutes_90": 0.08,
    "minutes_99": 0.15,
    "mean_miles": 0.02,
    "mean_fare": 0.02,
    "total_50": 0.05,
    "total_90": 0.08,
    "receipts": 0.05,
    "tariff": 0.0,
    "fare_fit": 0.015,
    "parts": 0.005,
    "tolls": 0.01,
    "one_crossing": 0.03,
    "tolls_by_route": 0.05,
    "speed": 0.10,
    "tip": 0.05,
    "tip_ratio": 0.05,
    "button_1": 0.05,
    "button_2": 0.05,
    "payment": 0.02,
    "card": 0.01,
    "cards_by_month": 0.015,
    "passengers": 0.01,
    "passengers_by_vendor": 0.02,
    "vendor": 0.03,
    "rate": 0.01,
    "pickups": 0.08,
    "dropoffs": 0.08,
    "regions": 0.01,
    "boroughs": 0.04,
    "pair_miles": 0.10,
    "own_zone": 0.01,
    "still": 0.10,
}
"""Against published figures. `events` keeps the blizzard, which 95 % of days would forget.

What was estimated from a sample that is heavy in January, such as zones, may be further off over the year.
"""

REAL: Mapping[str, float] = {
    "days": 0.05,
    "events": 0.10,
    "clock": 0.10,
    "week": 0.03,
    "miles_50": 0.05,
    "miles_90": 0.08,
    "minutes_50": 0.05,
    "minutes_90": 0.08,
    "mean_miles": 0.05,
    "mean_fare": 0.05,
    "receipts": 0.05,
    "tariff": 0.03,
    "fare_fit": 0.05,
    "parts": 0.01,
    "tolls": 0.02,
    "one_crossing": 0.05,
    "tolls_by_route": 0.10,
    "speed": 0.12,
    "payment": 0.05,
    "cards_by_month": 0.05,
    "passengers": 0.03,
    "passengers_by_vendor": 0.05,
    "tip": 0.10,
    "any_tip": 0.10,
    "tip_ratio": 0.10,
    "button_1": 0.05,
    "button_2": 0.05,
    "pickups": 0.10,
    "dropoffs": 0.10,
    "regions": 0.03,
    "boroughs": 0.05,
    "pair_miles": 0.15,
    "own_zone": 0.02,
    "still": 0.10,
}
"""Against real rows, where also what is only estimated in print can be held to something."""
