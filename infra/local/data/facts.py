"""The published facts about 2015 that the synthetic trips are made to resemble, as `fact_tables` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

PARTS_OF_DAY = ("night", "morning", "midday", "afternoon", "evening")
REGIONS = ("centre", "uptown", "airports", "other")
LEVELS = (0.002, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 0.99, 0.998)


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

    `length` is how much longer its trips are than the same trips of the year, `pace` how much longer a mile takes in
    each of `PARTS_OF_DAY`.
    """

    trips: int
    card: float
    farebox: float
    length: float
    pace: tuple[float, ...]


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
class Route:
    """Between two zones: how many times as far taxis drive, and as long for a mile, as between others so far apart."""

    length: float
    pace: float


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
    `paces` how much longer than usual in its month a mile takes on a day, where that is known;
    `ways_by_hour` the shares of trips from and to airports, and out of Manhattan, in each hour of the day;
    `district_pairs` the shares of trips by borough or airport of either end; `busy_pairs` how much busier a pair of
    zones is than its distance says, `routes` how it is driven. `LEVELS` are those of ways and speeds.
    """

    calendar: tuple[CalendarDay, ...]
    months: Mapping[int, Month]
    hours: Mapping[tuple[int, int], Hour]
    odd_days: Mapping[date, tuple[float, ...]]
    paces: Mapping[date, float]
    ways_by_hour: Mapping[str, tuple[float, ...]]
    zones: tuple[Zone, ...]
    zone_shares: Mapping[int, ZoneShares]
    district_pairs: Mapping[tuple[str, str], float]
    busy_pairs: Mapping[tuple[int, int], float]
    routes: Mapping[tuple[int, int], Route]
    distances: tuple[Distance, ...]
    ways: tuple[Way, ...]
    speeds: tuple[Speed, ...]
    tips: tuple[Tips, ...]
