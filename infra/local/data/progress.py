"""Says what is happening while something takes long, and keeps quiet otherwise."""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS_BETWEEN_WORDS = 1.0
SECONDS_BEFORE_FORECAST = 3.0
"""Before this, what is left is a guess."""


class Progress:
    """Passes on a step at most once a second; times are counted from the making of this object."""

    def __init__(self, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._say = say
        self._clock = clock
        self._began = clock()
        self._last = self._began

    def announce(self, sentence: str) -> None:
        """Say this in any case."""
        self._say(sentence)
        self._last = self._clock()

    def reached(self, step: str, share: float | None = None) -> None:
        """Say that this much is done, if nothing has been said for a second.

        `share` is how much of the whole work is done, between 0 and 1; then what is left is said too.
        """
        now = self._clock()
        if now - self._last >= SECONDS_BETWEEN_WORDS:
            self.announce(f"Data: {step}{_forecast(share, now - self._began)}")


def _forecast(share: float | None, elapsed: float) -> str:
    if not share:
        return ""
    done = f", {share:.0%}"
    if elapsed < SECONDS_BEFORE_FORECAST or share >= 1:
        return done
    return f"{done}, {_duration(elapsed / share * (1 - share))} left"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"about {max(seconds, 1):.0f} s"
    return f"about {seconds / 60:.0f} min"
