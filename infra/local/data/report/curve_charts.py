"""Charts of how trips are spread over distance, duration, total and tip ratio: what share of them is below."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from infra.local.data.report.chart_look import OTHER, OURS, Chart, Panel, Readings, dressed, line
from infra.local.data.report.histograms import Numbers
from infra.local.data.report.sides import Side


@dataclass(frozen=True, slots=True)
class _Look:
    """`form` writes a value; `plotly_form` is plotly's word for the same."""

    title: str
    axis: str
    what: str
    form: str
    plotly_form: str
    compared: tuple[str, ...]
    ticks: str = ""


_LOOKS = {
    "miles": _Look(
        "Distance", "Distance (mi)", "shorter", "{:.2f} mi", "%{x:.2f} mi", ("Distance, ", "Distance 0")
    ),
    "minutes": _Look(
        "Duration", "Duration (min)", "shorter", "{:.1f} min", "%{x:.1f} min", ("Duration ", "Duration, ")
    ),
    "total": _Look("Total charged", "Total ($)", "cheaper", "${:.2f}", "$%{x:.2f}", ("Total, ", "Total $0")),
    "tip_ratio": _Look(
        "Tip ratio",
        "Tip ratio (% of fare), where tipped",
        "tipped less",
        "{:.1%}",
        "%{x:.1%}",
        ("Tip ratio",),
        ".0%",
    ),
}


def charts_of_curves(other: Side, ours: Side) -> list[Chart]:
    """Percentiles of whatever both sides have them of."""
    return [
        _curve(key, look, other, ours)
        for key, look in _LOOKS.items()
        if key in other.curves and key in ours.curves
    ]


def _curve(key: str, look: _Look, other: Side, ours: Side) -> Chart:
    figure = go.Figure()
    for side, colour, dash in ((other, OTHER, "solid"), (ours, OURS, "dot")):
        percentiles, found = side.curves[key]
        figure.add_trace(line(found, percentiles, side.name, colour, dash))
    figure.update_traces(mode="lines+markers", hovertemplate=f"%{{y}} % below {look.plotly_form}")
    figure = dressed(figure, look.axis, "Trips below (%)")
    figure.update_xaxes(tickformat=look.ticks)
    figure.update_yaxes(range=[0, 100])
    median = look.form.format(float(np.interp(50, *ours.curves[key])))
    return Chart(
        look.title,
        f"How many trips are {look.what}; half of ours are below {median}.",
        [Panel(figure)],
        Readings(
            ("Trips below", other.name, ours.name), _rows(look.form, other.curves[key], ours.curves[key])
        ),
        look.compared,
    )


def _rows(
    form: str, other: tuple[Numbers, Numbers], ours: tuple[Numbers, Numbers]
) -> list[tuple[str, str, str]]:
    """The percentiles that both sides have."""
    theirs, mine = (dict(zip(*curve, strict=True)) for curve in (other, ours))
    return [
        (f"{percentile:.0f} %", form.format(theirs[percentile]), form.format(mine[percentile]))
        for percentile in theirs
        if percentile in mine
    ]
