"""The session's inbox: how many notices the page has not looked at, and who wants to hear of new ones."""

from __future__ import annotations

import threading
from collections.abc import Callable

Listener = Callable[[], None]


class Inbox:
    """A counter of notices. Thread-safe; listeners are called in the thread that puts, and must be quick."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._listeners: list[Listener] = []

    @property
    def count(self) -> int:
        """Say how many notices wait."""
        return self._count

    def put(self) -> None:
        """Add a notice and tell the listeners."""
        with self._lock:
            self._count += 1
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener()

    def drain(self) -> int:
        """Take all notices; give how many there were."""
        with self._lock:
            count, self._count = self._count, 0
        return count

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` at each notice from now on; give the function that ends it."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                self._listeners.remove(listener)

        return unsubscribe
