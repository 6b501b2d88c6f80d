"""What a process holds: its memory, its threads, its open files and sockets (Linux: /proc)."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_HOUR = 3600


class Reading(NamedTuple):
    """What it holds at a tick of the monotonic clock."""

    at: float
    megabytes: float
    threads: int
    descriptors: int


def read(process_id: int) -> Reading:
    """Look at a process of this machine."""
    place = Path(f"/proc/{process_id}")
    pages = int((place / "statm").read_text().split()[1])
    return Reading(
        time.monotonic(),
        pages * resource.getpagesize() / 1_000_000,
        len(list((place / "task").iterdir())),
        len(list((place / "fd").iterdir())),
    )


def growth_per_hour(readings: Sequence[Reading]) -> float:
    """Give the slope of the memory, by least squares, as a share of what it was at first."""
    middle = sum(one.at for one in readings) / len(readings)
    mean = sum(one.megabytes for one in readings) / len(readings)
    covariance = sum((one.at - middle) * (one.megabytes - mean) for one in readings)
    variance = sum((one.at - middle) ** 2 for one in readings)
    return covariance / variance * _HOUR / readings[0].megabytes
