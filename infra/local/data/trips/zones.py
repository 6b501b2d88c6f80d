"""Where trips begin and end: a gravity model, fitted to the published shares of each zone.

For each part of the day a matrix of journeys is made whose rows and columns add up to what begins and ends in each
zone, and whose cells fall off with the distance between zones. Distances, tolls and flat fares then follow from the
zones, so that a map, a flow and a mean distance tell the same story.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from infra.local.data.facts import PARTS_OF_DAY, Facts, Zone
from infra.local.data.trips.columns import Flags, Integers, Numbers

MILES_PER_DEGREE = (52.4, 69.0)
PART_OF_HOUR = np.array([0] * 6 + [1] * 4 + [2] * 6 + [3] * 4 + [4] * 4)
FALL_OFF_MILES = 1.4
FAR_WEIGHT, FAR_FALL_OFF_MILES = 0.001, 8.0
AIRPORT_FALL_OFF_MILES = 22.0
"""Nobody takes another airport because it is nearer."""
BETWEEN_AIRPORTS = 0.05
HOME_BOROUGH = 2.0
"""Outside Manhattan, trips keep to their borough."""
FITTING_ROUNDS = 25


@dataclass(frozen=True, slots=True)
class ZoneModel:
    """Zones by their place in these arrays, not by id: `ids` translates.

    `begin` has the shares of pickups by month and part of day; `ends` holds, for each part of day, one sorted array
    in which zone i's drop-offs lie between i and i + 1.
    """

    zones: tuple[Zone, ...]
    ids: Integers
    boroughs: Integers
    centres: Numbers
    spreads: Numbers
    begin: dict[tuple[int, int], Numbers]
    ends: tuple[Numbers, ...]

    def draw(self, rng: np.random.Generator, month: int, hours: Integers) -> tuple[Integers, Integers]:
        """Pickup and drop-off zone for each of these hours of pickup."""
        pickups = np.empty(len(hours), dtype=np.int64)
        dropoffs = np.empty(len(hours), dtype=np.int64)
        parts = PART_OF_HOUR[hours]
        for part in range(len(PARTS_OF_DAY)):
            rows = np.flatnonzero(parts == part)
            chosen = np.searchsorted(self.begin[month, part], rng.random(len(rows)), side="right")
            pickups[rows] = chosen
            ends = np.searchsorted(self.ends[part], chosen + rng.random(len(rows)), side="right")
            dropoffs[rows] = np.minimum(ends - chosen * len(self.zones), len(self.zones) - 1)
        return pickups, dropoffs

    def draw_miles(self, rng: np.random.Generator, pickups: Integers, dropoffs: Integers) -> Numbers:
        """Straight distances between a chance place in each pickup zone and one in each drop-off zone."""
        scatter = rng.standard_normal((2, 2, len(pickups)), dtype=np.float32)
        begin = self.centres[:, pickups] + scatter[0] * self.spreads[pickups]
        end = self.centres[:, dropoffs] + scatter[1] * self.spreads[dropoffs]
        straight: Numbers = np.hypot(*(begin - end))
        return straight

    def crosses(self, pickups: Integers, dropoffs: Integers) -> Flags:
        """Which trips go from one borough into another."""
        crosses: Flags = self.boroughs[pickups] != self.boroughs[dropoffs]
        return crosses


def build_zone_model(facts: Facts) -> ZoneModel:
    """Fit the model to the facts."""
    zones = tuple(zone for zone in facts.zones if zone.id in facts.zone_shares)
    centres = np.array([[zone.longitude for zone in zones], [zone.latitude for zone in zones]], dtype=float)
    centres *= np.array(MILES_PER_DEGREE)[:, None]
    spreads = np.sqrt([min(zone.square_miles or 0, 2.0) for zone in zones]) * 0.29
    attraction = _attraction(zones, centres, spreads)
    begin: dict[tuple[int, int], Numbers] = {}
    ends = []
    for part in range(len(PARTS_OF_DAY)):
        leaving = np.array([facts.zone_shares[zone.id].begin[part] for zone in zones])
        arriving = np.array([facts.zone_shares[zone.id].end[part] for zone in zones])
        journeys = _fit(attraction, leaving / leaving.sum(), arriving / arriving.sum())
        ends.append(_cumulative_rows(journeys))
        for month in facts.months:
            begin[month, part] = _cumulative(_as_in_month(facts, month, zones, leaving))
    ids = np.array([zone.id for zone in zones])
    boroughs = np.unique([zone.borough for zone in zones], return_inverse=True)[1]
    return ZoneModel(zones, ids, boroughs, centres, spreads, begin, tuple(ends))


def region(zone: Zone) -> str:
    """Which of the regions of the monthly facts a zone lies in."""
    if zone.service_zone == "Airports":
        return "airports"
    return "manhattan" if zone.borough == "Manhattan" else "other_boroughs"


def _attraction(zones: tuple[Zone, ...], centres: Numbers, spreads: Numbers) -> Numbers:
    """How readily a trip links each pair of zones, before it is fitted to what begins and ends there."""
    apart = np.hypot(*(centres[:, :, None] - centres[:, None, :]))
    typical = np.hypot(apart, 1.8 * np.hypot(spreads[:, None], spreads[None, :]))
    attraction: Numbers = np.exp(-typical / FALL_OFF_MILES)
    attraction += FAR_WEIGHT * np.exp(-typical / FAR_FALL_OFF_MILES)
    boroughs = np.array([zone.borough for zone in zones])
    home = (boroughs[:, None] == boroughs[None, :]) & (boroughs != "Manhattan")
    attraction[home] *= HOME_BOROUGH
    airports = np.array([zone.service_zone in {"Airports", "EWR"} for zone in zones])
    to_airport = airports[:, None] | airports[None, :]
    attraction[to_airport] = np.exp(-typical[to_airport] / AIRPORT_FALL_OFF_MILES)
    attraction[np.ix_(airports, airports)] *= BETWEEN_AIRPORTS
    return attraction


def _fit(attraction: Numbers, leaving: Numbers, arriving: Numbers) -> Numbers:
    journeys = attraction.copy()
    for _ in range(FITTING_ROUNDS):
        journeys *= (leaving / journeys.sum(axis=1))[:, None]
        journeys *= arriving / journeys.sum(axis=0)
    return journeys


def _as_in_month(facts: Facts, month: int, zones: tuple[Zone, ...], leaving: Numbers) -> Numbers:
    """The same shares, moved so that each region has its share of the year's trips in this month."""
    months = facts.months.values()
    year = sum(m.trips for m in months)
    factors = {
        name: share * year / sum(m.regions[name] * m.trips for m in months)
        for name, share in facts.months[month].regions.items()
    }
    moved: Numbers = leaving * np.array([factors[region(zone)] for zone in zones])
    return moved


def _cumulative(weights: Numbers) -> Numbers:
    sums: Numbers = np.cumsum(weights)
    sums /= sums[-1]
    sums[-1] = 1.0
    return sums


def _cumulative_rows(journeys: Numbers) -> Numbers:
    rows = np.array([_cumulative(row) + place for place, row in enumerate(journeys)])
    return rows.ravel()
