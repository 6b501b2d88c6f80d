"""Do both meter systems report alike?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from tests.reports.twins.common.exact import CENTS, HUNDREDTHS, SECONDS_PER_HOUR, as_float, rounded
from tests.reports.twins.common.question import Kind, Parameters, Row, in_range
from tests.reports.twins.common.rows import Export
from tests.reports.twins.common.rules import parts_miss
from tests.reports.twins.common.sums import Sums, sum_of

COLUMNS: dict[str, Kind] = {
    "rank": "integer",
    "measure": "text",
    "unit": "text",
    "vendor_1": "double",
    "vendor_2": "double",
    "difference": "double",
    "difference_percent": "double",
    "gap_percent": "double",
    "vendor_2_percent": "double",
    "without_vendor": "integer",
}


@dataclass(frozen=True)
class Fleet:
    """The trips of one vendor, their sums, and the number of trips of both vendors."""

    trips: pd.DataFrame
    sums: Sums
    both: int

    def per_trip(self, column: str, count: str, parts: int) -> tuple[int, int]:
        """Give a mean as numerator and denominator."""
        return self.sums[column], self.sums[count] * parts

    def share(self, condition: Callable[[pd.DataFrame], pd.Series], of: int = 100) -> tuple[int, int]:
        """Give the share of all trips for which something holds."""
        return int(condition(self.trips).fillna(False).sum()) * of, len(self.trips)


@dataclass(frozen=True)
class Measure:
    """A row of the answer: its name, its unit, its decimals, and the ratio behind it."""

    name: str
    unit: str
    digits: int
    ratio: Callable[[Fleet], tuple[int, int]]


def _passengers(fleet: Fleet) -> tuple[int, int]:
    typed = fleet.trips["passengers"][fleet.trips["passengers"].between(1, 6).fillna(False)]
    return int(typed.sum()), len(typed)


def _card_without_tip(fleet: Fleet) -> tuple[int, int]:
    cards = fleet.trips[fleet.trips["has_fare"] & (fleet.trips["method"] == "Card")]
    return int((cards["tip"].fillna(0) <= 0).sum()) * 100, len(cards)


def _too_long(trips: pd.DataFrame) -> pd.Series:
    return (trips["seconds"] >= SECONDS_PER_HOUR) & ~trips["has_duration"]


MEASURES = (
    Measure("Share of trips", "%", 2, lambda f: (len(f.trips) * 100, f.both)),
    Measure("Fare per trip", "$", 2, lambda f: f.per_trip("fares", "fare_trips", CENTS)),
    Measure("Paid per trip", "$", 2, lambda f: f.per_trip("totals", "fare_trips", CENTS)),
    Measure(
        "Distance per trip",
        "mi",
        2,
        lambda f: f.per_trip("distance_hundredths", "distance_trips", HUNDREDTHS),
    ),
    Measure("Duration per trip", "min", 2, lambda f: f.per_trip("duration_seconds", "duration_trips", 60)),
    Measure(
        "Speed",
        "mph",
        2,
        lambda f: (
            f.sums["speed_hundredths"] * SECONDS_PER_HOUR,
            f.sums["speed_seconds"] * HUNDREDTHS,
        ),
    ),
    Measure(
        "Tip on card payments",
        "% of the fare",
        2,
        lambda f: (f.sums["card_tips"] * 100, f.sums["card_fares"]),
    ),
    Measure("Card trips without a tip", "%", 2, _card_without_tip),
    Measure("No distance", "%", 2, lambda f: f.share(lambda t: ~(t["miles"] > 0))),
    Measure("Too long to believe", "%", 2, lambda f: f.share(_too_long)),
    Measure(
        "About 24 hours",
        "per 10,000 trips",
        2,
        lambda f: f.share(lambda t: t["seconds"] >= 23 * SECONDS_PER_HOUR, of=10_000),
    ),
    Measure("Unknown pickup zone", "%", 2, lambda f: f.share(lambda t: ~t["has_zone"])),
    Measure("Passengers per trip", "", 2, _passengers),
    Measure("No passengers", "%", 2, lambda f: f.share(lambda t: t["passengers"] == 0)),
    Measure("Parts miss the total", "%", 2, lambda f: f.share(parts_miss)),
)


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """One row per measure, in their order; none when there are no trips."""
    trips = in_range(export.trips, parameters)
    if not len(trips):
        return []
    of_vendor = [trips[(trips["vendor"] == vendor).fillna(False)] for vendor in (1, 2)]
    both = sum(len(part) for part in of_vendor)
    fleets = [Fleet(part, sum_of(part), both) for part in of_vendor]
    same: Row = {
        "vendor_2_percent": as_float(rounded(len(of_vendor[1]) * 100, both, 2)),
        "without_vendor": len(trips) - both,
    }
    return [
        {"rank": rank, "measure": measure.name, "unit": measure.unit, **_compared(measure, fleets), **same}
        for rank, measure in enumerate(MEASURES, start=1)
    ]


def _compared(measure: Measure, fleets: list[Fleet]) -> Row:
    one, two = (rounded(*measure.ratio(fleet), measure.digits) for fleet in fleets)
    difference = None if one is None or two is None else two - one
    relative = relative_percent(difference, one)
    return {
        "vendor_1": as_float(one),
        "vendor_2": as_float(two),
        "difference": as_float(difference),
        "difference_percent": as_float(relative),
        "gap_percent": as_float(None if relative is None else abs(relative)),
    }


def relative_percent(difference: Decimal | None, one: Decimal | None) -> Decimal | None:
    """Give the difference in percent of the first vendor's value; None where that is nothing."""
    if difference is None or one is None:
        return None
    return rounded(Fraction(difference) * 100, Fraction(one), 1)
