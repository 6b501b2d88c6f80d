"""The client core as two kinds of threads share it: pages tell it what was pressed, the link thread the rest."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from dashboard.client.core import ClientCore
from dashboard.client.events import Effect, Event, Moment, Wake
from dashboard.client.model import Snapshot


class Conversation:
    """A core behind a lock. What it wants done waits, in order, for the thread that holds the connection."""

    def __init__(self, core: ClientCore, clock: Callable[[], Moment], wake: Callable[[], None]) -> None:
        self._lock = threading.Lock()
        self._core = core
        self._clock = clock
        self._wake = wake
        self._wanted: deque[Effect] = deque()
        self._snapshot = core.snapshot()

    def snapshot(self) -> Snapshot:
        """Give the state after the last event; never waits."""
        return self._snapshot

    def tell(self, event: Event) -> None:
        """Let something happen. Any thread; the page is woken in the caller's."""
        with self._lock:
            effects = self._core.handle(event, self._clock())
            self._snapshot = self._core.snapshot()
            wakes = bool(effects) and isinstance(effects[-1], Wake)
            self._wanted.extend(effects[:-1] if wakes else effects)
        if wakes:
            self._wake()

    def next_effect(self) -> Effect | None:
        """Take what is to be done next, None when nothing is."""
        with self._lock:
            return self._wanted.popleft() if self._wanted else None

    def seconds_until_due(self) -> float | None:
        """Say how long until a `TimerFired` is wanted; None: not until something happens."""
        with self._lock:
            due = self._core.due()
            return None if due is None else max(0.0, due - self._clock().ticks)
