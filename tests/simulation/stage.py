"""What everybody in a schedule shares: the clock, the fates, the history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from tests.simulation.facts import Fact, Struck
from tests.simulation.fates import Fates
from tests.simulation.faults import Fault
from tests.simulation.history import History
from tests.simulation.stream import Stream
from tests.simulation.timeline import Timeline

F = TypeVar("F", bound=Fault)
NOBODY = 0


class Stage(Timeline):
    """One schedule's surroundings. `acting` is the invocation whose call of a port is being done."""

    def __init__(self, fates: Fates, history: History) -> None:
        super().__init__()
        self.fates = fates
        self.history = history
        self.acting = NOBODY
        # Adds a fact to the history: a thousand times in a schedule.
        self.note: Callable[[Fact], None] = history.facts.append

    def strike(self, faults: Sequence[F], stream: Stream, where: str) -> F | None:
        """Let one of several faults strike, if the fates want it; it takes effect for certain."""
        fault = self.fates.pick(faults, stream)
        if fault is not None:
            self.struck(fault, where, stream)
        return fault

    def struck(self, fault: Fault, where: str, stream: Stream) -> None:
        """Note that a fault took effect; `stream` has just drawn it."""
        self.note(Struck(self.now, fault.name, where, (stream.key, stream.drawn)))
