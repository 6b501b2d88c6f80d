"""Tables that turn a random whole number into a choice or a measure.

Powers, logarithms and normal deviates of each trip would differ in their last bit between processors, whose vector
units compute them in different ways. A table is computed once and rounded, so that the same seed gives the same trips
on every machine; looking a value up is also faster than computing it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import NormalDist

import numpy as np

from infra.local.data.trips.columns import Codes, Numbers, Reals, Whole
from infra.local.data.trips.dice import BITS

DIGITS = 9
NORMAL_BITS = 12
"""A table of so many bits is fine enough for a measure; drop the others with `bits >> (16 - NORMAL_BITS)`."""


def choices(weights: Mapping[int, float], size: int = BITS) -> Codes:
    """A table whose entries are the keys, each as often as its weight says."""
    return np.repeat(np.array(list(weights), dtype=np.int16), entries(list(weights.values()), size))


def entries(weights: Sequence[float] | Numbers, size: int = BITS) -> Whole:
    """How many of `size` entries each weight gets, by rounding its running total; each row of a matrix by itself."""
    totals = np.cumsum(np.asarray(weights, dtype=np.float64), axis=-1)
    edges = np.rint(np.round(totals / totals[..., -1:], DIGITS) * size).astype(np.int32)
    counts: Whole = np.diff(edges, prepend=np.int32(0))
    return counts


def quantiles(levels: Sequence[float], values: Sequence[float] | Numbers, size: int) -> Reals:
    """A table of measures spread so that each level has its value, with straight lines between them."""
    places = (np.arange(size) + 0.5) / size
    return np.round(np.interp(places, levels, values), DIGITS).astype(np.float32)


def normal(spread: float) -> Reals:
    """A table of normal deviates with this standard deviation around zero, of `NORMAL_BITS` bits."""
    size = 2**NORMAL_BITS
    deviates = [NormalDist().inv_cdf((place + 0.5) / size) for place in range(size)]
    return np.round(np.array(deviates) * spread, DIGITS).astype(np.float32)
