"""The zones as arrays, and how far apart a trip's two ends lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from infra.local.data.facts import Zone
from infra.local.data.trips.columns import Codes, Flags, Numbers

MILES_PER_DEGREE = (52.4, 69.0)
UP_THE_AVENUES = (0.4848, 0.8746)
"""Manhattan's avenues run 29 degrees east of north."""
END_OF_CENTRE = 581.0
"""How far up the avenues (miles) the middles of the zones below 60th Street reach."""
LARGEST_PART = 2.0
"""Of a larger zone taxis use only so many square miles."""
SCATTER = 0.52
"""How far a chance place lies from a zone's middle, for a zone of one square mile."""
CENTRE, UPTOWN, AIRPORTS, OTHER = range(4)
"""The regions that the TLC's records are counted in by day."""
NEWARK_ZONE, JFK_ZONE, LAGUARDIA_ZONE = 1, 132, 138
FROM_TO_AIRPORTS = {JFK_ZONE: "JFK", LAGUARDIA_ZONE: "LaGuardia", NEWARK_ZONE: "Newark"}


@dataclass(frozen=True, slots=True)
class Places:
    """Zones by their place in these arrays, not by id: `ids` translates.

    `districts` are names of boroughs and, by themselves, of airports; `miles` has the typical straight distance
    between a place in one zone and a place in another (or the same).
    """

    zones: tuple[Zone, ...]
    ids: Codes
    regions: npt.NDArray[np.int8]
    districts: npt.NDArray[np.str_]
    miles: Numbers

    def among(self, *districts: str) -> Flags:
        """Marks the zones of these districts."""
        return np.isin(self.districts, districts)

    def by_way(self, ways: Mapping[tuple[str, str], float], others: Numbers) -> Numbers:
        """By pair of zones what these ways between districts have, written over what the `others` have."""
        for (begin, end), number in ways.items():
            others[self.among(begin)[:, None] & self.among(end)] = number
        return others


def find_places(zones: tuple[Zone, ...]) -> Places:
    """Lay out the zones that have a place."""
    placed = tuple(zone for zone in zones if zone.longitude is not None)
    ids = np.array([zone.id for zone in placed], dtype=np.int16)
    return Places(
        zones=placed,
        ids=ids,
        regions=np.array([_region(zone) for zone in placed], dtype=np.int8),
        districts=np.array([_district(zone, FROM_TO_AIRPORTS) for zone in placed]),
        miles=_typical_miles(placed),
    )


def _district(zone: Zone, airports: Mapping[int, str]) -> str:
    return airports.get(zone.id, zone.borough)


def _region(zone: Zone) -> int:
    if zone.service_zone == "Airports":
        return AIRPORTS
    if zone.borough != "Manhattan":
        return OTHER
    east, north = _position(zone)
    return CENTRE if UP_THE_AVENUES[0] * east + UP_THE_AVENUES[1] * north < END_OF_CENTRE else UPTOWN


def _position(zone: Zone) -> tuple[float, float]:
    return (zone.longitude or 0.0) * MILES_PER_DEGREE[0], (zone.latitude or 0.0) * MILES_PER_DEGREE[1]


def _typical_miles(zones: tuple[Zone, ...]) -> Numbers:
    # Sums, products and roots alone: they are the same on every machine.
    east, north = np.array([_position(zone) for zone in zones]).T
    scatter = SCATTER**2 * np.array([min(zone.square_miles or 0.0, LARGEST_PART) for zone in zones])
    apart = (east[:, None] - east) ** 2 + (north[:, None] - north) ** 2
    miles: Numbers = np.sqrt(apart + scatter[:, None] + scatter)
    return miles
