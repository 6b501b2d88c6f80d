"""What every chart has in common: margins, axes, what a finger or a mouse may do, and reading an answer's cells."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from textwrap import wrap
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go

from dashboard.answers import Answer
from dashboard.formats import number
from pipeline.core.reports import Column
from pipeline.core.result_pages import Cell

HEIGHT = 360
_ROW, _LINE = 32, 16
_LOWEST = 180
NUMBERS = frozenset({"integer", "decimal", "double"})
CONFIG: Mapping[str, Any] = MappingProxyType(
    {
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "scrollZoom": False,
        "responsive": True,
    }
)
"""A page must scroll past a chart on a phone: no zoom, no drag, one button that saves the picture."""
LEGEND_ABOVE: Mapping[str, Any] = MappingProxyType(
    {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom"}
)

_LETTERS = 24
# On a phone a figure is about 340 pixels wide, and a small letter takes 6.
_CAPTION_LETTERS = 56
_LINES = 3
# plotly.js leaves some pixels between a title and what stands below it.
_GAP = 8


class NotDrawable(Exception):
    """This chart cannot be drawn from this answer; the text is a sentence for a person."""


def framed(figure: go.Figure, x: str, y: str, *, hover: str = "closest", height: int = HEIGHT) -> go.Figure:
    """Give a figure the common frame and the titles of its axes, which hold the unit."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 24, "b": 8},
        separators=".,",
        dragmode=False,
        hovermode=hover,
        bargap=0.15,
        showlegend=False,
    )
    figure.update_xaxes(title_text=words(x), automargin=True, fixedrange=True, separatethousands=True)
    figure.update_yaxes(title_text=words(y), automargin=True, fixedrange=True, separatethousands=True)
    return figure


def picture_config(name: str) -> dict[str, Any]:
    """Give the configuration of a chart whose picture is saved under this name."""
    return {**CONFIG, "toImageButtonOptions": {"scale": 2, "filename": name}}


def captioned(figure: go.Figure, said: str, *, synthetic: bool) -> go.Figure:
    """Write below a figure what it is of: a picture that is saved and sent on would not say it otherwise."""
    first, *others = _caption_lines(f"{said}.", synthetic=synthetic)
    room = _LINE * len(others) + _GAP if others else 0
    # plotly.js keeps free both what is below the title's first line and the height of all its lines.
    height = figure.layout.height + _LINE * (1 + len(others)) + room
    font = {"size": 12, "weight": 400}
    return figure.update_layout(
        height=height,
        title={
            # Streamlit makes every title bold.
            "text": f'<span style="font-weight:400">{words(first)}</span>',
            "font": font,
            "automargin": True,
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": room / height,
            "yref": "container",
            "yanchor": "bottom",
            # A title of several lines moves up a little with each drawing (plotly.js); what is below it does not.
            "subtitle": {"text": "<br>".join(words(line) for line in others), "font": font},
        },
    )


def _caption_lines(said: str, *, synthetic: bool) -> list[str]:
    """Fill lines with what stands between commas: a condition is broken only where it is longer than a line."""
    lines: list[str] = []
    for part in [*re.split("(?<=,) ", said), *(["Synthetic data."] if synthetic else [])]:
        if lines and len(f"{lines[-1]} {part}") <= _CAPTION_LETTERS:
            lines[-1] += f" {part}"
        else:
            lines += wrap(part, _CAPTION_LETTERS)
    return lines


def words(text: str) -> str:
    """Make a text safe to stand in a figure, where `<b>` would be bold."""
    return html.escape(text, quote=False)


def folded(text: str) -> str:
    """Write a long name in up to three lines, since a phone has little room; what is longer still is cut."""
    lines = wrap(text, _LETTERS, max_lines=_LINES, placeholder=" …")
    return "<br>".join(words(line) for line in lines)


def height_of_rows(names: Sequence[str], around: int) -> int:
    """Give the height of a figure with a row for each of these folded names, and something around them."""
    row = max(_ROW, 6 + _LINE * max(name.count("<br>") + 1 for name in names))
    return max(_LOWEST, around + row * len(names))


def name_rows(figure: go.Figure, names: Sequence[str]) -> None:
    """Write these names at the rows 0, 1, 2 …, the first of them on top."""
    places = range(len(names))
    figure.update_yaxes(range=[len(names) - 0.5, -0.5], tickvals=list(places), ticktext=list(names))


def floats(cells: Sequence[Cell]) -> list[float | None]:
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
