"""The published facts about 2015 that the synthetic trips are made to resemble, read from the tables in facts/.

Each table names its source in its first lines; docs/data.md says how each was come by.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "facts"
PARTS_OF_DAY = ("night", "morning", "midday", "afternoon", "evening")


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of 2015: `trips` as published, `rain` (with melted snow) and `snow` in inches, `highest` in °F."""

    day: date
    trips: int
    rain: float
    snow: float
    highest: int
    event: str | None


@dataclass(frozen=True, slots=True)
class Month:
    """A month of 2015: `trips` as published, the share of them that began in each region, the share paid by card."""

    trips: int
    regions: Mapping[str, float]
    unknown: float
    card: float


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of the week: its share of the year's trips, and the middle speed in miles per hour."""

    share: float
    mph: float


@dataclass(frozen=True, slots=True)
class Zone:
    """A taxi zone; place in degrees and area in square miles, None where the TLC's map has no outline."""

    id: int
    name: str
    borough: str
    service_zone: str
    longitude: float | None
    latitude: float | None
    square_miles: float | None


@dataclass(frozen=True, slots=True)
class ZoneShares:
    """How many of a million trips begin and end in a zone, for each of `PARTS_OF_DAY`."""

    begin: tuple[float, ...]
    end: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything published that the generator uses; `hours` is by (weekday from Monday 0, hour)."""

    calendar: tuple[CalendarDay, ...]
    months: Mapping[int, Month]
    hours: Mapping[tuple[int, int], Hour]
    zones: tuple[Zone, ...]
    zone_shares: Mapping[int, ZoneShares]


def read_facts(folder: Path = FOLDER) -> Facts:
    """Read the tables of facts."""
    return Facts(
        calendar=tuple(_calendar_day(row) for row in _rows(folder / "calendar.csv")),
        months={int(row["month"]): _month(row) for row in _rows(folder / "months.csv")},
        hours={
            (int(row["weekday"]), int(row["hour"])): Hour(float(row["per_million"]) / 1e6, float(row["mph"]))
            for row in _rows(folder / "hours.csv")
        },
        zones=tuple(_zone(row) for row in _rows(folder / "zones.csv")),
        zone_shares={int(row["zone"]): _zone_shares(row) for row in _rows(folder / "zone_shares.csv")},
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return csv.DictReader(line for line in lines if not line.startswith("#"))


def _calendar_day(row: Mapping[str, str]) -> CalendarDay:
    return CalendarDay(
        day=date.fromisoformat(row["day"]),
        trips=int(row["trips"]),
        rain=float(row["rain"]),
        snow=float(row["snow"]),
        highest=int(row["highest"]),
        event=row["event"] or None,
    )


def _month(row: Mapping[str, str]) -> Month:
    regions = {name: float(row[name]) / 1000 for name in ("manhattan", "airports", "other_boroughs")}
    return Month(int(row["trips"]), regions, float(row["unknown"]) / 1000, float(row["card_percent"]) / 100)


def _zone(row: Mapping[str, str]) -> Zone:
    return Zone(
        id=int(row["id"]),
        name=row["zone"],
        borough=row["borough"],
        service_zone=row["service_zone"],
        longitude=_number(row["longitude"]),
        latitude=_number(row["latitude"]),
        square_miles=_number(row["square_miles"]),
    )


def _zone_shares(row: Mapping[str, str]) -> ZoneShares:
    return ZoneShares(
        begin=tuple(float(row[f"from_{part}"]) for part in PARTS_OF_DAY),
        end=tuple(float(row[f"to_{part}"]) for part in PARTS_OF_DAY),
    )


def _number(text: str) -> float | None:
    return float(text) if text else None
