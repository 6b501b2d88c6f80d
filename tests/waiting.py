"""Waits for what another thread or process brings about."""

from __future__ import annotations

import time
from collections.abc import Callable

_BETWEEN_LOOKS_SECONDS = 0.005


def wait_until(
    holds: Callable[[], bool], seconds: float = 20, between_looks: float = _BETWEEN_LOOKS_SECONDS
) -> None:
    """Wait until it holds; the test fails when it does not in time. Looks that are dear may come less often."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(between_looks)
