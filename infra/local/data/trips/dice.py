"""Chance, the same on every machine: whole random numbers, turned into choices by tables."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from infra.local.data.trips.columns import Bits, Reals, Rows, Whole

BITS = 65_536
"""How many values `Dice.bits` has."""


class Dice:
    """The chances of one day, from the seed of the year."""

    def __init__(self, seed: int, day: date | None = None) -> None:
        """Without a day: the chances of what is planned for the whole year."""
        key = day.toordinal() if day else 0
        self._random = np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(key,))))

    def bits(self, count: int) -> Bits:
        """Evenly spread numbers from 0 to 65,535."""
        # Four at a time: a random number of the generator has 64 bits.
        drawn = self._random.integers(0, 2**64, -(-count // 4), dtype=np.uint64)
        return drawn.view(np.uint16)[:count]

    def rolls(self, times: int, count: int) -> npt.NDArray[np.uint16]:
        """So many rows of `count` such numbers."""
        return self.bits(times * count).reshape(times, count)

    def shares(self, count: int) -> Reals:
        """Evenly spread numbers from 0 up to, not including, 1."""
        return self._random.random(count, dtype=np.float32)

    def share(self) -> float:
        """One such number."""
        return self._random.random()

    def between(self, lowest: int, end: int, count: int) -> Whole:
        """Whole numbers from `lowest` up to, not including, `end`."""
        return self._random.integers(lowest, end, count, dtype=np.int32)

    def some(self, count: int, share: float) -> Rows:
        """The places of about this share of `count` rows, each with the same chance; few of them come twice."""
        places = count * share * (1 + share / 2)
        return self._random.integers(0, max(count, 1), int(places + self._random.random()), dtype=np.intp)

    def first(self, rows: Rows, share: float) -> Rows:
        """About this share of these rows, which stand in no order."""
        return rows[: int(len(rows) * share + self._random.random())]
