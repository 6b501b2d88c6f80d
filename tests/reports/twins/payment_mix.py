"""Is cash giving way?"""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

from tests.reports.twins.common.exact import as_float, percent, rounded
from tests.reports.twins.common.question import (
    Kind,
    Parameters,
    Row,
    asked_days,
    in_borough,
    in_range,
    monday_of,
    without_zone,
)
from tests.reports.twins.common.rows import Export
from tests.reports.twins.common.sums import sums

COLUMNS: dict[str, Kind] = {
    "week_start": "date",
    "days": "integer",
    "method": "text",
    "trips": "integer",
    "share_percent": "double",
    "card_trips": "integer",
    "change_points": "double",
    "control_trips": "integer",
    "without_zone": "integer",
}
WHOLE_WEEK = 7


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """One row per week and way of paying that has trips."""
    days = Counter(monday_of(day) for day in asked_days(parameters))
    ranged = in_range(export.trips, parameters)
    trips = in_borough(ranged, parameters)
    trips = trips.assign(week=[monday_of(day) for day in trips["day"].dt.date])
    of_week = Counter(trips["week"])
    by_card = Counter(trips["week"][trips["method"] == "Card"])
    same: Row = {
        "change_points": _change(of_week, by_card, days),
        "control_trips": len(trips),
        "without_zone": without_zone(ranged, parameters),
    }
    rows: list[Row] = []
    for (week, method), group in sums(trips, ["week", "method"]):
        rows.append(
            {
                "week_start": week,
                "days": days[week],
                "method": method,
                "trips": group["trips"],
                "share_percent": percent(group["trips"], of_week[week]),
                "card_trips": group["trips"] if method == "Card" else 0,
                **same,
            }
        )
    return rows


def _change(of_week: Counter[date], by_card: Counter[date], days: Counter[date]) -> float | None:
    """Give the change of the card's share from the first whole week to the last, in percentage points."""
    whole = sorted(week for week in of_week if days[week] == WHOLE_WEEK)
    if len(whole) < 2:
        return None
    first, last = (Fraction(by_card[week], of_week[week]) for week in (whole[0], whole[-1]))
    return as_float(rounded((last - first) * 100, 1, 1))
