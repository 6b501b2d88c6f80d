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
REGIONS = ("centre", "uptown", "airports", "other")
LEVELS = (0.002, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 0.99, 0.998)
_LEVEL_COLUMNS = tuple(f"at_{level * 100:g}" for level in LEVELS)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of 2015: `trips` as published, `rain` (with melted snow) and `snow` in inches, `highest` in °F.

    `regions` are the shares of its trips that began in each of `REGIONS`, `unknown` those that began nowhere known.
    """

    day: date
    trips: int
    regions: tuple[float, ...]
    unknown: float
    rain: float
    snow: float
    highest: int
    event: str | None


@dataclass(frozen=True, slots=True)
class Month:
    """A month of 2015: `trips` as published, the share paid by card, and receipts per trip in dollars without tips.

    `length` is how much longer its trips are than the same trips of the year, `pace` how much longer a mile takes.
    """

    trips: int
    card: float
    farebox: float
    length: float
    pace: float


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
class Distance:
    """From these straight miles up to the next class: the share of the trips of each of `PARTS_OF_DAY`."""

    miles: float
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A kind of way between zones so many straight miles apart or more: miles driven per straight mile by level."""

    kind: str
    from_miles: float
    factors: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Speed:
    """The speed of trips of about so many miles, as a multiple of the hour's middle speed, by level."""

    miles: float
    factors: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Tips:
    """How riders tip by card with a vendor's equipment, for fares above so many dollars, in shares of such riders.

    `buttons` are by per cent of the bill, `typed` by cents; the rest tips otherwise.
    """

    vendor: int
    above: int
    none: float
    buttons: Mapping[int, float]
    typed: Mapping[int, float]
    otherwise: float


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything published or measured that the generator uses.

    `hours` is by (weekday from Monday 0, hour); `odd_days` has the shares of the 24 hours of days of their own;
    `ways_by_hour` the shares of trips from and to airports, and out of Manhattan, in each hour of the day;
    `district_pairs` the shares of trips by borough or airport of either end; `busy_pairs` how much busier a pair of
    zones is than its distance says. `LEVELS` are those of ways and speeds.
    """

    calendar: tuple[CalendarDay, ...]
    months: Mapping[int, Month]
    hours: Mapping[tuple[int, int], Hour]
    odd_days: Mapping[date, tuple[float, ...]]
    ways_by_hour: Mapping[str, tuple[float, ...]]
    zones: tuple[Zone, ...]
    zone_shares: Mapping[int, ZoneShares]
    district_pairs: Mapping[tuple[str, str], float]
    busy_pairs: Mapping[tuple[int, int], float]
    distances: tuple[Distance, ...]
    ways: tuple[Way, ...]
    speeds: tuple[Speed, ...]
    tips: tuple[Tips, ...]


def read_facts(folder: Path = FOLDER) -> Facts:
    """Read the tables of facts."""
    return Facts(
        calendar=tuple(_calendar_day(row) for row in _rows(folder / "calendar.csv")),
        months={int(row["month"]): _month(row) for row in _rows(folder / "months.csv")},
        hours={
            (int(row["weekday"]), int(row["hour"])): Hour(float(row["per_million"]) / 1e6, float(row["mph"]))
            for row in _rows(folder / "hours.csv")
        },
        odd_days={date.fromisoformat(row["day"]): _by_hour(row) for row in _rows(folder / "odd_days.csv")},
        ways_by_hour={row["way"]: _by_hour(row) for row in _rows(folder / "ways_by_hour.csv")},
        zones=tuple(_zone(row) for row in _rows(folder / "zones.csv")),
        zone_shares={int(row["zone"]): _zone_shares(row) for row in _rows(folder / "zone_shares.csv")},
        district_pairs={
            (row["begin"], row["end"]): float(row["per_10000"]) / 1e4
            for row in _rows(folder / "districts.csv")
        },
        busy_pairs={
            (int(row["begin"]), int(row["end"])): float(row["percent"]) / 100
            for row in _rows(folder / "busy_pairs.csv")
        },
        distances=tuple(_distance(row) for row in _rows(folder / "distances.csv")),
        ways=tuple(_way(row) for row in _rows(folder / "ways.csv")),
        speeds=tuple(Speed(float(row["miles"]), _at_levels(row)) for row in _rows(folder / "speeds.csv")),
        tips=tuple(_tips(row) for row in _rows(folder / "tips.csv")),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return csv.DictReader(line for line in lines if not line.startswith("#"))


def _calendar_day(row: Mapping[str, str]) -> CalendarDay:
    return CalendarDay(
        day=date.fromisoformat(row["day"]),
        trips=int(row["trips"]),
        regions=tuple(float(row[region]) / 1000 for region in REGIONS),
        unknown=float(row["unknown"]) / 1000,
        rain=float(row["rain"]),
        snow=float(row["snow"]),
        highest=int(row["highest"]),
        event=row["event"] or None,
    )


def _month(row: Mapping[str, str]) -> Month:
    return Month(
        trips=int(row["trips"]),
        card=float(row["card_percent"]) / 100,
        farebox=float(row["farebox"]),
        length=float(row["length"]),
        pace=float(row["pace"]),
    )


def _by_hour(row: Mapping[str, str]) -> tuple[float, ...]:
    return tuple(float(row[f"h{hour}"]) / 1e4 for hour in range(24))


def _distance(row: Mapping[str, str]) -> Distance:
    return Distance(float(row["miles"]), tuple(float(row[part]) / 1e4 for part in PARTS_OF_DAY))


def _way(row: Mapping[str, str]) -> Way:
    return Way(row["kind"], float(row["miles"]), _at_levels(row))


def _tips(row: Mapping[str, str]) -> Tips:
    return Tips(
        vendor=int(row["vendor"]),
        above=int(row["above"]),
        none=float(row["none"]) / 100,
        buttons=_by_number(row, "button_"),
        typed=_by_number(row, "typed_"),
        otherwise=float(row["other"]) / 100,
    )


def _by_number(row: Mapping[str, str], prefix: str) -> dict[int, float]:
    """The shares in the columns of this name, by the number at its end."""
    columns = [column for column in row if column.startswith(prefix)]
    return {int(column.removeprefix(prefix)): float(row[column]) / 100 for column in columns}


def _at_levels(row: Mapping[str, str]) -> tuple[float, ...]:
    return tuple(float(row[column]) for column in _LEVEL_COLUMNS)


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
