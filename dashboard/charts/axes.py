"""The x axis of bars and lines: how far its places are apart, and how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import plotly.graph_objects as go

from dashboard.charts.frame import NUMBERS
from dashboard.formats import HOUR, day_text
from pipeline.core.reports import Column
from pipeline.core.result_pages import Cell

_FEW, _FEW_NUMBERS = 7, 12
_WEEK, _MONTH = 7, 28
_DAY_MS = 24 * 60 * 60 * 1000
_HOURS = range(0, 24, 6)
_DAY_OF_HOURS = (-0.7, 23.7)
# On a phone the axis is about 275 pixels wide: six times of day or six words can stand side by side.
_TICKS = 6


def write_places(figure: go.Figure, column: Column, places: Sequence[Cell]) -> None:
    """Write the places of the x axis, for as many as fit on a phone."""
    if column.type == "date":
        _write_days(figure, days_of(places))
    elif column.name == HOUR:
        figure.update_xaxes(tickvals=list(_HOURS), ticktext=[f"{hour}:00" for hour in _HOURS], tickangle=0)
        figure.update_xaxes(unifiedhovertitle_text="%{x}:00", range=list(_DAY_OF_HOURS))
    elif column.type in NUMBERS and len(places) <= _FEW_NUMBERS:
        figure.update_xaxes(tickvals=list(places))
    elif column.type not in NUMBERS:
        figure.update_xaxes(type="category")
    figure.update_xaxes(showgrid=False)


def days_of(places: Sequence[Cell]) -> list[date]:
    """Read the days on an axis, each once and in order."""
    return sorted({date.fromisoformat(str(place)) for place in places if place is not None})


def step_of(days: Sequence[date]) -> int:
    """Say how many days lie between neighbours, at the least; 0 for a single day."""
    return min(((after - before).days for before, after in pairwise(days)), default=0)


def single_days(column: Column, places: Sequence[Cell]) -> list[date]:
    """Give the days of an axis of single days; none for any other axis."""
    days = days_of(places) if column.type == "date" else []
    return days if step_of(days) == 1 else []


def _write_days(figure: go.Figure, days: Sequence[date]) -> None:
    step = step_of(days)
    figure.update_xaxes(
        type="date",
        tickformat="%b" if step >= _MONTH else "%-d %b",
        hoverformat="%B %Y" if step >= _MONTH else "%a %-d %b %Y",
        unifiedhovertitle={"text": "%{x|%B %Y}" if step >= _MONTH else "%{x|%a %-d %b %Y}"},
    )
    if step == _WEEK:  # else plotly writes Sundays
        figure.update_xaxes(tick0=days[0].isoformat(), dtick=_DAY_MS * _WEEK * -(-len(days) // _TICKS))
    if len(days) == 1:  # on an axis of time a single bar would be a hairline
        figure.update_xaxes(type="category", tickvals=[days[0].isoformat()], ticktext=[day_text(days[0])])
        figure.update_xaxes(unifiedhovertitle_text=day_text(days[0]))
    elif len(days) <= _FEW:  # else plotly writes hours between two days
        room = timedelta(days=step) / 2
        first, last = (datetime.combine(day, time()) for day in (days[0], days[-1]))
        figure.update_xaxes(
            tickvals=[day.isoformat() for day in days],
            range=[(first - room).isoformat(), (last + room).isoformat()],
        )
