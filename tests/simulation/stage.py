"""What everybody in a schedule shares: the clock, the fates, the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from tests.simulation.facts import Fact, Struck
from tests.simulation.fates import Fates
from tests.simulation.faults import Fault
from tests.simulation.history import History
from tests.simulation.stream import Stream
from tests.simulation.timeline import Timeline

F = TypeVar("F", bound=Fault)


@dataclass(frozen=True, slots=True)
class Stage:
    """One schedule's surroundings."""

    timeline: Timeline
    fates: Fates
    history: History

    @property
    def now(self) -> float:
        """Give the second."""
        return self.timeline.now

    def note(self, fact: Fact) -> None:
        """Add a fact to the history."""
        self.history.facts.append(fact)

    def strike(self, faults: Sequence[F], stream: Stream, where: str) -> F | None:
        """Let one of several faults strike, if the fates want it; it takes effect for certain."""
        fault = self.fates.pick(faults, stream)
        if fault is not None:
            self.struck(fault, where, stream)
        return fault

    def struck(self, fault: Fault, where: str, stream: Stream) -> None:
        """Note that a fault took effect; `stream` has just drawn it."""
        self.note(Struck(self.timeline.now, fault.name, where, (stream.key, stream.drawn)))
