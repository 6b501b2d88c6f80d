"""Which function runs in this thread, so that its AWS calls can be told from those of others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Invocation:
    """One run of a function: the answers of AWS that it has had, and whether its sandbox has died."""

    function_id: str
    answers: int = 0
    died: bool = False


class RunningFunction:
    """The invocation that runs in the current context; a thread of its own has it in a copy of that context."""

    def __init__(self) -> None:
        self._current: ContextVar[Invocation | None] = ContextVar("running_function", default=None)

    def current(self) -> str | None:
        """Give the function's logical id, or None outside every function."""
        invocation = self._current.get()
        return invocation.function_id if invocation else None

    def invocation(self) -> Invocation | None:
        """Give the invocation, or None outside every function."""
        return self._current.get()

    @contextmanager
    def entered(self, logical_id: str) -> Iterator[Invocation]:
        """Run a block as a new invocation of that function."""
        invocation = Invocation(logical_id)
        token = self._current.set(invocation)
        try:
            yield invocation
        finally:
            self._current.reset(token)
