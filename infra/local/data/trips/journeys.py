"""The journeys of a day: who drove from where to where, when, how far and how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from infra.local.data.facts import Facts
from infra.local.data.trips.choices import chance, draw
from infra.local.data.trips.columns import Integers, Numbers
from infra.local.data.trips.pickups import HOUR, draw_pickups, hour_weights
from infra.local.data.trips.roads import driving_seconds, road_miles
from infra.local.data.trips.zones import ZoneModel

VENDORS = {1: 0.47, 2: 0.53}
STUBS = 0.0065
"""The share of trips that end within a minute: the meter was started by mistake, or the rider got out."""


@dataclass(frozen=True, slots=True)
class Journeys:
    """Journeys in order of pickup (seconds after midnight); `begin` and `end` are places in the zone model."""

    pickups: Integers
    hours: Integers
    vendor: Integers
    begin: Integers
    end: Integers
    miles: Numbers
    seconds: Integers


def draw_journeys(
    rng: np.random.Generator, facts: Facts, zones: ZoneModel, day: date, count: int
) -> Journeys:
    """The `count` journeys that begin on `day`."""
    profile = [facts.hours[day.weekday(), hour] for hour in range(24)]
    usual = np.array([hour.share for hour in profile])
    pickups = draw_pickups(rng, count, hour_weights(day, usual))
    hours = pickups // HOUR
    begin, end = zones.draw(rng, day.month, hours)
    miles = road_miles(rng, zones.draw_miles(rng, begin, end), zones.crosses(begin, end))
    seconds = driving_seconds(rng, miles, np.array([hour.mph for hour in profile])[hours])
    _cut_short(rng, miles, seconds)
    return Journeys(pickups, hours, draw(rng, count, VENDORS), begin, end, miles, seconds)


def _cut_short(rng: np.random.Generator, miles: Numbers, seconds: Integers) -> None:
    stubs = np.flatnonzero(chance(rng, len(miles), STUBS))
    miles[stubs] = rng.uniform(0.0, 0.2, len(stubs))
    seconds[stubs] = rng.integers(1, 60, len(stubs))
