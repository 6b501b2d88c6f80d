"""One day's trips, made from its own seed: days can be made in any order, alone or side by side.

Memory is that of one day, so that the full year needs no more than a sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from infra.local.data.facts import CalendarDay, Facts
from infra.local.data.trips import defects
from infra.local.data.trips.columns import Numbers, TripColumns, Whole, blank_trips
from infra.local.data.trips.dice import Dice
from infra.local.data.trips.glitches import Glitches, plan_glitches
from infra.local.data.trips.hours import HOURS_OF_PART, hours_of_days, trips_per_hour
from infra.local.data.trips.journeys import City, Stretch, drive
from infra.local.data.trips.meter import LEGAL_HOLIDAYS, build_meter
from infra.local.data.trips.pairs import build_pairs
from infra.local.data.trips.pickups import slopes
from infra.local.data.trips.places import find_places
from infra.local.data.trips.riders import build_riders
from infra.local.data.trips.roads import build_roads
from infra.local.data.trips.speeds import Speeds, build_speeds
from infra.local.data.trips.tips import build_tip_habits

SATURDAY, SUNDAY = 5, 6
"""A holiday is like a Sunday: its streets are as free, and people ride in company."""


@dataclass(frozen=True, slots=True)
class Generator:
    """Makes the trips of any day of 2015; `hours` has the shares of each day's hours."""

    city: City
    speeds: Speeds
    hours: Mapping[date, Numbers]
    calendar: Mapping[date, CalendarDay]
    glitches: Glitches
    seed: int

    def trips_of(self, day: date, count: int) -> TripColumns:
        """The `count` trips of a day, in order of pickup; the same for the same seed and count."""
        dice = Dice(self.seed, day)
        pace = dice.share()
        trips = blank_trips(count)
        counts = np.array(trips_per_hour(self.hours[day], count, dice.share()))
        ends = np.cumsum(counts)
        for stretch in self._stretches(day, counts, pace):
            # A part of the day at a time: its arrays stay near the processor.
            stop = ends[stretch.first + len(stretch.counts) - 1]
            drive(dice, self.city, stretch, trips.part(stop - stretch.counts.sum(), stop))
        defects.spoil(dice, trips, day, self.calendar[day].unknown)
        self.glitches.apply(day, trips)
        return trips

    def _stretches(self, day: date, counts: Whole, pace: float) -> Iterator[Stretch]:
        weekday = SUNDAY if day in LEGAL_HOLIDAYS else day.weekday()
        speeds = self.speeds.on(day, weekday, pace)
        rises = slopes(self.hours[day])
        kinds = self.city.pairs.kinds_of(self.calendar[day], weekday, self.hours[day])
        for part, hours in enumerate(HOURS_OF_PART):
            these = slice(hours.start, hours.stop)
            yield Stretch(
                day=day,
                part=part,
                first=hours.start,
                working=weekday < SATURDAY,
                counts=counts[these],
                mph=speeds[these],
                rises=rises[these],
                kinds=kinds[these],
            )


def build_generator(facts: Facts, counts: Mapping[date, int], seed: int) -> Generator:
    """A generator for these counts per day; the counts decide only which days hold the planned glitches."""
    places = find_places(facts.zones)
    city = City(
        begin=np.repeat(places.ids, len(places.ids)),
        end=np.tile(places.ids, len(places.ids)),
        home=np.repeat(np.arange(len(places.ids)) * (len(places.ids) + 1), len(places.ids)),
        pairs=build_pairs(facts, places),
        roads=build_roads(facts, places),
        meter=build_meter(places),
        riders=build_riders(facts, places),
        tips=build_tip_habits(facts),
    )
    calendar = {day.day: day for day in facts.calendar}
    speeds = build_speeds(facts, city.pairs, city.roads)
    return Generator(city, speeds, hours_of_days(facts), calendar, plan_glitches(counts, seed), seed)
