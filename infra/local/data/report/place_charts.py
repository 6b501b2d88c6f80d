"""Charts of places: the busiest zones, a map of all, and who goes from which borough to which."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from infra.local.data.facts import Facts, Zone
from infra.local.data.report.chart_look import HEAT, OTHER, OURS, THIRD, Chart, bars, dressed, scale
from infra.local.data.report.coarser import borough_numbers
from infra.local.data.report.places import outlines
from infra.local.data.report.sides import Side

_TOP = 20
_LARGEST_SYMBOL = 34
_DEGREES_LIKE_MILES = 1.32
"""A degree of latitude over one of longitude at New York."""


def charts_of_places(other: Side, ours: Side, facts: Facts) -> list[Chart]:
    """Zones and boroughs, where both sides have them."""
    if "pickups" not in other.shares:
        return []
    return [
        _top_zones("Pickups", "pickups", other, ours, facts),
        _top_zones("Drop-offs", "dropoffs", other, ours, facts),
        _map(other, ours, facts),
        _boroughs(other, ours, facts),
    ]


def _top_zones(title: str, key: str, other: Side, ours: Side, facts: Facts) -> Chart:
    names = {zone.id: zone.name for zone in facts.zones}
    ids = [int(zone) for zone in np.argsort(-other.shares[key])[:_TOP] if zone]
    labels = [names[zone] for zone in ids]
    figure = go.Figure()
    for side, colour in ((other, OTHER), (ours, OURS)):
        trace = bars(side.shares[key][ids] * 100, labels, side.name, colour)
        trace.orientation = "h"
        figure.add_trace(trace)
    figure.update_traces(hovertemplate="%{y}: %{x:.2f} %")
    figure = dressed(figure, "Trips (%)", "", height=620)
    figure.update_yaxes(autorange="reversed")
    held = ours.shares[key][ids].sum()
    return Chart(
        f"{title}: the {_TOP} busiest zones", f"Ours have {held:.1%} of theirs in these zones.", figure
    )


def _map(other: Side, ours: Side, facts: Facts) -> Chart:
    figure = make_subplots(rows=1, cols=2, subplot_titles=(other.name, ours.name), shared_yaxes=True)
    zones = [zone for zone in facts.zones if zone.longitude is not None and zone.borough != "EWR"]
    for column, (side, colour) in enumerate(((other, OTHER), (ours, OURS)), start=1):
        figure.add_trace(_outline(), row=1, col=column)
        figure.add_trace(_symbols(side, zones, colour), row=1, col=column)
    figure = dressed(figure, "Longitude", "Latitude", height=520)
    figure.update_layout(showlegend=False)
    figure.update_xaxes(range=[-74.06, -73.74])
    figure.update_yaxes(range=[40.60, 40.89], scaleratio=_DEGREES_LIKE_MILES)
    figure.update_yaxes(scaleanchor="x", row=1, col=1)
    return Chart("Map of pickups", "A symbol's area is the zone's share of pickups, at its middle.", figure)


def _outline() -> go.Scatter:
    longitudes: list[float | None] = []
    latitudes: list[float | None] = []
    for _, ring in outlines():
        longitudes += [*ring[:, 0].round(4).tolist(), float(ring[0, 0]), None]
        latitudes += [*ring[:, 1].round(4).tolist(), float(ring[0, 1]), None]
    return go.Scatter(
        x=longitudes, y=latitudes, mode="lines", line={"color": THIRD, "width": 0.5}, hoverinfo="skip"
    )


def _symbols(side: Side, zones: list[Zone], colour: str) -> go.Scatter:
    shares = side.shares["pickups"][[zone.id for zone in zones]]
    return go.Scatter(
        x=[zone.longitude for zone in zones],
        y=[zone.latitude for zone in zones],
        mode="markers",
        marker={
            "color": colour,
            "opacity": 0.7,
            "size": shares,
            "sizemode": "area",
            "sizeref": float(shares.max()) / _LARGEST_SYMBOL**2 * 2,
        },
        text=[f"{zone.name}: {share:.2%}" for zone, share in zip(zones, shares, strict=True)],
        hovertemplate="%{text}<extra></extra>",
    )


def _boroughs(other: Side, ours: Side, facts: Facts) -> Chart:
    names, _ = borough_numbers(facts)
    figure = make_subplots(rows=1, cols=2, subplot_titles=(other.name, ours.name), shared_yaxes=True)
    for column, side in enumerate((other, ours), start=1):
        pairs = side.shares["boroughs"].reshape(len(names), len(names)) * 100
        heat = go.Heatmap(
            z=np.log10(pairs + 0.001),
            x=names,
            y=names,
            coloraxis="coloraxis",
            text=pairs,
            texttemplate="%{text:.2f}",
            hovertemplate="%{y} to %{x}: %{text:.3f} %<extra></extra>",
        )
        figure.add_trace(heat, row=1, col=column)
    figure.update_layout(coloraxis={"colorscale": scale(HEAT), "showscale": False})
    figure = dressed(figure, "To", "From", height=420)
    figure.update_yaxes(autorange="reversed")
    home = names.index("Manhattan")
    within = ours.shares["boroughs"].reshape(len(names), len(names))[home, home]
    return Chart(
        "From borough to borough",
        f"Per cent of trips; {within:.1%} of ours stay in Manhattan. Colours go by powers of ten.",
        figure,
    )
