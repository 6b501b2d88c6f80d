"""Charts of when trips are: days, hours of the week, and how fast they are at each hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import plotly.graph_objects as go

from infra.local.data.facts import Facts
from infra.local.data.report.chart_look import (
    HOURS,
    OTHER,
    OURS,
    Chart,
    Panel,
    Readings,
    dressed,
    heat,
    line,
)
from infra.local.data.report.figures import FIRST_DAY, days_by_month
from infra.local.data.report.sides import Side

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EVENTS_MARKED = 6
_DAYS_BETWEEN_MARKS = 14


def charts_of_time(other: Side, ours: Side, facts: Facts, months: Sequence[int]) -> list[Chart]:
    """Days, hours of the week, and speed by hour, where both sides have them."""
    found = []
    if "days" in other.shares:
        found.append(_days(other, ours, facts, months))
    if "week" in other.shares:
        found.append(_week(other, ours))
    if other.speeds is not None and ours.speeds is not None:
        found.append(_speeds(other, ours))
    return found


def _days(other: Side, ours: Side, facts: Facts, months: Sequence[int]) -> Chart:
    places = [day for group in days_by_month(facts, months) for day in group]
    days = [FIRST_DAY + timedelta(days=place) for place in places]
    theirs, mine = (side.shares["days"] * 100 for side in (other, ours))
    figure = go.Figure([line(days, theirs, other.name, OTHER), line(days, mine, ours.name, OURS, "dot")])
    figure.update_layout(hovermode="x unified")
    figure.update_traces(hovertemplate="%{y:.2f} %")
    height = dict(zip(days, theirs, strict=True))
    marked = _marked_events(facts, height)
    for number, (day, _) in enumerate(marked, start=1):
        figure.add_annotation(x=day, y=height[day], text=f"<b>{number}</b>", showarrow=False, yshift=-10)
    figure.update_xaxes(range=[days[0], days[-1]])
    events = "; ".join(f"{number} {name}, {_said(day)}" for number, (day, name) in enumerate(marked, start=1))
    sentence = f"Each day's share of its month; the lowest of ours is {_said(days[int(np.argmin(mine))])}."
    rows = [
        (_said(day), f"{their:.2f} %", f"{our:.2f} %")
        for day, their, our in zip(days, theirs, mine, strict=True)
    ]
    return Chart(
        "Trips by day",
        f"{sentence} Marked: {events}." if marked else sentence,
        [Panel(dressed(figure, "Day of pickup", "Share of its month (%)"))],
        Readings(("Day", other.name, ours.name), rows),
        ("Trips per ", "Days with events"),
        wide=True,
    )


def _marked_events(facts: Facts, height: dict[date, float]) -> list[tuple[date, str]]:
    """The lowest days on which something happened, in their order; of days near each other the lowest alone."""
    eventful = [
        (day.day, day.event.partition(":")[0]) for day in facts.calendar if day.event and day.day in height
    ]
    eventful.sort(key=lambda event: height[event[0]])
    marked: list[tuple[date, str]] = []
    for day, name in eventful:
        if all(abs((day - other).days) >= _DAYS_BETWEEN_MARKS for other, _ in marked):
            marked.append((day, name))
    return sorted(marked[:_EVENTS_MARKED])


def _said(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _week(other: Side, ours: Side) -> Chart:
    percents = [side.shares["week"].reshape(7, 24) * 100 for side in (other, ours)]
    highest = float(np.max(percents))
    panels = []
    for side, shares in zip((other, ours), percents, strict=True):
        drawn = go.Heatmap(
            z=shares,
            x=list(range(24)),
            y=WEEKDAYS,
            coloraxis="coloraxis",
            name=side.name,
            hovertemplate="%{y} %{x}:00<br>%{z:.2f} %",
        )
        figure = dressed(go.Figure(drawn), "Hour of pickup", "Weekday of pickup", height=300)
        figure.update_layout(
            coloraxis={**heat(0, highest), "colorbar": {"title": "Trips (%)", "thickness": 12}}
        )
        _name_hours(figure)
        figure.update_yaxes(autorange="reversed")
        panels.append(Panel(figure, side.name))
    weekday, hour = divmod(int(np.argmax(ours.shares["week"])), 24)
    rows = [
        (f"{WEEKDAYS[day]} {hour}:00", *(f"{shares[day, hour]:.3f} %" for shares in percents))
        for day in range(7)
        for hour in range(24)
    ]
    return Chart(
        "Hours of the week",
        f"Share of trips in each hour of the week; ours are busiest on {WEEKDAYS[weekday]} at {hour}:00.",
        panels,
        Readings(("Hour", other.name, ours.name), rows),
        ("Hour × weekday",),
        wide=True,
    )


def _speeds(other: Side, ours: Side) -> Chart:
    theirs, mine = (np.asarray(side.speeds) for side in (other, ours))
    hours = list(range(24))
    figure = go.Figure([line(hours, theirs, other.name, OTHER), line(hours, mine, ours.name, OURS, "dot")])
    figure.update_layout(hovermode="x unified")
    figure.update_traces(hovertemplate="%{y:.1f} mph")
    figure = dressed(figure, "Hour of pickup", "Speed (mph), geometric mean")
    _name_hours(figure)
    figure.update_yaxes(rangemode="tozero")
    rows = [(f"{hour}:00", f"{theirs[hour]:.1f} mph", f"{mine[hour]:.1f} mph") for hour in hours]
    return Chart(
        "Speed by hour",
        f"How fast trips are at each hour of the day; ours are slowest at {int(np.nanargmin(mine))}:00.",
        [Panel(figure)],
        Readings(("Hour", other.name, ours.name), rows),
        ("Speed by hour",),
    )


def _name_hours(figure: go.Figure) -> None:
    figure.update_xaxes(tickvals=HOURS, ticktext=[f"{hour}:00" for hour in HOURS])
