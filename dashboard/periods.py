"""The period of the form: a month, a quarter, the year, or a range of days inside 2015. Pure."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Kind = Literal["Month", "Quarter", "Year", "Custom"]
KINDS: tuple[Kind, ...] = get_args(Kind)
YEAR = 2015
FIRST_DAY = date(YEAR, 1, 1)
LAST_DAY = date(YEAR, 12, 31)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
QUARTERS = ("Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec")
DEFAULT_MONTH = "Jun"
CompareKind = Literal["Nothing", "Previous period", "Other dates"]
COMPARE_KINDS: tuple[CompareKind, ...] = get_args(CompareKind)


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days; both ends are included."""

    start: date
    end: date

    @property
    def count(self) -> int:
        """How many days they are."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class PeriodFields:
    """What the four fields hold; only the field of `kind` counts. `custom` has one day while half chosen."""

    kind: Kind = "Month"
    month: str = DEFAULT_MONTH
    quarter: str = QUARTERS[1]
    custom: tuple[date, ...] = (date(YEAR, 6, 1), date(YEAR, 6, 30))


def days_of(fields: PeriodFields) -> Days | None:
    """Give the days that the fields mean; None while a range is half chosen."""
    if fields.kind == "Month":
        return _month(MONTHS.index(fields.month) + 1)
    if fields.kind == "Quarter":
        return _quarter(QUARTERS.index(fields.quarter))
    if fields.kind == "Year":
        return Days(FIRST_DAY, LAST_DAY)
    return Days(*fields.custom) if len(fields.custom) == 2 else None


def fields_of(days: Days) -> PeriodFields:
    """Give the fields that mean these days: the plainest way to say them."""
    if days == Days(FIRST_DAY, LAST_DAY):
        return PeriodFields("Year", custom=(days.start, days.end))
    for number, name in enumerate(MONTHS):
        if days == _month(number + 1):
            return PeriodFields("Month", month=name, custom=(days.start, days.end))
    for number, name in enumerate(QUARTERS):
        if days == _quarter(number):
            return PeriodFields("Quarter", quarter=name, custom=(days.start, days.end))
    return PeriodFields("Custom", custom=(days.start, days.end))


def whole_months(start: date, months: int) -> Days:
    """Give this many whole months, from the one of `start` on."""
    last = start.month + months - 1
    year, month = start.year + (last - 1) // 12, (last - 1) % 12 + 1
    return Days(start.replace(day=1), date(year, month, monthrange(year, month)[1]))


def _month(number: int) -> Days:
    return whole_months(date(YEAR, number, 1), 1)


def _quarter(number: int) -> Days:
    return whole_months(date(YEAR, 3 * number + 1, 1), 3)
