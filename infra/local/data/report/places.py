"""The taxi zone of a place given in degrees, as the TLC's older files give it."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from infra.local.data.facts import Facts
from infra.local.data.report.histograms import Numbers
from infra.local.data.report.truths import rows_of

Integers = npt.NDArray[np.int64]
UNKNOWN, OUTSIDE = 264, 265
UNITS_PER_DEGREE = 10_000
SHORE = 0.01
"""About half a mile, in degrees: a place so near to the middle of a zone that no outline holds it lies there still."""


@cache
def outlines() -> tuple[tuple[int, Numbers], ...]:
    """Rings of corners (longitude, latitude) with the zone that each encloses."""
    rings = []
    for row in rows_of("outlines.csv"):
        steps = np.array(row["steps"].split(), dtype=float).reshape(-1, 2)
        rings.append((int(row["zone"]), np.cumsum(steps, axis=0) / UNITS_PER_DEGREE))
    return tuple(rings)


def zones_at(facts: Facts, longitudes: Numbers, latitudes: Numbers) -> Integers:
    """The zone of each place: 264 where there is no place (0 or NaN), 265 outside the city.

    Places between the simplified outlines, on a pier or over water, go to the nearest middle of a zone.
    """
    places = np.column_stack([np.nan_to_num(longitudes), np.nan_to_num(latitudes)])
    zones = np.zeros(len(places), dtype=np.int64)
    for zone, ring in outlines():
        (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
        near = (places >= (west, south)).all(axis=1) & (places <= (east, north)).all(axis=1)
        rows = np.flatnonzero(near & (zones == 0))
        zones[rows[_inside(ring, places[rows])]] = zone
    missing = (places == 0).any(axis=1)
    zones[missing] = UNKNOWN
    _nearest(facts, places, zones)
    return zones


def _inside(ring: Numbers, places: Numbers) -> npt.NDArray[np.bool_]:
    """Whether a line from each place to the east crosses the ring an odd number of times."""
    x, y = places.T
    inside = np.zeros(len(places), dtype=np.bool_)
    for (x1, y1), (x2, y2) in zip(np.roll(ring, 1, axis=0), ring, strict=True):
        if y1 != y2:
            inside ^= ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return inside


def _nearest(facts: Facts, places: Numbers, zones: Integers) -> None:
    rows = np.flatnonzero(zones == 0)
    known = [
        (z.id, z.longitude, z.latitude)
        for z in facts.zones
        if z.longitude is not None and z.latitude is not None
    ]
    middles = np.array([(longitude, latitude) for _, longitude, latitude in known])
    for start in range(0, len(rows), 10_000):
        some = rows[start : start + 10_000]
        apart = np.hypot(
            *(places[some, None] - middles[None]).transpose(2, 0, 1) * np.array([0.76, 1.0])[:, None, None]
        )
        nearest = apart.argmin(axis=1)
        ids = np.array([zone for zone, _, _ in known])[nearest]
        zones[some] = np.where(apart.min(axis=1) <= SHORE, ids, OUTSIDE)
