"""What was published about the yellow taxis of 2015, as the tests expect it.

Sources: NYC TLC, yellow taxi trip records of 2015, counted by month (T. Schneider, nyc-taxi-data), by hour and by
weekday (full-year notebooks over the same records), by passengers (M. Rocklin, Dask documentation); all rows of January
(P. Sawant, New-York-Taxi-Demand-Prediction); NYC TLC, monthly indicators of 2015, for cards and receipts. What is
called measured comes from about 46,000 of these records, weighted to the year.
"""

from __future__ import annotations

TRIPS = 146_112_989

MONTHS = {
    1: 12_748_986,
    2: 12_450_521,
    3: 13_351_609,
    4: 13_071_789,
    5: 13_158_262,
    6: 12_324_935,
    7: 11_562_783,
    8: 11_130_304,
    9: 11_225_063,
    10: 12_315_488,
    11: 11_312_676,
    12: 11_460_573,
}

# Thousands of trips by hour of day, of 145.1 million with every amount above zero.
HOURS: tuple[int, ...] = (5542, 4088, 2998, 2179, 1621, 1508, 3230, 5379, 6523, 6692, 6610, 6858)
HOURS += (7181, 7131, 7345, 7018, 6132, 7273, 8703, 8970, 8464, 8435, 8103, 7102)

# Thousands of trips by weekday, Monday first, of the same trips.
WEEKDAYS = (18_535, 19_993, 20_932, 21_710, 21_813, 22_455, 19_647)

DAYS = {
    "2015-01-01": 382_014,
    "2015-01-26": 230_255,
    "2015-01-27": 135_500,
    "2015-01-31": 520_067,
    "2015-05-25": 301_706,
    "2015-07-04": 254_353,
    "2015-11-26": 242_393,
    "2015-12-18": 458_701,
    "2015-12-25": 188_254,
}

MEAN_MILES, MEAN_FARE = 2.97, 12.79
"""Over trips of 0.1 to 50 miles with a fare of $2.50 to $100."""
RAW_MEAN_MILES = 13.1
CARD_SHARE = 0.628
CARD_TIP = 2.758
PASSENGERS = {0: 0.0003, 1: 0.7049, 2: 0.1430, 3: 0.0420, 4: 0.0204, 5: 0.0543, 6: 0.0351}

JANUARY_MILES = {0.1: 0.66, 0.2: 0.9, 0.5: 1.69, 0.8: 3.6, 0.9: 5.97, 0.95: 9.6, 0.98: 16.03, 0.99: 18.17}
JANUARY_MINUTES = {0.1: 3.833, 0.2: 5.383, 0.5: 9.95, 0.8: 17.633, 0.9: 23.45, 0.95: 29.583}
JANUARY_MPH = {0.1: 6.409, 0.5: 11.069, 0.9: 20.187, 0.95: 25.183}
JANUARY_TOTALS = {0.1: 6.3, 0.5: 11.16, 0.8: 18.3, 0.9: 25.8, 0.95: 38.53}
"""Percentiles of all rows of January: of distance, duration, speed and total."""
YEAR_MILES = {0.05: 0.5, 0.25: 1.0, 0.5: 1.70, 0.75: 3.24, 0.9: 6.9, 0.95: 10.4, 0.99: 18.4}
YEAR_MINUTES = {0.5: 10.7, 0.9: 27}
"""Percentiles of the year, measured."""
MEDIAN_MILES_BY_PART = (2.30, 1.56, 1.50, 1.60, 1.96)
"""Measured, for pickups from 0:00, 6:00, 10:00, 16:00 and 20:00."""
RECEIPTS = (13.23, 13.71, 14.11, 14.29, 14.70, 14.64, 14.46, 14.48, 14.75, 14.74, 14.59, 14.68)
"""Dollars per trip by month, without tips."""
