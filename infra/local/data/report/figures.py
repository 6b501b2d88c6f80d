"""Every figure that two tables of trips can be compared by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from infra.local.data.facts import Facts
from infra.local.data.report import distances, values
from infra.local.data.report.defects import REPEATED, ZONE_COLUMNS, Defect, defects
from infra.local.data.report.distances import Distance
from infra.local.data.report.passes import (
    DERIVED,
    DOLLARS_STEP,
    FARE_STEP,
    FILTER_STEP,
    MILES_STEP,
    MINUTES_STEP,
    MPH_STEP,
    PASSES,
    TIP_RATIO_STEP,
    TIP_STEP,
)
from infra.local.data.report.values import Values

PERCENTILES = (10, 50, 90, 99)
FIRST_DAY = date(2015, 1, 1)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure read from the histogram of a `family`; `form` writes a single value, {} stands for it."""

    name: str
    group: str
    family: str
    values: Values
    distance: Distance
    form: str | None = None

    @property
    def needs(self) -> frozenset[str]:
        """The columns without which it cannot be had."""
        counted = PASSES.get(DERIVED.get(self.family, self.family))
        return counted.needs if counted else frozenset()


def figures(facts: Facts, months: Sequence[int]) -> dict[str, Figure]:
    """All figures but the dirt, by key; days are compared within these months."""
    return {
        **_of_time(facts, months),
        **_of_length(),
        **_of_money(),
        **_of_riders(),
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
            f"Distance, {_ordinal(p)}",
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
            f"Duration, {_ordinal(p)}",
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


def _of_money() -> dict[str, Figure]:
    totals = {
        f"total_{p}": Figure(
            f"Total, {_ordinal(p)}",
            "fares",
            "total",
            values.quantiles([p / 100], DOLLARS_STEP),
            distances.RELATIVE,
            "${:.2f}",
        )
        for p in (50, 90)
    }
    return {
        "mean_fare": Figure(
            "Fare, mean of 0.1–50 mi and $2.50–100",
            "fares",
            "filtered_fare",
            values.mean(FARE_STEP),
            distances.RELATIVE,
            "${:.2f}",
        ),
        **totals,
        "tariff": Figure(
            "Tariff's rules hold on metered trips (rate 1)",
            "tariff",
            "tariff",
            values.share_of([1]),
            distances.POINTS,
            "{:.2%}",
        ),
        **_of_tips(),
    }


def _of_tips() -> dict[str, Figure]:
    return {
        "tip": Figure(
            "Tip by card, mean", "tips", "tip", values.mean(TIP_STEP), distances.RELATIVE, "${:.2f}"
        ),
        "any_tip": Figure(
            "Tip of all trips, mean",
            "tips",
            "any_tip",
            values.mean(TIP_STEP),
            distances.RELATIVE,
            "${:.2f}",
        ),
        "tip_ratio": Figure(
            "Tip ratio, median of tip to fare where tipped",
            "tips",
            "tip_ratio",
            values.quantiles([0.5], TIP_RATIO_STEP),
            distances.RELATIVE,
            "{:.1%}",
        ),
        **{f"button_{vendor}": _button(vendor) for vendor in (1, 2)},
    }


def _button(vendor: int) -> Figure:
    away, pressed = (vendor - 1) * 2, (vendor - 1) * 2 + 1
    within = values.shares_within([[away, pressed]])
    return Figure(
        f"Card tips at the 20 % button, vendor {vendor}",
        "tips",
        "button_20",
        lambda counts: within(counts)[:, [1]],
        distances.POINTS,
        "{:.1%}",
    )


def _of_riders() -> dict[str, Figure]:
    named = {
        "payment": ("Payment types", "payment"),
        "passengers": ("Passengers", "passengers"),
        "vendor": ("Vendors", "vendors"),
        "rate": ("Rate codes", "rates"),
    }
    return {
        family: Figure(name, group, family, values.shares, distances.VARIATION)
        for family, (name, group) in named.items()
    } | {
        "card": Figure("Paid by card", "payment", "payment", values.share_of([1]), distances.POINTS, "{:.1%}")
    }


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
    }


def _ordinal(percentile: int) -> str:
    return "median" if percentile == 50 else f"{percentile} %"
