"""Names at the ends of lines, instead of a legend that has to be matched with them."""

from __future__ import annotations

from textwrap import wrap

import plotly.graph_objects as go

from dashboard.charts.frame import words
from dashboard.charts.panels import Drawing
from dashboard.charts.points import Series

MAXIMUM_NAMED = 4
_LETTERS = 13
_LETTER, _LINE = 7.5, 15
_GAP, _APART = 8, 4
_AXIS = 80


def name_ends(figure: go.Figure, drawing: Drawing) -> None:
    """Write each name beside the last value of its line; where two would meet, the lower one moves down."""
    known = [point.y for series in drawing.series for point in series.points if point.y is not None]
    pixels = (figure.layout.height / len(drawing.panels) - _AXIS) / ((max(known) - min(known)) or 1)
    for number, panel in enumerate(drawing.panels, 1):
        axis = "" if number == 1 else str(number)
        free = float("inf")
        for value, name in sorted(_ends(drawing, panel), reverse=True):
            half = _LINE * len(name) / 2
            middle = min(value * pixels, free - half)
            free = middle - half - _APART
            figure.add_annotation(
                text="<br>".join(words(line) for line in name),
                x=1,
                xref=f"x{axis} domain",
                y=value,
                yref=f"y{axis}",
                yshift=middle - value * pixels,
                xshift=_GAP,
                xanchor="left",
                align="left",
                showarrow=False,
            )
    longest = max(len(line) for name in drawing.names for line in _folded(name))
    figure.update_layout(margin_r=2 * _GAP + _LETTER * longest)


def _ends(drawing: Drawing, panel: str) -> list[tuple[float, list[str]]]:
    ends = ((_last(one), _folded(one.name)) for one in drawing.series if one.panel == panel)
    return [(value, name) for value, name in ends if value is not None]


def _last(series: Series) -> float | None:
    return next((point.y for point in reversed(series.points) if point.y is not None), None)


def _folded(name: str) -> list[str]:
    return wrap(name, _LETTERS) or [""]
