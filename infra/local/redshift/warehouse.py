"""The database that statements run in; another one can take its place while they run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from infra.local.redshift.engine import Engine, Session


class Warehouse:
    """Hands out sessions of the newest engine; thread-safe.

    A statement keeps the engine that it began with, so it sees the old rows or the new ones, never both.
    """

    def __init__(self, engine: Engine) -> None:
        """Serve `engine`, which is closed here when its time is over."""
        self._engine = engine
        self._lock = Lock()
        self._sessions: Counter[Engine] = Counter()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session for one statement, closed at the end."""
        with self._lock:
            engine = self._engine
            self._sessions[engine] += 1
        try:
            with engine.session() as session:
                yield session
        finally:
            self._leave(engine)

    def replace(self, engine: Engine) -> None:
        """Serve another engine from now on; the old one is closed when its last statement has ended."""
        with self._lock:
            old, self._engine = self._engine, engine
            idle = not self._sessions[old]
        if idle:
            old.close()

    def close(self) -> None:
        """Close the engine. What still runs must have been cancelled before."""
        self._engine.close()

    def _leave(self, engine: Engine) -> None:
        with self._lock:
            self._sessions[engine] -= 1
            retired = engine is not self._engine and not self._sessions[engine]
        if retired:
            engine.close()
