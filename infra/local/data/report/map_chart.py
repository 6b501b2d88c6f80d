"""A map of where trips begin, one per side: each taxi zone in the colour of its share."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go

from infra.local.data.facts import Facts, Zone
from infra.local.data.report.chart_look import HEAT, HEAT_DARK, THIRD, Chart, Panel, Readings, dressed
from infra.local.data.report.histograms import Numbers
from infra.local.data.report.places import outlines
from infra.local.data.report.sides import Side

_STEPS = (0, 0.001, 0.003, 0.01, 0.02, 0.03, 1)
"""Shares of pickups at which the colour changes."""
_COLOURS = (1, 3, 4, 6, 7, 9)
_DEGREES_LIKE_MILES = 1.32
"""A degree of latitude over one of longitude at New York."""
_MARGIN = 0.01


def map_of_pickups(other: Side, ours: Side, facts: Facts) -> Chart:
    """Both sides' shares of pickups by zone, the whole city and Newark Airport."""
    panels = [Panel(_map(side, facts), side.name) for side in (other, ours)]
    by_share = sorted(facts.zones, key=lambda zone: -other.shares["pickups"][zone.id])
    rows = [
        (
            f"{zone.name} ({zone.borough})",
            *(f"{side.shares['pickups'][zone.id]:.3%}" for side in (other, ours)),
        )
        for zone in by_share
    ]
    empty = sum(ours.shares["pickups"][zone.id] == 0 for zone in facts.zones)
    return Chart(
        "Map of pickups",
        f"Each taxi zone's share of pickups. Ours have none in {empty} of {len(facts.zones)} zones.",
        panels,
        Readings(("Zone", other.name, ours.name), rows),
        ("Pickups by zone", "Pickups by part", "Pickup zone unknown", "Both zones", "An end unknown"),
        wide=True,
    )


def _map(side: Side, facts: Facts) -> go.Figure:
    shares = side.shares["pickups"]
    figure = go.Figure(_zones((zone for zone, _ in outlines() if shares[zone] == 0), "none"))
    for (low, high), colour in zip(pairwise(_STEPS), _COLOURS, strict=True):
        inside = (zone for zone, _ in outlines() if low < shares[zone] <= high)
        drawn = _zones(inside, _named(low, high))
        # The page paints these again when the reader's system is dark.
        drawn.update(
            fill="toself",
            fillcolor=HEAT[colour],
            meta={"light": HEAT[colour], "dark": HEAT_DARK[colour]},
        )
        figure.add_trace(drawn)
    figure.add_trace(_names(shares, facts.zones))
    return _framed(dressed(figure, "Longitude (°)", "Latitude (°)", height=480))


def _named(low: float, high: float) -> str:
    if low == 0:
        return f"up to {high:.1%}"
    return f"over {low:.0%}" if high == 1 else f"to {high:.1%}"


def _zones(zones: Iterable[int], name: str) -> go.Scatter:
    wanted = set(zones)
    longitudes: list[float | None] = []
    latitudes: list[float | None] = []
    for zone, ring in outlines():
        if zone in wanted:
            longitudes += [*ring[:, 0].round(4).tolist(), float(ring[0, 0].round(4)), None]
            latitudes += [*ring[:, 1].round(4).tolist(), float(ring[0, 1].round(4)), None]
    return go.Scatter(
        x=longitudes,
        y=latitudes,
        name=name,
        mode="lines",
        line={"color": THIRD, "width": 0.6},
        hoverinfo="skip",
    )


def _names(shares: Numbers, zones: Iterable[Zone]) -> go.Scatter:
    """Nothing to see at the middle of each zone, but its name and share for the pointer."""
    placed = [zone for zone in zones if zone.longitude is not None]
    return go.Scatter(
        x=[zone.longitude for zone in placed],
        y=[zone.latitude for zone in placed],
        mode="markers",
        marker={"size": 10, "opacity": 0, "color": THIRD},
        text=[f"{zone.name}: {shares[zone.id]:.2%}" for zone in placed],
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )


def _framed(figure: go.Figure) -> go.Figure:
    """The figure with every outline inside, and miles as long from south to north as from west to east."""
    corners = np.concatenate([ring for _, ring in outlines()])
    (west, south), (east, north) = corners.min(axis=0) - _MARGIN, corners.max(axis=0) + _MARGIN
    figure.update_xaxes(range=[west, east], constrain="domain", dtick=0.1)
    figure.update_yaxes(
        range=[south, north],
        constrain="domain",
        dtick=0.1,
        scaleanchor="x",
        scaleratio=_DEGREES_LIKE_MILES,
    )
    return figure
