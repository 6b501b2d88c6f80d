"""A connection of API Gateway, its other end, and how it comes about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tests.simulation import faults
from tests.simulation.stage import Stage
from tests.simulation.stream import Stream

HANDSHAKE_TIME_OUT = 10.0
NETWORK = 0.02
_LATE = 2.0


class Client(Protocol):
    """Who holds the other end of a connection."""

    def opened(self, line: Line) -> None:
        """Learn that the handshake succeeded."""

    def refused(self, status: int | None) -> None:
        """Learn that it did not; None: nobody answered."""

    def hear(self, line: Line, text: str) -> None:
        """Receive a frame."""

    def lost(self, line: Line, detail: str) -> None:
        """Learn that the connection broke."""


@dataclass(eq=False, slots=True)
class Line:
    """One connection. `is_open`: the gateway holds it; `is_heard`: what one side says reaches the other."""

    id: str
    owner: str
    client: Client
    stream: Stream
    is_open: bool = False
    is_heard: bool = True
    frames: int = 0


class Handshake:
    """A handshake that its client waits for: it ends once."""

    def __init__(self, stage: Stage, client: Client, fault: faults.Fault | None) -> None:
        self._stage = stage
        self._client = client
        self._fault = fault
        self._is_over = False

    def out_of_time(self) -> None:
        """Let the client give up."""
        self._end(lambda: self._client.refused(None))

    def refused(self, status: int) -> None:
        """Tell the client a status that is not 101."""
        self._stage.after(NETWORK, lambda: self._end(lambda: self._client.refused(status)))

    def is_unheard(self) -> bool:
        """Say whether the client will not hear of a 101: the connection then has nobody on its other end."""
        return self._fault is faults.HANDSHAKE_UNANSWERED or self._is_over

    def switched(self, line: Line) -> None:
        """Tell the client 101."""
        delay = _LATE if self._fault is faults.SWITCHED_LATE else NETWORK
        self._stage.after(delay, lambda: self._end(lambda: self._client.opened(line)))

    def _end(self, tell: Callable[[], None]) -> None:
        if not self._is_over:
            self._is_over = True
            tell()
