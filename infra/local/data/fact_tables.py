"""Reads the facts from the tables in facts/.

Each table names its source in its first lines; docs/data.md says how each was come by.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from infra.local.data.facts import (
    LEVELS,
    PARTS_OF_DAY,
    REGIONS,
    CalendarDay,
    Distance,
    Facts,
    Hour,
    Month,
    Route,
    Speed,
    Tips,
    Way,
    Zone,
    ZoneShares,
)

FOLDER = Path(__file__).parent / "facts"
_LEVEL_COLUMNS = tuple(f"at_{level * 100:g}" for level in LEVELS)


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
        paces={
            date.fromisoformat(row["day"]): float(row["pace"]) / 100 for row in _rows(folder / "paces.csv")
        },
        ways_by_hour={row["way"]: _by_hour(row) for row in _rows(folder / "ways_by_hour.csv")},
        zones=tuple(_zone(row) for row in _rows(folder / "zones.csv")),
        zone_shares={int(row["zone"]): _zone_shares(row) for row in _rows(folder / "zone_shares.csv")},
        district_pairs={
            (row["begin"], row["end"]): float(row["per_10000"]) / 1e4
            for row in _rows(folder / "districts.csv")
        },
        busy_pairs={_pair(row): float(row["percent"]) / 100 for row in _rows(folder / "busy_pairs.csv")},
        routes={_pair(row): _route(row) for row in _rows(folder / "routes.csv")},
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
        pace=tuple(float(row[part]) for part in PARTS_OF_DAY),
    )


def _by_hour(row: Mapping[str, str]) -> tuple[float, ...]:
    return tuple(float(row[f"h{hour}"]) / 1e4 for hour in range(24))


def _pair(row: Mapping[str, str]) -> tuple[int, int]:
    return int(row["begin"]), int(row["end"])


def _route(row: Mapping[str, str]) -> Route:
    return Route(float(row["length"]) / 100, float(row["pace"]) / 100)


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
