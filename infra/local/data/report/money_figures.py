"""The figures of money and of those who pay it: fares, tips, payment and passengers."""

from __future__ import annotations

from collections.abc import Sequence

from infra.local.data.report import distances, values
from infra.local.data.report.cut import ENOUGH_ROWS
from infra.local.data.report.figure import Figure, percentile_name
from infra.local.data.report.passes import (
    DOLLARS_STEP,
    FARE_STEP,
    FIT_STEP,
    MOST_PASSENGERS,
    RECEIPTS_STEP,
    TIP_RATIO_STEP,
    TIP_STEP,
)
from infra.local.data.report.values import Values

_SIZES = MOST_PASSENGERS + 1


def figures_of_money(months: Sequence[int]) -> dict[str, Figure]:
    """What trips cost and how they are tipped, by key; receipts are compared within these months."""
    totals = {
        f"total_{p}": Figure(
            f"Total, {percentile_name(p)}",
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
        **_by_month(months),
        "tolls_by_route": Figure(
            "Trips with a toll: JFK and Manhattan, LaGuardia and Manhattan, others",
            "tolls",
            "tolls_by_route",
            lambda counts: values.shares_within([[0, 1], [2, 3], [4, 5]])(counts)[:, 1::2],
            distances.POINTS,
        ),
        "tolls": _share("Trips with a toll", "tolls", "tolls"),
        "one_crossing": _share("Tolls that are the price of one crossing", "tolls", "one_crossing"),
        "parts": _share("Sum of the parts is the total, from 5 January", "tariff", "parts"),
        **_of_tips(),
    }


def _by_month(months: Sequence[int]) -> dict[str, Figure]:
    """What is a mean of each month."""
    named = {
        "receipts": ("Receipts without tips", "fares", RECEIPTS_STEP),
        "fare_fit": ("Fare beside what miles and minutes cost (rate 1)", "tariff", FIT_STEP),
    }
    return {
        family: Figure(
            f"{name}, mean of each month: all are within",
            group,
            family,
            _means_in(months, step),
            distances.RELATIVE,
        )
        for family, (name, group, step) in named.items()
    }


def _means_in(months: Sequence[int], step: float) -> Values:
    means = values.means(12, step, at_least=ENOUGH_ROWS)
    return lambda counts: means(counts)[:, [month - 1 for month in months]]


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


def figures_of_riders(months: Sequence[int]) -> dict[str, Figure]:
    """Who rides, with whom, and how it is paid, by key; cards are compared within these months."""
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
        "passengers_by_vendor": Figure(
            "Passengers of each vendor: all shares are within",
            "passengers",
            "passengers_by_vendor",
            values.shares_within([range(_SIZES), range(_SIZES, 2 * _SIZES)]),
            distances.POINTS,
        ),
        "card": _share("Paid by card", "payment", "payment"),
        "cards_by_month": Figure(
            "Paid by card, each month: all are within",
            "payment",
            "cards_by_month",
            _cards_in(months),
            distances.POINTS,
        ),
    }


def _cards_in(months: Sequence[int]) -> Values:
    within = values.shares_within([[2 * (month - 1), 2 * (month - 1) + 1] for month in months])
    return lambda counts: within(counts)[:, 1::2]


def _share(name: str, group: str, family: str) -> Figure:
    """The share of the rows in bin 1."""
    return Figure(name, group, family, values.share_of([1]), distances.POINTS, "{:.1%}")
