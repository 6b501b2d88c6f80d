"""How far the download is: bytes, rate, and the share that is done."""

from __future__ import annotations

import time
from collections.abc import Callable

from infra.local.data.progress import Progress


class Meter:
    """Counts what comes in this run; `wanted` is how many bytes are still to come, `whole` how many there are."""

    def __init__(
        self, progress: Progress, wanted: int, whole: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._progress = progress
        self._wanted = wanted
        self._whole = whole
        self._came = 0
        self._clock = clock
        self._began = clock()

    def came(self, name: str, size: int) -> None:
        """So many bytes of this file have come."""
        self._came += size
        there = self._whole - self._wanted + self._came
        rate = self._came / max(self._clock() - self._began, 0.001)
        step = f"{name}, {there / 1e6:,.0f} of {self._whole / 1e6:,.0f} MB, {rate / 1e6:,.1f} MB a second"
        self._progress.reached(step, min(self._came / self._wanted, 1))

    def lost(self, size: int) -> None:
        """So many bytes that had come before must come again."""
        self._wanted += size
