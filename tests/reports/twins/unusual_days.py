"""Which days stood out, and why?"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pandas as pd

from tests.reports.twins.common.exact import as_float, middle, rounded
from tests.reports.twins.common.question import WEEKDAYS, Kind, Parameters, Row, asked_range, in_range
from tests.reports.twins.common.rows import Export

COLUMNS: dict[str, Kind] = {
    "pickup_date": "date",
    "trips": "integer",
    "normal": "double",
    "difference_percent": "double",
    "flagged": "integer",
    "event": "text",
    "rain_inches": "double",
    "snow_inches": "double",
    "highest_f": "integer",
    "note": "text",
    "control_trips": "integer",
}
WEEKS = (-4, -3, -2, -1, 1, 2, 3, 4)


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """One row per day of the range that is in the calendar."""
    start, end = asked_range(parameters)
    calendar = export.calendar
    counted = export.trips["day"].value_counts()
    trips = {day.date(): int(counted.get(day, 0)) for day in calendar["day"]}
    asked = calendar[(calendar["day"] >= pd.Timestamp(start)) & (calendar["day"] <= pd.Timestamp(end))]
    control = len(in_range(export.trips, parameters))
    return [
        {**_day(day, trips, int(parameters["threshold"])), "control_trips": control}
        for _, day in asked.iterrows()
    ]


def _day(calendar: pd.Series, trips: dict[date, int], threshold: int) -> Row:
    day = calendar["day"].date()
    normal = normal_of(day, trips)
    difference = rounded((trips[day] - normal) * 100, normal, 1) if normal is not None else None
    flagged = difference is not None and abs(difference) >= threshold
    event = None if pd.isna(calendar["event"]) else str(calendar["event"])
    return {
        "pickup_date": day,
        "trips": trips[day],
        "normal": None if normal is None else float(normal),
        "difference_percent": as_float(difference),
        "flagged": int(flagged),
        "event": event,
        "rain_inches": float(calendar["rain_inches"]),
        "snow_inches": float(calendar["snow_inches"]),
        "highest_f": int(calendar["highest_f"]),
        "note": (event or WEEKDAYS[day.weekday()]) if flagged else None,
    }


def normal_of(day: date, trips: dict[date, int]) -> Fraction | None:
    """Give the median of the same weekday in the four weeks before and after, as far as they are in the year."""
    neighbours = [day + timedelta(weeks=weeks) for weeks in WEEKS]
    return middle([trips[neighbour] for neighbour in neighbours if neighbour in trips])
