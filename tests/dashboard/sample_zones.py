"""Believable answers about zones: their places, and the journeys between them."""

from __future__ import annotations

from math import cos, sin

from pipeline.core.result_pages import Cell

Rows = list[tuple[Cell, ...]]
ZONES = (
    ("Upper East Side South", -73.9656, 40.7681, 412_345),
    ("Midtown Center", -73.9777, 40.7568, 398_120),
    ("Times Sq/Theatre District", -73.9859, 40.7598, 372_004),
    ("East Village", -73.9845, 40.7269, 301_556),
    ("Penn Station/Madison Sq West", -73.9925, 40.7485, 310_900),
    ("LaGuardia Airport", -73.8736, 40.7747, 290_111),
    ("JFK Airport", -73.7865, 40.6470, 221_400),
    ("Williamsburg (North Side)", -73.9572, 40.7180, 90_210),
    ("Astoria", -73.9196, 40.7636, 51_002),
    ("Newark Airport", -74.1740, 40.6918, 12),
)


def zone_map() -> Rows:
    zones = [
        (n, name, "Manhattan", x, y, trips, trips / 100, 90.6)
        for n, (name, x, y, trips) in enumerate(ZONES, 1)
    ]
    many = [
        (
            100 + n,
            f"Zone {n}",
            "Queens",
            -73.93 + 0.11 * cos(n),
            40.72 + 0.09 * sin(n * 1.3),
            900 * n,
            9.0 * n,
            90.6,
        )
        for n in range(1, 40)
    ]
    return [*zones, *many, (None, "Unknown", "Unknown", None, None, 29_123, None, 90.6)]


def od_flows() -> Rows:
    pairs = [
        (n + 1, f"{a[0]} to {b[0]}", 40_000 - 900 * n)
        for n, (a, b) in enumerate(zip(ZONES * 2, ZONES[3:] * 3, strict=False))
    ]
    return [*pairs, (None, "All other journeys", 11_234_567)]
