"""Says what is happening while something takes long, and keeps quiet otherwise."""

from __future__ import annotations

import time
from collections.abc import Callable


class Progress:
    """Passes on a step at most once a second."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._last = time.monotonic()

    def announce(self, sentence: str) -> None:
        """Say this in any case."""
        self._say(sentence)
        self._last = time.monotonic()

    def reached(self, step: str) -> None:
        """Say that this much is done, if nothing has been said for a second."""
        if time.monotonic() - self._last >= 1:
            self.announce(f"Sample data: {step}")
