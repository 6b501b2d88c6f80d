"""A chart of tips by card: how they gather at the buttons of the screens."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from infra.local.data.report.chart_look import (
    OTHER,
    OURS,
    THIRD,
    Chart,
    Panel,
    Readings,
    dressed,
    line,
    share_text,
)
from infra.local.data.report.histograms import Numbers
from infra.local.data.report.passes import BUTTON_BINS
from infra.local.data.report.sides import Side

_BINS_PER_PERCENT = 2
_BUTTONS = (20, 25, 30)
_HOVER = "%{x:.1f} % of the charges: %{y:.1f} %"


def tips_by_card(other: Side, ours: Side) -> Chart:
    """Tips in per cent of the charges, a panel for each vendor; of ours all must be there."""
    panels = []
    rows: list[tuple[str, ...]] = []
    for vendor in (0, 1):
        figure = go.Figure()
        for side, colour, dash in ((other, OTHER, "solid"), (ours, OURS, "dot")):
            if "buttons" in side.shares:
                figure.add_trace(_spread(side, vendor, colour, dash))
            elif side.tip_marks:
                figure.add_trace(_marks(side, vendor, colour))
        for button in _BUTTONS:
            figure.add_vline(x=button, line={"color": THIRD, "width": 1, "dash": "dash"})
        figure = dressed(
            figure, "Tip (% of fare, extra, tax, surcharge and tolls)", "Card trips (%)", height=320
        )
        figure.update_xaxes(range=[-1, 40])
        panels.append(Panel(figure, f"Vendor {vendor + 1}"))
        rows += [
            (
                f"Vendor {vendor + 1}, {percent} %",
                *(share_text(_tip_share(side, vendor, percent)) for side in (other, ours)),
            )
            for percent in (0, *range(5, 41))
        ]
    return Chart(
        "Tips by card",
        f"From 22 January on most tips at a button are 20, 25 or 30 % of all charges (dashed). {_known_of_tips(other)}",
        panels,
        Readings(("Tip, to a quarter of a per cent", other.name, ours.name), rows),
        ("Tip by card", "Tip of all", "Card tips"),
        wide=True,
    )


def _known_of_tips(other: Side) -> str:
    if "buttons" in other.shares:
        return "Both sides are counted to a quarter of a per cent."
    if other.tip_marks:
        return "Published are no tip and the 20 % button alone (symbols): the lines are ours."
    return f"{other.name} have no tips: all is ours."


def _spread(side: Side, vendor: int, colour: str, dash: str) -> go.Scatter:
    percent = _tip_shares(side, vendor) * 100
    drawn = line(np.arange(BUTTON_BINS) / _BINS_PER_PERCENT, percent, side.name, colour, dash)
    return drawn.update(line_shape="hvh", hovertemplate=_HOVER)


def _marks(side: Side, vendor: int, colour: str) -> go.Scatter:
    return go.Scatter(
        x=list(side.tip_marks),
        y=[shares[vendor] * 100 for shares in side.tip_marks.values()],
        name=side.name,
        mode="markers",
        marker={"color": colour, "symbol": "diamond", "size": 11},
        hovertemplate=_HOVER,
    )


def _tip_shares(side: Side, vendor: int) -> Numbers:
    counts = side.shares["buttons"][vendor * BUTTON_BINS : (vendor + 1) * BUTTON_BINS]
    shares: Numbers = counts / (counts.sum() or 1)
    return shares


def _tip_share(side: Side, vendor: int, percent: int) -> float | None:
    if "buttons" in side.shares:
        return float(_tip_shares(side, vendor)[percent * _BINS_PER_PERCENT])
    marks = side.tip_marks.get(percent)
    return marks[vendor] if marks else None
