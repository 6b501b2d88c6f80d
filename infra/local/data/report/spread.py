"""How real rows lie in time: spread over their months, or taken from a few days or minutes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np

from infra.local.data.facts import Facts
from infra.local.data.report.figures import FIRST_DAY
from infra.local.data.report.histograms import Numbers
from infra.local.data.report.passes import PICKUP

CLUSTERED_BELOW = 0.5
"""Rows that fill less than half of the days (hours) that as many chance rows would fill were not taken by chance."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The months of the rows, and whether their days, and their hours within those days, were chosen."""

    months: tuple[int, ...]
    few_days: bool
    few_hours: bool

    @property
    def days_can_be_compared(self) -> bool:
        """Whether the rows say how trips spread over days."""
        return not (self.few_days or self.few_hours)

    @property
    def hours_can_be_compared(self) -> bool:
        """Whether the rows say how trips spread over the hours of their days."""
        return not self.few_hours

    @property
    def note(self) -> str:
        """What follows from it, for the page."""
        if self.few_hours:
            return "The real rows come from a few stretches of time: neither days nor hours are compared."
        if self.few_days:
            return "The real rows come from a few days: days are not compared."
        return (
            "Ours are of the same months, and weigh by month, weekday and hour as the real rows do, except where days "
            "and hours themselves are compared."
        )


def spread_of(days: Sequence[date], day_rows: Sequence[int], hours: int, facts: Facts) -> Spread:
    """Judge rows that fall on these `days` (so many on each) and into so many different `hours` of them."""
    months = tuple(sorted({day.month for day in days}))
    rows = sum(day_rows)
    trips = np.array([day.trips for day in facts.calendar if day.day.month in months], dtype=float)
    few_days = len(days) < CLUSTERED_BELOW * _expected_filled(trips, rows)
    per_hour = np.concatenate(
        [
            np.array([facts.hours[day.weekday(), hour].share for hour in range(24)]) * rows_of_day
            for day, rows_of_day in zip(days, day_rows, strict=True)
        ]
    )
    few_hours = hours < CLUSTERED_BELOW * _expected_filled(per_hour, rows)
    return Spread(months, few_days, few_hours)


def spread_in(connection: duckdb.DuckDBPyConnection, table: str, facts: Facts) -> Spread:
    """Judge the rows of a table."""
    found = connection.execute(
        f"FROM {table} SELECT datediff('day', DATE '2015-01-01', {PICKUP}::DATE) AS day, count(*) AS n, "
        f"count(DISTINCT hour({PICKUP})) AS hours GROUP BY day ORDER BY day"
    ).fetchall()
    days = [FIRST_DAY + timedelta(days=int(day)) for day, _, _ in found]
    return spread_of(days, [int(n) for _, n, _ in found], sum(int(hours) for _, _, hours in found), facts)


def _expected_filled(weights: Numbers, rows: int) -> float:
    """How many cells of these weights `rows` chance rows would fill."""
    shares = weights / weights.sum()
    return float((1 - (1 - shares) ** rows).sum())
