"""How many trips each day gets: exact, so that no chance moves a month or a day away from what was published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from infra.local.data.facts import Facts


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` in proportion to `weights` into whole numbers that add up to it (largest remainders)."""
    everything = sum(weights)
    shares = [divmod(total * weight, everything) for weight in weights]
    counts = [whole for whole, _ in shares]
    by_remainder = sorted(range(len(weights)), key=lambda index: -shares[index][1])
    for index in by_remainder[: total - sum(counts)]:
        counts[index] += 1
    return counts


def trips_per_day(facts: Facts, scale: float) -> dict[date, int]:
    """The number of trips of each day of 2015 at this scale (1.0 is every trip that was published)."""
    months = [month.trips for month in facts.months.values()]
    per_month = dict(zip(facts.months, apportion(round(sum(months) * scale), months), strict=True))
    counts: dict[date, int] = {}
    for month, trips in per_month.items():
        days = [day for day in facts.calendar if day.day.month == month]
        shares = apportion(trips, [day.trips for day in days])
        counts.update((day.day, count) for day, count in zip(days, shares, strict=True))
    return counts
