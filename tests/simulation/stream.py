"""Chance that can be repeated: each thing of a schedule draws from a stream of its own.

So what is drawn for one connection does not depend on how often another one drew, and a fault that is left out
changes only what it had caused. Numbers come from integers alone: Python's hash seed has no part in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log
from typing import TypeVar
from zlib import crc32

T = TypeVar("T")

_MASK = (1 << 64) - 1
# Knuth's constants of a 64-bit linear congruential generator, and the finalizer of SplitMix64.
_FACTOR, _STEP = 6364136223846793005, 1442695040888963407


class Stream:
    """Numbers in [0, 1) that follow from `key`; `drawn` counts them."""

    __slots__ = ("_state", "drawn", "key")

    def __init__(self, key: int) -> None:
        self.key = key
        self.drawn = 0
        self._state = _mixed(key)

    def random(self) -> float:
        """Draw a number in [0, 1)."""
        self.drawn += 1
        self._state = state = (self._state * _FACTOR + _STEP) & _MASK
        return (state >> 11) / 9007199254740992.0  # 2^53

    def child(self, name: str, number: int = 0) -> Stream:
        """Give the stream of a part; it depends on `key` and the part's name, not on what was drawn here."""
        return Stream(_mixed(self.key ^ _place_of(name) ^ (number * 0x9E3779B97F4A7C15)))

    def chance(self, probability: float) -> bool:
        """Say yes with a probability."""
        return self.random() < probability

    def below(self, count: int) -> int:
        """Draw a whole number from 0 to `count` - 1."""
        return int(self.random() * count)

    def choice(self, among: Sequence[T]) -> T:
        """Draw one of several."""
        return among[int(self.random() * len(among))]

    def between(self, least: float, most: float) -> float:
        """Draw evenly from a span."""
        return least + (most - least) * self.random()

    def exponential(self, mean: float) -> float:
        """Draw a waiting time."""
        return -mean * log(1.0 - self.random())


@lru_cache
def _place_of(name: str) -> int:
    return crc32(name.encode()) << 20


def _mixed(number: int) -> int:
    number &= _MASK
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & _MASK
    return number ^ (number >> 31)
