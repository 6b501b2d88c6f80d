"""How charts look: the product's colours, the same in light and dark except for heat, and nothing to drag."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

OURS, OTHER, SECOND_OURS, SECOND_OTHER, THIRD = "#035CF0", "#A95926", "#0BA680", "#C979AE", "#646A73"
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


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with its heading and the sentence that says what it shows."""

    title: str
    sentence: str
    figure: go.Figure


def dressed(figure: go.Figure, x: str, y: str, height: int = HEIGHT) -> go.Figure:
    """The figure with axis titles, transparent ground and no dragging."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 30, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        separators=".,",
        dragmode=False,
        bargap=0.15,
        legend={"orientation": "h", "y": 1.08, "yanchor": "bottom", "x": 0},
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
    return go.Bar(x=x, y=y, name=name, marker={"color": colour})


def scale(colours: list[str]) -> list[list[float | str]]:
    """Colours from low to high as plotly wants them."""
    return [[place / (len(colours) - 1), colour] for place, colour in enumerate(colours)]
