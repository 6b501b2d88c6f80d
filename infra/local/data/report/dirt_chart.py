"""The dirt of both sides in one chart."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap

import plotly.graph_objects as go

from infra.local.data.report.chart_look import OTHER, OURS, Chart, Panel, Readings, dressed

Rates = Mapping[str, tuple[float, float]]
"""By name of a defect: how often it occurs on the other side, and in ours."""
_LABEL = 26
"""Letters of a line of a label: more would leave a telephone no room for the drawing."""


def dirt_chart(other_name: str, our_name: str, rates: Rates) -> Chart:
    """One row per defect, a symbol per side, by powers of ten."""
    names = sorted(rates, key=lambda name: rates[name][0])
    labels = ["<br>".join(wrap(name, _LABEL)) for name in names]
    figure = go.Figure()
    for place, (side, colour, symbol) in enumerate(
        ((other_name, OTHER, "circle"), (our_name, OURS, "diamond-open"))
    ):
        figure.add_trace(
            go.Scatter(
                x=[rates[name][place] * 100 or None for name in names],
                y=labels,
                name=side,
                mode="markers",
                marker={"color": colour, "symbol": symbol, "size": 11, "line": {"width": 2}},
                hovertemplate="%{y}: %{x:.4f} %",
            )
        )
    figure = dressed(figure, "Trips (%)", "", height=max(200, 80 + 36 * len(names)))
    figure.update_xaxes(type="log", dtick=1, tickformat="~g")
    rows = [(name, *(f"{rate:.4%}" for rate in rates[name])) for name in reversed(names)]
    return Chart(
        "Dirt",
        f"How often each of {len(names)} kinds of impossible records occurs, by powers of ten.",
        [Panel(figure)],
        Readings(("Kind", other_name, our_name), rows),
        tuple(names),
        wide=True,
    )
