"""The dirt of both sides in one chart."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from infra.local.data.report.chart_look import OTHER, OURS, Chart, dressed

Rates = Mapping[str, tuple[float, float]]
"""By name of a defect: how often it occurs on the other side, and in ours."""


def dirt_chart(other_name: str, our_name: str, rates: Rates) -> Chart:
    """One row per defect, a symbol per side, by powers of ten."""
    names = sorted(rates, key=lambda name: rates[name][0])
    figure = go.Figure()
    for place, (side, colour, symbol) in enumerate(
        ((other_name, OTHER, "circle"), (our_name, OURS, "diamond-open"))
    ):
        figure.add_trace(
            go.Scatter(
                x=[rates[name][place] * 100 or None for name in names],
                y=names,
                name=side,
                mode="markers",
                marker={"color": colour, "symbol": symbol, "size": 11, "line": {"width": 2}},
                hovertemplate="%{y}: %{x:.4f} %",
            )
        )
    figure = dressed(figure, "Trips (%), by powers of ten", "", height=max(200, 60 + 28 * len(names)))
    figure.update_xaxes(type="log")
    return Chart("Dirt", f"How often each of {len(names)} kinds of impossible records occurs.", figure)
