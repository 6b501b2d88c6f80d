"""The questions that are asked of each report: ranges, and every filter value that changes the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.reports.odd_trips import DAY_OF_ODD_TRIPS, DAY_WITHOUT_TRIPS

RANGES: Mapping[str, tuple[str, str]] = {
    "June": ("2015-06-01", "2015-06-30"),
    "one day": (DAY_OF_ODD_TRIPS, DAY_OF_ODD_TRIPS),
    "the whole year": ("2015-01-01", "2015-12-31"),
    "a day without trips": (DAY_WITHOUT_TRIPS, DAY_WITHOUT_TRIPS),
    "part weeks around it": ("2015-09-05", "2015-09-22"),
}
_WEEK: Mapping[str, tuple[str, str]] = {
    "a week": ("2015-06-08", "2015-06-14"),
    "one day": RANGES["one day"],
    "a day without trips": RANGES["a day without trips"],
}
_YEAR = {"startDate": "2015-01-01", "endDate": "2015-12-31"}
_ODD_DAY = {"startDate": DAY_OF_ODD_TRIPS, "endDate": DAY_OF_ODD_TRIPS}
_BOROUGHS = ("Manhattan", "Brooklyn", "Queens", "Bronx", "Staten Island")
_USUAL: Mapping[str, Mapping[str, str]] = {
    "demand-hour-weekday": {"borough": "All"},
    "fares-revenue": {"grain": "week"},
    "tips": {"borough": "All"},
    "payment-mix": {"borough": "All"},
    "airports": {"airport": "All", "direction": "both"},
    "zone-map": {"end": "pickup", "measure": "trips_per_square_mile"},
    "od-flows": {"level": "borough", "top": "25"},
    "trip-length": {"measure": "distance"},
    "speed-hour": {"borough": "All"},
    "unusual-days": {"threshold": "15"},
    "trip-list": {"zone": "All"},
}
"""What the form asks beside the range, and what stands there at first."""
_VARIED: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "demand-hour-weekday": tuple({"borough": borough} for borough in _BOROUGHS),
    "fares-revenue": ({"grain": "day"}, {"grain": "month"}),
    "tips": tuple({"borough": borough} for borough in _BOROUGHS),
    "payment-mix": tuple({"borough": borough} for borough in _BOROUGHS),
    "airports": (
        *({"airport": airport} for airport in ("JFK", "LaGuardia", "Newark")),
        *({"direction": direction} for direction in ("to", "from")),
        {"airport": "JFK", "direction": "to"},
        {"airport": "Newark", "direction": "from"},
    ),
    "zone-map": (
        *({"measure": measure} for measure in ("trips", "fare", "tip")),
        *({"end": "dropoff", "measure": m} for m in ("trips_per_square_mile", "trips", "fare", "tip")),
    ),
    "od-flows": (
        # June has twenty pairs of boroughs, so that "19" leaves one for the last row, and "20" none.
        *({"top": top} for top in ("10", "19", "20", "100")),
        *({"level": "zone", "top": top} for top in ("10", "25", "100")),
    ),
    "trip-length": ({"measure": "duration"},),
    "speed-hour": tuple({"borough": borough} for borough in _BOROUGHS),
    "unusual-days": tuple({"threshold": threshold} for threshold in ("10", "20", "50")),
    "trip-list": tuple({"zone": zone} for zone in ("132", "161", "103", "3")),
}
_FURTHER: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "fares-revenue": (
        {"grain": "month", "startDate": "2015-01-15", "endDate": "2015-12-31"},
        _YEAR | {"grain": "day"},
        {"grain": "day", "startDate": "2015-01-01", "endDate": "2015-01-04"},
    ),
    "demand-hour-weekday": (
        {"startDate": "2015-03-02", "endDate": "2015-03-15"},
        {"startDate": "2015-11-01", "endDate": "2015-11-08"},
        {"startDate": "2015-11-01", "endDate": "2015-11-01", "borough": "Manhattan"},
    ),
    "payment-mix": (
        {"startDate": "2015-06-03", "endDate": "2015-06-17"},
        {"startDate": "2015-06-01", "endDate": "2015-06-14"},
        # The last week has six days: it is no whole week.
        {"startDate": "2015-06-01", "endDate": "2015-06-20"},
        _YEAR | {"borough": "Staten Island"},
    ),
    "trip-length": tuple(days | {"measure": "duration"} for days in (_ODD_DAY, _YEAR)),
    "od-flows": tuple(days | {"level": "zone"} for days in (_ODD_DAY, _YEAR)),
    "zone-map": (_ODD_DAY | {"end": "dropoff"}, _ODD_DAY | {"measure": "tip"}),
    "unusual-days": (
        {"startDate": "2015-01-01", "endDate": "2015-01-31", "threshold": "10"},
        # Days of this year differ by exactly 13, 14, 16 and 18 %.
        *(_YEAR | {"threshold": edge} for edge in ("14", "18")),
    ),
}
WITHOUT_RANGE = frozenset({"about-the-data"})


@dataclass(frozen=True)
class Case:
    """One question: the report, the values of all of its parameters, and a few words for it."""

    topic: str
    parameters: Mapping[str, str]
    words: str


def cases_of(topic: str) -> Iterator[Case]:
    """Give the questions that are asked of a report."""
    if topic in WITHOUT_RANGE:
        yield Case(topic, {}, "all")
        return
    ranges = _WEEK if topic == "trip-list" else RANGES
    usual = _USUAL.get(topic, {})
    for name, days in ranges.items():
        yield Case(topic, {**_between(days), **usual}, name)
    first = next(iter(ranges))
    for varied in _VARIED.get(topic, ()):
        words = f"{first}, {' '.join(varied.values())}"
        yield Case(topic, {**_between(ranges[first]), **usual, **varied}, words)
    for further in _FURTHER.get(topic, ()):
        yield Case(topic, {**_between(ranges[first]), **usual, **further}, " ".join(further.values()))


def _between(days: tuple[str, str]) -> dict[str, str]:
    return dict(zip(("startDate", "endDate"), days, strict=True))
