"""Drawing from small published tables."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from infra.local.data.trips.columns import Flags, Integers


def draw(rng: np.random.Generator, count: int, table: Mapping[int, float]) -> Integers:
    """`count` of the table's keys, each as often as its weight says."""
    limits = np.cumsum(list(table.values()))
    chosen = np.searchsorted(limits / limits[-1], rng.random(count), side="right")
    keys: Integers = np.array(list(table), dtype=np.int64)[np.minimum(chosen, len(table) - 1)]
    return keys


def draw_by_vendor(
    rng: np.random.Generator, vendor: Integers, tables: Mapping[int, Mapping[int, float]]
) -> Integers:
    """For each trip one of the keys of its vendor's table, each as often as its weight says."""
    drawn = np.empty(len(vendor), dtype=np.int64)
    for code, table in tables.items():
        rows = np.flatnonzero(vendor == code)
        drawn[rows] = draw(rng, len(rows), table)
    return drawn


def chance(rng: np.random.Generator, count: int, share: float) -> Flags:
    """Marks, each set with this probability."""
    marks: Flags = rng.random(count, dtype=np.float32) < share
    return marks
