"""Charts of places: the busiest zones, a map of all, and who goes from which borough to which."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from infra.local.data.facts import Facts
from infra.local.data.report.chart_look import OTHER, OURS, Chart, Panel, Readings, bars, dressed, heat
from infra.local.data.report.coarser import borough_numbers
from infra.local.data.report.histograms import Numbers
from infra.local.data.report.map_chart import map_of_pickups
from infra.local.data.report.sides import Side

_TOP = 20
_LEAST = 0.001
"""Per cent of trips below which a pair of boroughs has the lightest colour."""
_SHOWN = 0.005


def charts_of_places(other: Side, ours: Side, facts: Facts) -> list[Chart]:
    """Zones and boroughs, where both sides have them."""
    if "pickups" not in other.shares:
        return []
    return [
        _top_zones("Pickups", "pickups", other, ours, facts),
        _top_zones("Drop-offs", "dropoffs", other, ours, facts),
        map_of_pickups(other, ours, facts),
        _boroughs(other, ours, facts),
    ]


def _top_zones(title: str, key: str, other: Side, ours: Side, facts: Facts) -> Chart:
    names = {zone.id: zone.name for zone in facts.zones}
    ids = [int(zone) for zone in np.argsort(-other.shares[key])[:_TOP] if zone]
    labels = [names[zone] for zone in ids]
    theirs, mine = (side.shares[key][ids] for side in (other, ours))
    figure = go.Figure()
    for shares, side, colour in ((theirs, other, OTHER), (mine, ours, OURS)):
        trace = bars(shares * 100, labels, side.name, colour)
        trace.orientation = "h"
        figure.add_trace(trace)
    figure.update_traces(hovertemplate="%{y}: %{x:.2f} %")
    figure = dressed(figure, "Trips (%)", "", height=620)
    figure.update_yaxes(autorange="reversed")
    rows = [(labels[i], f"{theirs[i]:.2%}", f"{mine[i]:.2%}") for i in range(len(ids))]
    return Chart(
        f"{title}: the {_TOP} busiest zones",
        f"They hold {theirs.sum():.1%} of trips ({other.name.lower()}) and {mine.sum():.1%} of ours.",
        [Panel(figure)],
        Readings(("Zone", other.name, ours.name), rows),
        (f"{title} by zone",),
    )


def _boroughs(other: Side, ours: Side, facts: Facts) -> Chart:
    names, _ = borough_numbers(facts)
    pairs = [side.shares["boroughs"].reshape(len(names), len(names)) * 100 for side in (other, ours)]
    order = [int(place) for place in np.argsort(-(pairs[0].sum(axis=0) + pairs[0].sum(axis=1)))]
    ordered = [names[place] for place in order]
    matrices = [matrix[np.ix_(order, order)] for matrix in pairs]
    panels = [
        Panel(_matrix(matrix, ordered), side.name)
        for matrix, side in zip(matrices, (other, ours), strict=True)
    ]
    rows = [
        (f"{ordered[begin]} to {ordered[end]}", *(f"{matrix[begin, end]:.3f} %" for matrix in matrices))
        for begin in range(len(names))
        for end in range(len(names))
        if any(matrix[begin, end] for matrix in matrices)
    ]
    home = ordered.index("Manhattan")
    return Chart(
        "From borough to borough",
        f"Per cent of trips; {matrices[1][home, home]:.1f} % of ours stay in Manhattan. Colours go by powers of ten.",
        panels,
        Readings(("From and to", other.name, ours.name), rows),
        ("From borough",),
        wide=True,
    )


def _matrix(matrix: Numbers, names: list[str]) -> go.Figure:
    drawn = go.Heatmap(
        z=np.log10(np.maximum(matrix, _LEAST)),
        x=names,
        y=names,
        coloraxis="coloraxis",
        customdata=matrix,
        text=[[_short(share) for share in row] for row in matrix.tolist()],
        texttemplate="%{text}",
        textfont={"size": 12},
        hovertemplate="%{y} to %{x}: %{customdata:.3f} %<extra></extra>",
    )
    figure = dressed(go.Figure(drawn), "To", "From", height=400)
    figure.update_layout(coloraxis={**heat(float(np.log10(_LEAST)), 2.0), "showscale": False})
    figure.update_xaxes(tickangle=-40)
    figure.update_yaxes(autorange="reversed")
    return figure


def _short(share: float) -> str:
    if share < _SHOWN:
        return "<.01" if share else ""
    return f"{share:.1f}" if share >= 1 else f"{share:.2f}".lstrip("0")
