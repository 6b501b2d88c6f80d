"""Charts of fares, of how trips are paid, and of how many ride; with the tips, all that money is about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from infra.local.data.report.chart_look import (
    NOT_KNOWN,
    OTHER,
    OURS,
    Chart,
    Panel,
    Readings,
    bars,
    dressed,
    line,
    share_text,
)
from infra.local.data.report.histograms import Numbers
from infra.local.data.report.passes import FARE_STEP
from infra.local.data.report.sides import Side
from infra.local.data.report.tip_chart import tips_by_card

PAYMENTS = ("", "Card", "Cash", "No charge", "Dispute", "Other")
_LAST_FARE = 60


def charts_of_money(other: Side, ours: Side) -> list[Chart]:
    """Fares, tips, payment and passengers, where there is something to draw."""
    found = []
    if "filtered_fare" in ours.shares:
        found.append(_fares(other, ours))
    if "buttons" in ours.shares:
        found.append(tips_by_card(other, ours))
    if "payment" in other.shares:
        found.append(
            _mix(
                "How trips are paid",
                "payment",
                PAYMENTS[1:],
                1,
                other,
                ours,
                ("Payment types", "Paid by card"),
            )
        )
    if "passengers" in other.shares:
        names = [*map(str, range(9)), "9 or more"]
        found.append(_mix("Passengers", "passengers", names, 0, other, ours, ("Passengers", "No passengers")))
    return found


def _fares(other: Side, ours: Side) -> Chart:
    figure = go.Figure()
    dollars = np.arange(0.0, _LAST_FARE + FARE_STEP, FARE_STEP)
    highest = float(ours.shares["filtered_fare"].max()) * 100
    for side, colour, dash in ((other, OTHER, "solid"), (ours, OURS, "dot")):
        if "filtered_fare" in side.shares:
            shares = side.shares["filtered_fare"][: len(dollars)] * 100
            figure.add_trace(bars(dollars, shares, side.name, colour))
        if side.mean_fare is not None:
            mean = f"{side.name}, mean ${side.mean_fare:.2f}"
            figure.add_trace(line([side.mean_fare] * 2, [0, highest], mean, colour, dash))
    figure.update_layout(barmode="group")
    figure.update_traces(hovertemplate="$%{x:.2f}: %{y:.2f} %", selector={"type": "bar"})
    figure.update_traces(hoverinfo="name", selector={"type": "scatter"})
    figure = dressed(figure, "Fare ($)", "Trips (%)")
    figure.update_yaxes(rangemode="nonnegative")
    return Chart(
        "Fares",
        f"Fares of trips of 0.1–50 mi and $2.50–100; the peak at $52 is the flat fare of JFK. {_known_of_fares(other)}",
        [Panel(figure)],
        Readings(("Fare, $1 from", other.name, ours.name), _fare_rows(other, ours)),
        ("Fare", "Tariff"),
    )


def _known_of_fares(other: Side) -> str:
    if "filtered_fare" in other.shares:
        return "Uprights are the means."
    if other.mean_fare is None:
        return f"{other.name} have no fares: all is ours."
    return "Only the mean was published (upright), no spread of fares: the bars are ours alone."


def _fare_rows(other: Side, ours: Side) -> list[tuple[str, ...]]:
    means = (side.mean_fare for side in (other, ours))
    spreads = [_by_dollar(side) for side in (other, ours)]
    return [
        ("Mean", *(NOT_KNOWN if mean is None else f"${mean:.2f}" for mean in means)),
        *(
            (f"${dollar}", *(share_text(None if known is None else known[dollar]) for known in spreads))
            for dollar in range(2, _LAST_FARE)
        ),
    ]


def _by_dollar(side: Side) -> Numbers | None:
    shares = side.shares.get("filtered_fare")
    return None if shares is None else shares[: 2 * _LAST_FARE].reshape(-1, 2).sum(axis=1)


def _mix(
    title: str,
    key: str,
    names: Sequence[str],
    first: int,
    other: Side,
    ours: Side,
    compared: tuple[str, ...],
) -> Chart:
    theirs, mine = (side.shares[key][first : first + len(names)] for side in (other, ours))
    figure = go.Figure(
        [
            bars(list(names), theirs * 100, other.name, OTHER),
            bars(list(names), mine * 100, ours.name, OURS),
        ]
    )
    figure.update_traces(hovertemplate="%{x}: %{y:.3f} %")
    figure = dressed(figure, title, "Trips (%)")
    figure.update_xaxes(type="category")
    top = int(np.argmax(mine))
    rows = [(names[i], f"{theirs[i]:.3%}", f"{mine[i]:.3%}") for i in range(len(names))]
    return Chart(
        title,
        f"The commonest among ours is {names[top].lower()}, {mine[top]:.1%}.",
        [Panel(figure)],
        Readings((title, other.name, ours.name), rows),
        compared,
    )
