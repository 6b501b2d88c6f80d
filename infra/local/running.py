"""Which function runs in this thread, so that its AWS calls can be told from those of others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class RunningFunction:
    """The logical id of the function that runs in the current context."""

    def __init__(self) -> None:
        self._current: ContextVar[str | None] = ContextVar("running_function", default=None)

    def current(self) -> str | None:
        """Give the logical id, or None outside every function."""
        return self._current.get()

    @contextmanager
    def entered(self, logical_id: str) -> Iterator[None]:
        """Run a block as that function."""
        token = self._current.set(logical_id)
        try:
            yield
        finally:
            self._current.reset(token)
