"""What every chart has in common: margins, axes, what a finger or a mouse may do, and reading an answer's cells."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.formats import heading, number
from pipeline.core.reports import Column
from pipeline.core.result_pages import Cell

HEIGHT = 360
CONFIG: Mapping[str, Any] = MappingProxyType(
    {
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"scale": 2, "filename": "nyc-taxi-chart"},
        "scrollZoom": False,
        "responsive": True,
    }
)
"""A page must scroll past a chart on a phone: no zoom, no drag, one button that saves the picture."""

_HOUR = "hour"


class NotDrawable(Exception):
    """This chart cannot be drawn from this answer; the text is a sentence for a person."""


def framed(figure: go.Figure, x: Column, y: Column, *, hover: str = "closest") -> go.Figure:
    """Give a figure the common frame and its axis titles with units."""
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 24, "b": 8},
        separators=".,",
        dragmode=False,
        hovermode=hover,
        bargap=0.15,
        showlegend=False,
    )
    figure.update_xaxes(title_text=heading(x), automargin=True, fixedrange=True, separatethousands=True)
    figure.update_yaxes(title_text=heading(y), automargin=True, fixedrange=True, separatethousands=True)
    return figure


def floats(cells: tuple[Cell, ...]) -> list[float | None]:
    """Give numbers for drawing; a missing one is a gap, never zero."""
    return [None if (value := number(cell)) is None else float(value) for cell in cells]


def column_of(answer: Answer, name: str) -> Column:
    """Find a column that a chart needs.

    Raises:
        NotDrawable: the answer does not have it.
    """
    column = answer.column(name)
    if column is None:
        raise NotDrawable(
            f"The answer has no column {name}, which its chart needs: the table has everything."
        )
    return column


def tick_text(name: str, cell: object) -> str:
    """Write a category on an axis; an hour of the day is written as a time."""
    return f"{cell}:00" if name == _HOUR else str(cell)
