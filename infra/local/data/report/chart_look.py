"""How charts look: the product's colours, the same in light and dark except for heat, and nothing to drag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

OURS, OTHER, THIRD = "#035CF0", "#A95926", "#646A73"
HEAT = [
    "#FFF4D1",
    "#FFE7A0",
    "#FFD75E",
    "#FFC400",
    "#E6A400",
    "#C98600",
    "#A86A00",
    "#855000",
    "#613800",
    "#3F2300",
]
HEAT_DARK = [
    "#2B2616",
    "#45390F",
    "#63500C",
    "#836A08",
    "#A58505",
    "#C79F06",
    "#E4B70F",
    "#FFCB1F",
    "#FFDE70",
    "#FFF1C2",
]
HEIGHT = 360
NOT_KNOWN = "not known"
HOURS = (0, 6, 12, 18, 23)
"""The hours of the day that an axis names."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A drawing of a chart; `name` is empty where the chart has but one."""

    figure: go.Figure
    name: str = ""


@dataclass(frozen=True, slots=True)
class Readings:
    """What a chart draws, as a table: texts, the first of each row is its heading."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Chart:
    """Drawings with their heading, the sentence that says what they show, and what they draw as a table.

    `compared` are the beginnings of the names of those comparisons that the chart is about.
    """

    title: str
    sentence: str
    panels: Sequence[Panel]
    readings: Readings
    compared: tuple[str, ...]
    wide: bool = False


def dressed(figure: go.Figure, x: str, y: str, height: int = HEIGHT) -> go.Figure:
    """The figure with axis titles, transparent ground and no dragging."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        separators=".,",
        dragmode=False,
        bargap=0.15,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        hoverlabel={"namelength": -1},
    )
    figure.update_xaxes(title_text=x, fixedrange=True, automargin=True)
    figure.update_yaxes(title_text=y, fixedrange=True, automargin=True)
    return figure


def line(x: object, y: object, name: str, colour: str, dash: str = "solid") -> go.Scatter:
    """A line of a chart."""
    return go.Scatter(x=x, y=y, name=name, mode="lines", line={"color": colour, "dash": dash, "width": 2})


def bars(x: object, y: object, name: str, colour: str) -> go.Bar:
    """Bars of a chart."""
    return go.Bar(x=x, y=y, name=name, marker={"color": colour, "line": {"width": 0}})


def heat(low: float, high: float) -> dict[str, object]:
    """A colour axis from `low` to `high`, the same for all panels that get it."""
    return {"colorscale": scale(HEAT), "cmin": low, "cmax": high}


def scale(colours: list[str]) -> list[list[float | str]]:
    """Colours from low to high as plotly wants them."""
    return [[place / (len(colours) - 1), colour] for place, colour in enumerate(colours)]


def share_text(share: float | None) -> str:
    """A share as a table of readings has it; None is one that nobody published."""
    return NOT_KNOWN if share is None else f"{share:.2%}"
