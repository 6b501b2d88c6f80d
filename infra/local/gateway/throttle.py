"""The throttle of the WebSocket API's stage.

Source: AWS, API Gateway developer guide, "Protect your WebSocket APIs": a token bucket, the stage's settings for each
route by itself. What a message is answered above it is not documented: the words of its 429 in the usual error frame.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from infra.local.wiring import ThrottleSettings

TOO_MANY = "Too Many Requests"


class Throttle:
    """A bucket for each route: it holds `burst` tokens at first, `rate` more come in each second."""

    def __init__(self, settings: ThrottleSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def admits(self, route_key: str) -> bool:
        """Take a token of a route's bucket; False when there is none."""
        now = self._clock()
        left, then = self._buckets.get(route_key, (float(self._settings.burst), now))
        left = min(left + (now - then) * self._settings.rate, self._settings.burst)
        admitted = left >= 1
        self._buckets[route_key] = (left - admitted, now)
        return admitted
