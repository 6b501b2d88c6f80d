"""The year 2015 at a glance: published totals per day and the events that explain them. Not from the warehouse."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from statistics import fmean

from pipeline.core.reports import Chart, Column, Report

_FILE = Path(__file__).with_name("glance.csv")
MAXIMUM_EVENTS = 6


@dataclass(frozen=True, slots=True)
class GlanceDay:
    """A day with its published number of yellow taxi trips, and what happened."""

    day: date
    trips: int
    event: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """A day worth a label. `weight` is how far the day stood from others of its weekday, as a share."""

    day: date
    name: str
    weight: float


@cache
def glance_days() -> tuple[GlanceDay, ...]:
    """Read the bundled table, 365 days."""
    with _FILE.open(encoding="utf-8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return tuple(
            GlanceDay(date.fromisoformat(row["day"]), int(row["trips"]), row["event"] or None) for row in rows
        )


def events_between(days: Iterable[date], apart: timedelta = timedelta(0)) -> tuple[Event, ...]:
    """Give the events among these days that changed traffic most: at most six, in order of time.

    Of events that are not more than `apart` from each other the stronger one is given.
    """
    wanted = set(days)
    chosen: list[Event] = []
    for event in sorted((e for e in _events() if e.day in wanted), key=lambda event: -event.weight):
        if all(abs(event.day - other.day) > apart for other in chosen):
            chosen.append(event)
    return tuple(sorted(chosen[:MAXIMUM_EVENTS], key=lambda event: event.day))


@cache
def _events() -> tuple[Event, ...]:
    """One event a name: of neighbouring days with one name the lowest stands for both."""
    usual = [fmean(day.trips for day in glance_days() if day.day.weekday() == n) for n in range(7)]
    found: list[Event] = []
    for day in glance_days():
        if day.event is None:
            continue
        event = Event(day.day, day.event, abs(day.trips / usual[day.day.weekday()] - 1))
        if found and found[-1].name == event.name and event.day - found[-1].day == timedelta(days=1):
            event = max(found.pop(), event, key=lambda candidate: candidate.weight)
        found.append(event)
    return tuple(found)


def glance_report() -> Report:
    """Describe the table as a report, so that it is drawn like one."""
    return Report(
        topic_name="glance",
        version="",
        sql="",
        title="2015 at a glance",
        question="",
        maintainer="",
        usual_seconds=0,
        deadline_seconds=0,
        maximum_rows=0,
        groups=(),
        parameters=(),
        columns=(
            Column("day", "date", "Day", "dimension", format="date"),
            Column("trips", "integer", "Trips per day", "measure", format="integer"),
        ),
        kpis=(),
        notes=(),
        charts=(Chart("bar", "2015 at a glance", "day", ("trips",)),),
    )
