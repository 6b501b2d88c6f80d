"""What was asked: the range of days, the borough, and the periods that a range has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

import pandas as pd

Kind = Literal["integer", "decimal", "double", "date", "timestamp", "text"]
Value = int | float | str | Decimal | date | datetime | None
Row = dict[str, Value]
Parameters = Mapping[str, str]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ALL = "All"


def asked_range(parameters: Parameters) -> tuple[date, date]:
    """Give the first and the last day."""
    return date.fromisoformat(parameters["startDate"]), date.fromisoformat(parameters["endDate"])


def asked_days(parameters: Parameters) -> list[date]:
    """Give every day of the range."""
    start, end = asked_range(parameters)
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def in_range(trips: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Choose the trips that were picked up on one of the days."""
    start, end = asked_range(parameters)
    return trips[(trips["day"] >= pd.Timestamp(start)) & (trips["day"] <= pd.Timestamp(end))]


def in_borough(trips: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Choose the trips picked up in the borough; of all boroughs, every trip."""
    borough = parameters["borough"]
    return trips if borough == ALL else trips[trips["borough"] == borough]


def without_zone(trips: pd.DataFrame, parameters: Parameters) -> int:
    """Count the trips that cannot be counted to the borough asked for; none where all are asked for."""
    return 0 if parameters["borough"] == ALL else int((~trips["has_zone"]).sum())


def monday_of(day: date) -> date:
    """Give the Monday on which the day's week begins."""
    return day - timedelta(days=day.weekday())


def first_of_month(day: date) -> date:
    """Give the first day of the day's month."""
    return day.replace(day=1)
