"""Charts of two sides of the same thing: days and hours, lengths, money and riders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from infra.local.data.facts import Facts
from infra.local.data.report.chart_look import (
    HEAT,
    OTHER,
    OURS,
    SECOND_OTHER,
    SECOND_OURS,
    THIRD,
    Chart,
    bars,
    dressed,
    line,
    scale,
)
from infra.local.data.report.figures import FIRST_DAY, days_by_month
from infra.local.data.report.passes import BUTTON_BINS, FARE_STEP
from infra.local.data.report.sides import Side

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PAYMENTS = ("", "Card", "Cash", "No charge", "Dispute", "Other")
_EVENTS_NAMED = 6
_EDGE_DAYS = 4
_UNITS = {
    "miles": ("Distance", "Distance (mi)", "mi"),
    "minutes": ("Duration", "Duration (min)", "min"),
}


def charts_of_time(other: Side, ours: Side, facts: Facts, months: Sequence[int]) -> list[Chart]:
    """Days, hours of the week, and speed by hour."""
    found = []
    if "days" in other.shares:
        found.append(_days(other, ours, facts, months))
    if "week" in other.shares:
        found.append(_week(other, ours))
    if other.speeds is not None and ours.speeds is not None:
        found.append(_speeds(other, ours))
    return found


def charts_of_length(other: Side, ours: Side) -> list[Chart]:
    """Percentiles of distance and duration."""
    return [_curve(key, other, ours) for key in _UNITS if key in other.curves]


def charts_of_money(other: Side, ours: Side) -> list[Chart]:
    """Fares, tips, payment and passengers."""
    found = [_fares(other, ours)]
    if "buttons" in ours.shares:
        found.append(_tips(other, ours))
    if "payment" in other.shares:
        found.append(_mix("How trips are paid", "payment", PAYMENTS[1:], 1, other, ours))
    if "passengers" in other.shares:
        found.append(_mix("Passengers", "passengers", [*map(str, range(9)), "9 or more"], 0, other, ours))
    return found


def _days(other: Side, ours: Side, facts: Facts, months: Sequence[int]) -> Chart:
    places = [day for group in days_by_month(facts, months) for day in group]
    days = [FIRST_DAY + timedelta(days=place) for place in places]
    theirs, mine = (side.shares["days"] * 100 for side in (other, ours))
    figure = go.Figure([line(days, theirs, other.name, OTHER), line(days, mine, ours.name, OURS, "dot")])
    figure.update_layout(hovermode="x unified")
    figure.update_traces(hovertemplate="%{y:.2f} %")
    for day, name in _named_events(facts, dict(zip(days, theirs, strict=True))):
        place = days.index(day)
        anchor = "left" if place < _EDGE_DAYS else "right" if place >= len(days) - _EDGE_DAYS else "center"
        figure.add_annotation(x=day, y=theirs[place], text=name, ax=0, ay=28, arrowwidth=1, xanchor=anchor)
    figure.update_xaxes(range=[days[0], days[-1]])
    lowest = days[int(np.argmin(mine))]
    sentence = f"Each day's share of its month; the lowest of ours is {lowest:%a} {lowest.day} {lowest:%b}."
    return Chart("Trips by day", sentence, dressed(figure, "Day of pickup", "Share of its month (%)"))


def _named_events(facts: Facts, height: dict[date, float]) -> list[tuple[date, str]]:
    """The lowest days on which something happened, each event once."""
    eventful = [
        (day.day, day.event.partition(":")[0]) for day in facts.calendar if day.event and day.day in height
    ]
    eventful.sort(key=lambda event: height[event[0]], reverse=True)
    lowest = {name: day for day, name in eventful}
    return [(day, name) for name, day in lowest.items()][-_EVENTS_NAMED:]


def _week(other: Side, ours: Side) -> Chart:
    figure = make_subplots(rows=1, cols=2, subplot_titles=(other.name, ours.name), shared_yaxes=True)
    for column, side in enumerate((other, ours), start=1):
        shares = side.shares["week"].reshape(7, 24) * 100
        heat = go.Heatmap(
            z=shares,
            x=list(range(24)),
            y=WEEKDAYS,
            coloraxis="coloraxis",
            name=side.name,
            hovertemplate="%{y} %{x}:00<br>%{z:.2f} %",
        )
        figure.add_trace(heat, row=1, col=column)
    figure.update_layout(coloraxis={"colorscale": scale(HEAT), "colorbar": {"title": "%"}})
    figure = dressed(figure, "Hour of pickup", "")
    figure.update_yaxes(autorange="reversed")
    weekday, hour = divmod(int(np.argmax(ours.shares["week"])), 24)
    return Chart(
        "Hours of the week",
        f"Share of trips in each hour of the week; ours are busiest on {WEEKDAYS[weekday]} at {hour}:00.",
        figure,
    )


def _speeds(other: Side, ours: Side) -> Chart:
    hours = list(range(24))
    figure = go.Figure(
        [line(hours, other.speeds, other.name, OTHER), line(hours, ours.speeds, ours.name, OURS, "dot")]
    )
    figure.update_layout(hovermode="x unified")
    figure.update_traces(hovertemplate="%{y:.1f} mph")
    figure = dressed(figure, "Hour of pickup", "Speed (mph), geometric mean")
    figure.update_yaxes(rangemode="tozero")
    return Chart("Speed by hour", "How fast trips are at each hour of the day.", figure)


def _curve(key: str, other: Side, ours: Side) -> Chart:
    title, axis, unit = _UNITS[key]
    figure = go.Figure()
    for side, colour, dash in ((other, OTHER, "solid"), (ours, OURS, "dot")):
        percentiles, found = side.curves[key]
        figure.add_trace(line(found, percentiles, side.name, colour, dash))
    figure.update_traces(mode="lines+markers", hovertemplate=f"%{{y}} % below %{{x:.2f}} {unit}")
    figure = dressed(figure, axis, "Trips below (%)")
    figure.update_yaxes(range=[0, 100])
    median = float(np.interp(50, *ours.curves[key]))
    return Chart(title, f"How many trips are shorter; half of ours are below {median:.2f} {unit}.", figure)


def _fares(other: Side, ours: Side) -> Chart:
    figure = go.Figure()
    dollars = np.arange(0.0, 60.5, FARE_STEP)
    for side, colour in ((other, OTHER), (ours, OURS)):
        if "filtered_fare" in side.shares:
            figure.add_trace(
                bars(dollars, side.shares["filtered_fare"][: len(dollars)] * 100, side.name, colour)
            )
    figure.update_layout(barmode="group")
    figure.update_traces(hovertemplate="$%{x:.2f}: %{y:.2f} %")
    sentence = "Fares of trips of 0.1–50 mi and $2.50–100; the peak at $52 is the flat fare of JFK."
    return Chart("Fares", sentence, dressed(figure, "Fare ($)", "Trips (%)"))


def _tips(other: Side, ours: Side) -> Chart:
    figure = go.Figure()
    looks = {other.name: (OTHER, SECOND_OTHER), ours.name: (OURS, SECOND_OURS)}
    for side in (other, ours):
        if "buttons" not in side.shares:
            continue
        for vendor in (0, 1):
            shares = side.shares["buttons"][vendor * BUTTON_BINS : (vendor + 1) * BUTTON_BINS]
            percent = shares / (shares.sum() or 1) * 100
            name = f"{side.name}, vendor {vendor + 1}"
            dash = "dot" if side is ours else "solid"
            figure.add_trace(line(np.arange(BUTTON_BINS) / 2, percent, name, looks[side.name][vendor], dash))
    figure.update_traces(line_shape="hvh", hovertemplate="%{x:.1f} % of the charges: %{y:.1f} %")
    for button in (20, 25, 30):
        figure.add_vline(x=button, line={"color": THIRD, "width": 1, "dash": "dash"})
    return Chart(
        "Tips by card",
        "Tips gather at the buttons of 20, 25 and 30 % of all charges; from 22 January on, 40 % and more in one.",
        dressed(figure, "Tip (% of fare, extra, tax, surcharge and tolls)", "Card trips (%)"),
    )


def _mix(title: str, key: str, names: Sequence[str], first: int, other: Side, ours: Side) -> Chart:
    figure = go.Figure()
    for side, colour in ((other, OTHER), (ours, OURS)):
        shares = side.shares[key][first : first + len(names)] * 100
        figure.add_trace(bars(list(names), shares, side.name, colour))
    figure.update_traces(hovertemplate="%{x}: %{y:.2f} %")
    figure = dressed(figure, "", "Trips (%)")
    figure.update_xaxes(type="category")
    top = int(np.argmax(ours.shares[key][first : first + len(names)]))
    share = ours.shares[key][first + top]
    return Chart(title, f"The commonest among ours is {names[top].lower()}, {share:.1%}.", figure)
