"""What the charts draw of one side: what was published, real rows, or ours, each in the same form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from infra.local.data.facts import Facts
from infra.local.data.report import values
from infra.local.data.report.figures import days_by_month
from infra.local.data.report.histograms import Measured, Numbers
from infra.local.data.report.passes import (
    DOLLARS_STEP,
    FARE_STEP,
    MILES_STEP,
    MINUTES_STEP,
    MPH_STEP,
    TIP_RATIO_STEP,
)
from infra.local.data.report.truths import TIP_MARKS, Truth, january_percentiles, tip_ratios

CURVE = (5, 10, 20, 25, *range(30, 80, 10), 75, 80, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99)
_JANUARY_STEPS = {"miles": MILES_STEP, "minutes": MINUTES_STEP, "total": DOLLARS_STEP}
_STEPS = {**_JANUARY_STEPS, "tip_ratio": TIP_RATIO_STEP}
_SHARES = ("week", "payment", "passengers", "pickups", "dropoffs", "boroughs", "vendor", "rate")


@dataclass(frozen=True, slots=True)
class Side:
    """Shares and curves by name; what a side does not have is not in them.

    `curves` hold percentiles (per cent, value). `days` are shares within their months.
    `mean_fare` is in dollars; `tip_marks` are shares of card trips by tip in per cent, one for each vendor.
    """

    name: str
    shares: Mapping[str, Numbers]
    curves: Mapping[str, tuple[Numbers, Numbers]]
    speeds: Numbers | None
    mean_fare: float | None
    tip_marks: Mapping[int, tuple[float, float]]


def side_of_rows(name: str, measured: Measured, facts: Facts, months: Sequence[int]) -> Side:
    """A side that was counted."""
    shares = {key: measured[key].shares for key in (*_SHARES, "filtered_fare", "buttons") if key in measured}
    if "days" in measured:
        shares["days"] = values.shares_within(days_by_month(facts, months))(measured["days"].counts[None])[0]
    curves = {}
    for key, step in _STEPS.items():
        if key in measured:
            found = values.quantiles([p / 100 for p in CURVE], step)(measured[key].counts[None])[0]
            curves[key] = (np.array(CURVE, dtype=float), found)
    speeds = None
    if "speed" in measured:
        speeds = values.geometric_means(24, MPH_STEP)(measured["speed"].counts[None])[0]
    return Side(name, shares, curves, speeds, _mean_fare(measured), {})


def _mean_fare(measured: Measured) -> float | None:
    if "filtered_fare" not in measured:
        return None
    return float(values.mean(FARE_STEP)(measured["filtered_fare"].counts[None])[0, 0])


def published_side(known: Mapping[str, Truth]) -> Side:
    """The side of what was published, from its `truths`."""
    shares = {key: known[key].values for key in (*_SHARES, "days") if key in known}
    curves = {key: january_percentiles(key) for key in _JANUARY_STEPS} | {"tip_ratio": tip_ratios()}
    mean_fare = float(known["mean_fare"].values[0])
    return Side("Published", shares, curves, known["speed"].values, mean_fare, TIP_MARKS)
