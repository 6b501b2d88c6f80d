"""Counts of rows by bin: all that the report knows of a table of trips, and all that it needs to draw from it again.

A figure of a histogram costs the same for a hundred rows as for a hundred million, and so does a chance sample.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Bins = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Histogram:
    """`counts` by bin; `rows` is how many independent rows they are worth (fewer than counted, when weighted)."""

    counts: Numbers
    rows: int

    @property
    def shares(self) -> Numbers:
        """The counts as shares of their sum; zeros when there is nothing."""
        total = self.counts.sum()
        shares: Numbers = self.counts / total if total else np.zeros_like(self.counts)
        return shares

    def merged(self, groups: Bins, size: int) -> Histogram:
        """The same rows in coarser bins: bin i becomes bin `groups[i]`."""
        counts: Numbers = np.bincount(groups, weights=self.counts, minlength=size).astype(float)
        return Histogram(counts, self.rows)


Measured = Mapping[str, Histogram]
"""Histograms by the name of their family."""


class Chance:
    """Chance samples of histograms, each drawn once and kept for the figures that share it."""

    def __init__(self, number: int, seed: int) -> None:
        self._number = number
        self._rng = np.random.default_rng(seed)
        self._kept: dict[tuple[str, str, int], Numbers] = {}

    def samples(self, side: str, family: str, histogram: Histogram, rows: int) -> Numbers:
        """Counts of samples of `rows` rows of the family's histogram, one sample per line; each side has its own."""
        key = (side, family, rows)
        if key not in self._kept:
            self._kept[key] = self._draw(histogram, rows)
        return self._kept[key]

    def _draw(self, histogram: Histogram, rows: int) -> Numbers:
        shares = histogram.shares
        filled = np.flatnonzero(shares)
        drawn = np.zeros((self._number, len(shares)))
        drawn[:, filled] = self._rng.multinomial(rows, shares[filled], size=self._number)
        return drawn
