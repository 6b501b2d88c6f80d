"""How far and how long a trip is."""

from __future__ import annotations

import numpy as np

from infra.local.data.trips.columns import Flags, Integers, Numbers

ROAD_FACTOR = 1.31
"""The middle ratio of miles driven to the straight distance."""
CROSSING_FACTOR = 1.15
"""How much longer a way gets that leads over a bridge or through a tunnel."""
WORTH_A_TAXI = 0.3
"""Nobody hails a taxi to the next corner: distances below this (straight miles) hardly occur."""
LONG_MILES = 5.0
"""From here on trips differ less from each other, in their way and in their speed."""


def road_miles(rng: np.random.Generator, straight: Numbers, crosses: Flags) -> Numbers:
    """Miles driven for these straight distances; `crosses` marks trips into another borough."""
    spread = np.where(straight > LONG_MILES, 0.10, 0.166)
    factor = np.exp(spread * rng.standard_normal(len(straight), dtype=np.float32))
    miles: Numbers = (
        np.hypot(straight, WORTH_A_TAXI) * ROAD_FACTOR * factor * np.where(crosses, CROSSING_FACTOR, 1.0)
    )
    return miles


def driving_seconds(rng: np.random.Generator, miles: Numbers, hourly_mph: Numbers) -> Integers:
    """Seconds under way; `hourly_mph` is the middle speed of each trip's hour. Long trips are faster and vary less."""
    noise = rng.standard_normal(len(miles), dtype=np.float32) * np.where(miles > LONG_MILES, 0.24, 0.34)
    mph = np.exp(np.log(hourly_mph) - 0.150 + 0.284 * np.log(miles) + noise)
    seconds = np.maximum(miles / mph * 3600, 1)
    return seconds.astype(np.int64)


def as_metered(miles: Numbers, one_decimal: Flags) -> Numbers:
    """The distance as the meter writes it: vendor 1 with one decimal, vendor 2 with two."""
    return np.where(one_decimal, np.round(miles, 1), np.round(miles, 2))
