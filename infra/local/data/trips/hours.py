"""How a day's trips spread over its hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from infra.local.data.facts import Facts
from infra.local.data.trips.columns import Numbers

HOURS_OF_PART = (range(6), range(6, 10), range(10, 16), range(16, 20), range(20, 24))
PART_OF_HOUR = tuple(part for part, hours in enumerate(HOURS_OF_PART) for _ in hours)
CLOCKS_FORWARD = date(2015, 3, 8)
CLOCKS_BACK = date(2015, 11, 1)
MISSING_HOUR = 2


def hours_of_days(facts: Facts) -> dict[date, Numbers]:
    """For each day of the year the shares of its 24 hours.

    Days of their own, a blizzard or a holiday, have the hours that were counted for them; the others share what is
    left of their weekday, so that the year has the published trips in each hour of the week.
    """
    usual = {weekday: _usual(facts, weekday) for weekday in range(7)}
    days = [day.day for day in facts.calendar]
    return {day: _of_day(day, facts.odd_days.get(day, usual[day.weekday()])) for day in days}


def part_shares(facts: Facts) -> Numbers:
    """The share of the year's trips in each part of the day."""
    by_hour = [sum(facts.hours[weekday, hour].share for weekday in range(7)) for hour in range(24)]
    return np.array([sum(by_hour[hour] for hour in hours) for hours in HOURS_OF_PART])


def trips_per_hour(shares: Numbers, count: int, chance: float) -> list[int]:
    """Split a day's trips over its hours; `chance`, from 0 to 1, decides who gets the odd ones."""
    totals = np.floor(np.round(np.cumsum(shares), 9) * count + chance).astype(int)
    totals[-1] = count
    hours: list[int] = np.diff(np.minimum(totals, count), prepend=0).tolist()
    return hours


def _usual(facts: Facts, weekday: int) -> Numbers:
    """The shares of the hours of a weekday, odd days aside."""
    days = [day for day in facts.calendar if day.day.weekday() == weekday]
    published = np.array([facts.hours[weekday, hour].share for hour in range(24)])
    left = published / published.sum() * sum(day.trips for day in days)
    for day in days:
        left -= day.trips * np.array(facts.odd_days.get(day.day, np.zeros(24)))
    usual: Numbers = left / left.sum()
    return usual


def _of_day(day: date, hours: Sequence[float] | Numbers) -> Numbers:
    shares = np.array(hours)
    if day == CLOCKS_FORWARD:
        shares[MISSING_HOUR] = 0
    whole: Numbers = shares / shares.sum()
    return whole
