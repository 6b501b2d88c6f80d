"""What an axis of days shows beside the data: weekends as grey bands, and the names of unusual days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from dashboard.glance import Event, events_between
from dashboard.palette import LEADER, WEEKEND

_SATURDAY = 5
_MAXIMUM_BANDED_DAYS = 100
_LABEL_ROWS = (1.04, 1.14)
_ROOM_FOR_LABELS = 1.24
# On a phone an axis is about 275 pixels wide, and a long name takes a third of it: in two rows six names fit.
_LABELS_ACROSS = 6
_EDGE = 0.1
_EVENT = "event"


def mark_weekends(figure: go.Figure, days: Sequence[date]) -> None:
    """Draw weekends as bands.

    Over a whole year the bands would be a grey haze, so they stand up to about three months.
    """
    if len(days) <= _MAXIMUM_BANDED_DAYS:
        for day in days:
            if day.weekday() >= _SATURDAY:
                _band(figure, day)


def named_events(days: Sequence[date]) -> tuple[Event, ...]:
    """Give the events whose names have room on an axis of these days."""
    return events_between(days, apart=timedelta(days=len(days) // _LABELS_ACROSS))


def shows_events(figure: go.Figure) -> bool:
    """Say whether names of events stand in a figure."""
    return any(note.name == _EVENT for note in figure.layout.annotations)


def without_events(figure: go.Figure) -> go.Figure:
    """Take the names of events out of a figure; the rest stays where it is."""
    figure.layout.annotations = [note for note in figure.layout.annotations if note.name != _EVENT]
    return figure


def name_events(figure: go.Figure, days: Sequence[date], tops: dict[date, float]) -> None:
    """Write the names of events above the data, in two rows so that neighbours do not meet.

    `tops` says how high the data stands on each day; nothing is written where it does not rise above zero.
    """
    highest = max(tops.values(), default=0)
    if highest <= 0:
        return
    events = named_events(days)
    for place, event in enumerate(events):
        height = highest * _LABEL_ROWS[place % len(_LABEL_ROWS)]
        _label(figure, event, max(tops.get(event.day, 0), 0), height, _anchor(event.day, days))
    if events:
        figure.update_yaxes(range=[min(0, *tops.values()), highest * _ROOM_FOR_LABELS])


def _anchor(day: date, days: Sequence[date]) -> str:
    """Keep a name inside the chart near its ends."""
    place = days.index(day) / len(days)
    if place < _EDGE:
        return "left"
    return "right" if place > 1 - _EDGE else "center"


def _band(figure: go.Figure, day: date) -> None:
    noon_before = day - timedelta(days=1)
    figure.add_shape(
        type="rect",
        xref="x",
        yref="paper",
        x0=f"{noon_before.isoformat()}T12:00",
        x1=f"{day.isoformat()}T12:00",
        y0=0,
        y1=1,
        fillcolor=WEEKEND,
        line_width=0,
        layer="below",
    )


def _label(figure: go.Figure, event: Event, top: float, height: float, anchor: str) -> None:
    day = event.day.isoformat()
    figure.add_annotation(
        name=_EVENT,
        text=event.name,
        x=day,
        y=top,
        ax=day,
        ay=height,
        axref="x",
        ayref="y",
        xanchor=anchor,
        yanchor="bottom",
        arrowhead=0,
        arrowwidth=1,
        arrowcolor=LEADER,
    )
