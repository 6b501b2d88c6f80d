"""How a signal ends the process: at any moment, in whatever library it finds us, and without a traceback."""

from __future__ import annotations

import signal
from types import TracebackType

_STATUS = {signal.SIGINT: 130, signal.SIGTERM: 0}


class Stopped(BaseException):
    """A signal asks the process to end."""


class Stop:
    """While it is entered, the first SIGINT or SIGTERM raises `Stopped`; later ones, and those after it, do nothing.

    A library may hide `Stopped` behind an error of its own (DuckDB raises "Query interrupted" in its place). So
    whatever a block raises once a stop is asked for is taken for the stop.
    """

    def __init__(self) -> None:
        self.status: int | None = None
        """The exit status that the signal asks for; None as long as there was none."""

    def __enter__(self) -> Stop:
        for number in _STATUS:
            signal.signal(number, self._take)
        return self

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.ignore()
        return self.status is not None

    def check(self) -> None:
        """End here if a stop was asked for that somebody has swallowed.

        Raises:
            Stopped: it was.
        """
        if self.status is not None:
            raise Stopped

    def ignore(self) -> None:
        """Let no signal disturb what comes from here on."""
        for number in _STATUS:
            signal.signal(number, signal.SIG_IGN)

    def _take(self, number: int, _: object) -> None:
        if self.status is None:
            self.status = _STATUS[signal.Signals(number)]
            raise Stopped
