"""Ways to break each report: a pattern in its SQL, what is put there instead, and a question that shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.reports.odd_trips import DAY_OF_ODD_TRIPS


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
_ODD_DAY = {"startDate": DAY_OF_ODD_TRIPS, "endDate": DAY_OF_ODD_TRIPS}
_ODD_DAY_BY_ZONE = _ODD_DAY | {"level": "zone"}
_IN_STATEN_ISLAND = {"borough": "Staten Island"}
_LAST_DAY_LOST = Break("the last day is left out", r":endDate::date \+ 1", ":endDate::date")
_UNKNOWN_ZONES = Break("the exclusion counts the wrong trips", "not valid_zone", "valid_zone", _IN_QUEENS)
_CASH_AS_OTHER = Break("cash is counted as another way", "when 2 then", "when 3 then")


def _rule_dropped(rule: str) -> Break:
    return Break(f"trips are not held to {rule}", rf"\b{rule}\b", "true")


def _rule_not_counted(count: str) -> Break:
    return Break(f"all trips are counted as {count}", rf"sum\({count}\)", "sum(trips)")


def _all_left_out(trips: str, counted: str) -> Break:
    return Break("the exclusion counts all trips", re.escape(f"{trips} - {counted}"), trips)


def _hour_without_speed(words: str, mph: str) -> Break:
    pattern = r"(?s)w\.miles / w\.hours(.*)where w\.trips > 0\n"
    return Break(f"an hour without a believable speed {words}", pattern, rf"{mph}\1", _IN_STATEN_ISLAND)


BREAKS: Mapping[str, tuple[Break, ...]] = {
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
    "od-flows": (
        _LAST_DAY_LOST,
        _rule_dropped("valid_dropoff_zone"),
        _rule_not_counted("duration_trips"),
        Break(
            "zones of one name are not told apart",
            r"\(partition by zone\) > 1",
            "(partition by zone) > 3",
            _ODD_DAY_BY_ZONE,
        ),
        Break(
            "zones of one name are taken for one zone",
            r"(?s)when count\(.*then locationid end as zone_id",
            "else zone end as place, min(locationid) over (partition by zone) as zone_id",
            _ODD_DAY_BY_ZONE,
        ),
    ),
    "passengers": (
        _LAST_DAY_LOST,
        _rule_not_counted("fare_trips"),
        Break("every number of passengers is believed", "between 1 and 6", "between 0 and 9"),
    ),
    "payment-mix": (
        _LAST_DAY_LOST,
        _UNKNOWN_ZONES,
        _CASH_AS_OTHER,
        Break("six days are a whole week", r"w\.days = 7", "w.days >= 6", {"endDate": "2015-06-20"}),
    ),
    "speed-hour": (
        _LAST_DAY_LOST,
        _all_left_out("trips", "speed_trips"),
        _rule_not_counted("speed_trips"),
        _hour_without_speed("has no speed", "w.miles / nullif(w.hours, 0)"),
        _hour_without_speed("stands still", "coalesce(w.miles / nullif(w.hours, 0), 0)"),
    ),
    "tips": (
        _LAST_DAY_LOST,
        _all_left_out("r.trips", "r.fare_trips"),
        _CASH_AS_OTHER,
        Break("a trip that nobody knows how it was paid has a tip", r" or t\.payment_type is null", ""),
    ),
    "trip-length": (
        _LAST_DAY_LOST,
        _all_left_out("a.trips", "t.trips"),
        Break(
            "a minute has 100 seconds",
            "else 60 end as lengths_in_unit",
            "else 100 end as lengths_in_unit",
            {"measure": "duration"},
        ),
    ),
    "trip-list": (
        _LAST_DAY_LOST,
        Break("the drop-off stands for the pickup", r"\bpulocationid\b", "dolocationid"),
        Break("trips without a zone are left out", r"\bleft join\b", "join"),
        Break("trips that differ in their fare first stand in the order of their tips", r"\n    fare,", ""),
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
        Break(
            "a trip that names no vendor is not counted",
            r"vendorid in \(1, 2\) then 0 else trips end",
            "vendorid not in (1, 2) then trips else 0 end",
        ),
        Break(
            "a trip without passengers is a trip with some",
            r"1 and 6 then trips",
            "0 and 6 then trips",
            _ODD_DAY,
        ),
    ),
    "zone-map": (
        _LAST_DAY_LOST,
        _rule_dropped("valid_zone"),
        Break("the drop-off stands for the pickup", r"\bpulocationid\b", "dolocationid"),
    ),
}
