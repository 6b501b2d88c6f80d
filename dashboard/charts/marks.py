"""What a mark of a chart carries: the words that it says under the pointer, and the row that it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

_SAID = "%{customdata[0]}<extra></extra>"


def carried(said: Sequence[str], rows: Sequence[int | None]) -> dict[str, Any]:
    """Give what the marks of a trace carry, mark by mark: words, and the number of a row of the answer.

    A mark that stands for no row, or for the sum of several, has None in its place.
    """
    return {"customdata": list(zip(said, rows, strict=True)), "hovertemplate": _SAID}


def row_marked(customdata: object) -> int | None:
    """Read the row of a mark from what it carries; None where it stands for none."""
    match customdata:
        case [str(), int(row)]:
            return row
    return None


def rows_marked(figure: go.Figure) -> frozenset[int]:
    """Give the rows for which a figure has a mark."""
    found = (row_marked(mark) for trace in figure.data for mark in trace.customdata or ())
    return frozenset(row for row in found if row is not None)


def pressable(figure: go.Figure) -> go.Figure:
    """Let a press mean the mark below the pointer, which then says its place too.

    Where the pointer speaks of several lines at once, plotly.js takes each press for one of the last line.
    """
    if figure.layout.hovermode == "x unified" and len(figure.data) > 1:
        place = figure.layout.xaxis.unifiedhovertitle.text or "%{x}"
        figure.update_layout(hovermode="closest")
        figure.update_traces(hovertemplate=f"{place}<br>{_SAID}")
    return figure
