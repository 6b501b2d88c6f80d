"""What is loaded, and how complete is it?"""

from __future__ import annotations

import pandas as pd

from tests.reports.twins.common.exact import percent
from tests.reports.twins.common.question import Kind, Parameters, Row
from tests.reports.twins.common.rows import Export

COLUMNS: dict[str, Kind] = {
    "month": "date",
    "days": "integer",
    "trips": "integer",
    "published_trips": "integer",
    "difference": "integer",
    "difference_percent": "double",
    "first_day": "date",
    "last_day": "date",
    "days_without_trips": "integer",
    "control_trips": "integer",
}


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """One row per month of the calendar."""
    months = export.calendar.groupby(export.calendar["day"].dt.to_period("M"))
    trips = export.trips[export.trips["day"].isin(export.calendar["day"])]
    return [{**_month(days, trips), "control_trips": len(trips)} for _, days in months]


def _month(days: pd.DataFrame, trips: pd.DataFrame) -> Row:
    picked_up = trips["day"][trips["day"].isin(days["day"])]
    published = int(days["published_trips"].sum())
    difference = len(picked_up) - published
    return {
        "month": days["day"].iloc[0].date(),
        "days": len(days),
        "trips": len(picked_up),
        "published_trips": published,
        "difference": difference,
        "difference_percent": percent(difference, published, 3),
        "first_day": picked_up.min().date() if len(picked_up) else None,
        "last_day": picked_up.max().date() if len(picked_up) else None,
        "days_without_trips": len(days) - picked_up.nunique(),
    }
