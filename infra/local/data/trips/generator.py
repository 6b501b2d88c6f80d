"""One day's trips, made from its own seed: days can be made in any order, alone or side by side.

Memory is that of one day, so that the full year needs no more than a sample.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from infra.local.data.facts import Facts
from infra.local.data.trips import defects
from infra.local.data.trips.bills import Bills, draw_bills
from infra.local.data.trips.choices import chance
from infra.local.data.trips.columns import Flags, TripColumns
from infra.local.data.trips.glitches import Glitches, plan_glitches
from infra.local.data.trips.journeys import Journeys, draw_journeys
from infra.local.data.trips.meter import RouteRules, build_route_rules
from infra.local.data.trips.pickups import HOUR, dropoff_times
from infra.local.data.trips.riders import draw_passengers
from infra.local.data.trips.roads import as_metered
from infra.local.data.trips.zones import ZoneModel, build_zone_model, region


@dataclass(frozen=True, slots=True)
class Generator:
    """Makes the trips of any day of 2015; `elsewhere` marks zones outside Manhattan and the airports."""

    facts: Facts
    zones: ZoneModel
    rules: RouteRules
    elsewhere: Flags
    glitches: Glitches
    seed: int

    def trips_of(self, day: date, count: int) -> TripColumns:
        """The `count` trips of a day, in order of pickup; the same for the same seed and count."""
        rng = np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(day.toordinal(),)))
        month = self.facts.months[day.month]
        journeys = draw_journeys(rng, self.facts, self.zones, day, count)
        bills = draw_bills(rng, self.rules, day, journeys, self.elsewhere[journeys.begin], month.card)
        trips = self._recorded(rng, day, journeys, bills)
        defects.spoil(rng, trips, day, month.unknown)
        self.glitches.apply(day, trips)
        return trips

    def _recorded(self, rng: np.random.Generator, day: date, journeys: Journeys, bills: Bills) -> TripColumns:
        midnight = (day - date(1970, 1, 1)).days * 24 * HOUR
        second_pass = chance(rng, len(journeys.pickups), 0.5)
        ends = dropoff_times(day, journeys.pickups, journeys.seconds, second_pass)
        trips = TripColumns(
            vendor=journeys.vendor,
            pickup=midnight + journeys.pickups,
            dropoff=midnight + ends,
            passengers=draw_passengers(rng, journeys.vendor),
            miles=as_metered(journeys.miles, journeys.vendor == 1),
            rate=bills.rate,
            stored=np.zeros(len(ends), dtype=np.bool_),
            pickup_zone=self.zones.ids[journeys.begin],
            dropoff_zone=self.zones.ids[journeys.end],
            payment=bills.payment,
            fare=bills.fare,
            extra=bills.extra,
            tax=bills.tax,
            tip=bills.tip,
            tolls=bills.tolls,
            surcharge=bills.surcharge,
            total=np.zeros_like(bills.fare),
        )
        trips.add_up()
        return trips


def build_generator(facts: Facts, counts: Mapping[date, int], seed: int) -> Generator:
    """A generator for these counts per day; the counts decide only which days hold the planned glitches."""
    zones = build_zone_model(facts)
    elsewhere = np.array([region(zone) == "other_boroughs" for zone in zones.zones])
    rules = build_route_rules(zones.zones)
    return Generator(facts, zones, rules, elsewhere, plan_glitches(counts, seed), seed)
