"""The colours of charts. They hold 3:1 on both backgrounds, because a drawn chart keeps them when the theme changes.

Colours of text and controls are the theme's (.streamlit/config.toml). Taxi yellow is a fill, never a line or text.
"""

from __future__ import annotations

ASPHALT = "#646A73"
BLUE = "#035CF0"
RUST = "#A95926"
GREEN = "#0BA680"
ORCHID = "#C979AE"
CATEGORICAL = (BLUE, RUST, GREEN, ORCHID, ASPHALT)
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "x")
TAXI = "#FFC400"
SURFACE = "#FFFFFF"
"""The ground on which a chart is drawn. On a dark one the style sheet puts another colour in its place."""
SEQUENTIAL = (
    *("#FFF4D1", "#FFE7A0", "#FFD75E", "#FFC400", "#E6A400"),
    *("#C98600", "#A86A00", "#855000", "#613800", "#3F2300"),
)
"""From low to high on a light ground. On a dark one the style sheet puts another colour in the place of each."""
WEEKEND = "rgba(128, 128, 128, 0.10)"
LEADER = "rgba(128, 128, 128, 0.9)"
