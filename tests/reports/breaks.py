"""Three ways to break each report: a pattern in its SQL, what is put there instead, and a question that shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Break:
    """A defect, as a rewrite of the SQL; `question` is what is asked instead of the report's first case."""

    words: str
    pattern: str
    replacement: str
    question: Mapping[str, str] = field(default_factory=dict)

    def broken(self, sql: str) -> str:
        """Give the SQL with the defect."""
        changed = re.sub(self.pattern, self.replacement, sql)
        assert changed != sql, f"nothing in the SQL is like {self.pattern}"
        return changed


_IN_QUEENS = {"borough": "Queens"}
_YEAR = {"startDate": "2015-01-01", "endDate": "2015-12-31"}
_LAST_DAY_LOST = Break("the last day is left out", r":endDate::date \+ 1", ":endDate::date")
_UNKNOWN_ZONES = Break("the exclusion counts the wrong trips", "not valid_zone", "valid_zone", _IN_QUEENS)
_CASH_AS_OTHER = Break("cash is counted as another way", "when 2 then", "when 3 then")


def _rule_dropped(rule: str) -> Break:
    return Break(f"trips are not held to {rule}", rf"\b{rule}\b", "true")


def _rule_not_counted(count: str) -> Break:
    return Break(f"all trips are counted as {count}", rf"sum\({count}\)", "sum(trips)")


BREAKS: Mapping[str, tuple[Break, Break, Break]] = {
    "about-the-data": (
        Break("the last day is the first", r"\bmax\(", "min("),
        Break("days without trips are left out", r"\bleft join\b", "join"),
        Break("a day with one trip is one without", r"= 0\b", "= 1"),
    ),
    "airports": (_LAST_DAY_LOST, _rule_dropped("valid_dropoff_zone"), _rule_not_counted("duration_trips")),
    "daily-summary": (
        _LAST_DAY_LOST,
        _rule_not_counted("distance_trips"),
        Break("tips of cash are taken for those of cards", r"= 1\b", "= 2"),
    ),
    "data-quality": (
        _LAST_DAY_LOST,
        Break("six passengers are too many", r"passenger_count > 6", "passenger_count > 5"),
        Break("the drop-off stands for the pickup", r"(?<=, )no_pickup_zone\b", "no_dropoff_zone"),
    ),
    "demand-hour-weekday": (
        _LAST_DAY_LOST,
        _UNKNOWN_ZONES,
        Break(
            "the hour that came twice is not",
            "2015-11-01",
            "2015-11-02",
            {"startDate": "2015-11-01", "endDate": "2015-11-08"},
        ),
    ),
    "fares-revenue": (
        _LAST_DAY_LOST,
        _rule_not_counted("distance_trips"),
        Break("totals are taken for fares", r"sum\(fare_amount\)", "sum(total_amount)"),
    ),
    "od-flows": (_LAST_DAY_LOST, _rule_dropped("valid_dropoff_zone"), _rule_not_counted("duration_trips")),
    "passengers": (
        _LAST_DAY_LOST,
        _rule_not_counted("fare_trips"),
        Break("every number of passengers is believed", "between 1 and 6", "between 0 and 9"),
    ),
    "payment-mix": (_LAST_DAY_LOST, _UNKNOWN_ZONES, _CASH_AS_OTHER),
    "speed-hour": (_LAST_DAY_LOST, _rule_dropped("valid_speed"), _rule_not_counted("speed_trips")),
    "tips": (_LAST_DAY_LOST, _rule_dropped("valid_fare"), _CASH_AS_OTHER),
    "trip-length": (
        _LAST_DAY_LOST,
        _rule_dropped("valid_distance"),
        Break("trips are not held to valid_duration", r"\bvalid_duration\b", "true", {"measure": "duration"}),
    ),
    "trip-list": (
        _LAST_DAY_LOST,
        Break("the drop-off stands for the pickup", r"\bpulocationid\b", "dolocationid"),
        Break("trips without a zone are left out", r"\bleft join\b", "join"),
    ),
    "unusual-days": (
        _LAST_DAY_LOST,
        Break("three weeks on each side are looked at", r"\b28\b", "21"),
        Break("quiet days do not stand out", r"\babs\(", "(", _YEAR),
    ),
    "vendors": (
        _LAST_DAY_LOST,
        _rule_not_counted("distance_trips"),
        Break("a third vendor is counted with two", r"in \(1, 2\)", "in (1, 2, 3)"),
    ),
    "zone-map": (
        _LAST_DAY_LOST,
        _rule_dropped("valid_zone"),
        Break("the drop-off stands for the pickup", r"\bpulocationid\b", "dolocationid"),
    ),
}
