"""Every figure that two tables of trips can be compared by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from infra.local.data.facts import Facts
from infra.local.data.report import distances, values
from infra.local.data.report.defects import REPEATED, ZONE_COLUMNS, Defect, defects
from infra.local.data.report.figure import Figure, percentile_name
from infra.local.data.report.links import PAIRS
from infra.local.data.report.money_figures import figures_of_money, figures_of_riders
from infra.local.data.report.passes import FILTER_STEP, MILES_STEP, MINUTES_STEP, MPH_STEP, PAIR_STEP

PERCENTILES = (10, 50, 90, 99)
FIRST_DAY = date(2015, 1, 1)


def figures(facts: Facts, months: Sequence[int]) -> dict[str, Figure]:
    """All figures but the dirt, by key; days and months are compared within these months."""
    return {
        **_of_time(facts, months),
        **_of_length(),
        **figures_of_money(months),
        **figures_of_riders(months),
        **_of_places(),
    }


def defect_figures(facts: Facts, period_of: Mapping[str, str]) -> dict[str, Figure]:
    """The dirt's figures by key, each in the period that `period_of` has for it."""
    kinds = defects(facts.zones) | {REPEATED: Defect("Rows that are there twice", "", frozenset())}
    return {
        key: Figure(
            kind.name,
            _group(kind),
            f"{key} {period_of[key]}",
            values.share_of([1]),
            distances.FACTOR,
            "{:.3%}",
        )
        for key, kind in kinds.items()
        if key in period_of
    }


def _group(kind: Defect) -> str:
    return "zones" if kind.needs and kind.needs <= ZONE_COLUMNS else "dirt"


def event_days(facts: Facts, months: Sequence[int]) -> list[int]:
    """The days of these months on which something happened, counted from 1 January as 0."""
    return [
        (day.day - FIRST_DAY).days for day in facts.calendar if day.event and day.day.month in set(months)
    ]


def days_by_month(facts: Facts, months: Sequence[int]) -> list[list[int]]:
    """The days of each of these months, counted from 1 January as 0."""
    return [[(day.day - FIRST_DAY).days for day in facts.calendar if day.day.month == m] for m in months]


def _of_time(facts: Facts, months: Sequence[int]) -> dict[str, Figure]:
    groups = days_by_month(facts, months)
    order = [day for group in groups for day in group]
    within = values.shares_within(groups)
    places = [order.index(day) for day in event_days(facts, months)]
    found = {
        "days": Figure("Trips per day: 95 % of days are within", "days", "days", within, distances.MOST),
        "week": Figure("Hour × weekday", "hours", "week", values.shares, distances.VARIATION),
    }
    if {3, 11} <= set(months):
        found["clock"] = Figure(
            "Clock changes: 8 March's hour that is not there, 1 November's that is there twice",
            "days",
            "clock",
            lambda counts: values.shares_within([[1, 2], [3, 4]])(counts)[:, 1::2],
            distances.POINTS,
        )
    if places:
        found["events"] = Figure(
            "Days with events (blizzard, holidays): all are within",
            "days",
            "days",
            lambda counts: within(counts)[:, places],
            distances.RELATIVE,
        )
    return found


def _of_length() -> dict[str, Figure]:
    miles = {
        f"miles_{p}": Figure(
            f"Distance, {percentile_name(p)}",
            "distance",
            "miles",
            values.quantiles([p / 100], MILES_STEP),
            distances.RELATIVE,
            "{:.2f} mi",
        )
        for p in PERCENTILES
    }
    minutes = {
        f"minutes_{p}": Figure(
            f"Duration, {percentile_name(p)}",
            "duration",
            "minutes",
            values.quantiles([p / 100], MINUTES_STEP),
            distances.RELATIVE,
            "{:.1f} min",
        )
        for p in PERCENTILES
    }
    mean = Figure(
        "Distance, mean of 0.1–50 mi and $2.50–100",
        "distance",
        "filtered_miles",
        values.mean(FILTER_STEP),
        distances.RELATIVE,
        "{:.2f} mi",
    )
    speed = Figure(
        "Speed by hour of day", "speed", "speed", values.geometric_means(24, MPH_STEP), distances.TYPICAL
    )
    return {**miles, "mean_miles": mean, **minutes, "speed": speed}


def _of_places() -> dict[str, Figure]:
    named = {
        "pickups": "Pickups by zone",
        "dropoffs": "Drop-offs by zone",
        "regions": "Pickups by part of the city",
        "boroughs": "From borough to borough",
    }
    return {
        family: Figure(name, "zones", family, values.shares, distances.VARIATION)
        for family, name in named.items()
    } | {
        "pair_miles": Figure(
            "From borough to borough: mean miles of the four busiest pairs, all are within",
            "zones",
            "pair_miles",
            values.means(len(PAIRS), PAIR_STEP),
            distances.RELATIVE,
        ),
        "own_zone": _within_a_zone("From a zone to itself, both known", "own_zone"),
        "still": _within_a_zone("Trips without distance, or under a minute: from a zone to itself", "still"),
    }


def _within_a_zone(name: str, family: str) -> Figure:
    """The share of bin 1 in bins 0 and 1: of the trips whose zones are known, those that end where they began."""
    within = values.shares_within([[0, 1]])
    return Figure(name, "zones", family, lambda counts: within(counts)[:, [1]], distances.POINTS, "{:.1%}")
