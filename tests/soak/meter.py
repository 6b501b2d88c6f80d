"""What a process holds: its memory, its threads, its open files and sockets (Linux: /proc)."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.processes import children_of

_HOUR = 3600


class Reading(NamedTuple):
    """What it holds at a tick of the monotonic clock."""

    at: float
    megabytes: float
    threads: int
    descriptors: int


def read(process_id: int) -> Reading:
    """Look at a process of this machine, with those that it has started."""
    places = [Path(f"/proc/{number}") for number in (process_id, *children_of(process_id))]
    pages = sum(int((place / "statm").read_text().split()[1]) for place in places)
    return Reading(
        time.monotonic(),
        pages * resource.getpagesize() / 1_000_000,
        sum(len(list((place / "task").iterdir())) for place in places),
        sum(len(list((place / "fd").iterdir())) for place in places),
    )


def growth_per_hour(readings: Sequence[Reading]) -> float:
    """Give the slope of the memory, by least squares, as a share of what it was at first."""
    points = [(reading.at, reading.megabytes) for reading in readings]
    return slope(points) * _HOUR / readings[0].megabytes


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Give by how much the second of each pair grows where the first grows by one, by least squares."""
    return statistics.linear_regression(*zip(*points, strict=True)).slope
