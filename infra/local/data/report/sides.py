"""What the charts draw of one side: what was published, real rows, or ours, each in the same form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from infra.local.data.facts import Facts
from infra.local.data.report import values
from infra.local.data.report.figures import days_by_month
from infra.local.data.report.histograms import Measured, Numbers
from infra.local.data.report.passes import MILES_STEP, MINUTES_STEP, MPH_STEP
from infra.local.data.report.truths import Truth, january_percentiles

CURVE = (5, *range(10, 100, 10), 91, 92, 93, 94, 95, 96, 97, 98, 99)
_STEPS = {"miles": MILES_STEP, "minutes": MINUTES_STEP}
_SHARES = ("week", "payment", "passengers", "pickups", "dropoffs", "boroughs", "vendor", "rate")


@dataclass(frozen=True, slots=True)
class Side:
    """Shares and curves by name; what a side does not have is not in them.

    `curves` hold percentiles (per cent, value). `days` are shares within their months.
    """

    name: str
    shares: Mapping[str, Numbers]
    curves: Mapping[str, tuple[Numbers, Numbers]]
    speeds: Numbers | None


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
    return Side(name, shares, curves, speeds)


def published_side(known: Mapping[str, Truth]) -> Side:
    """The side of what was published, from its `truths`."""
    shares = {key: known[key].values for key in (*_SHARES, "days") if key in known}
    curves = {key: january_percentiles(key) for key in _STEPS}
    return Side("Published", shares, curves, known["speed"].values)
