"""Decides which faults strike in one schedule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeVar

from tests.simulation.faults import CALL_FAULTS, FAULTS, CallFault, Fault
from tests.simulation.stream import Stream

F = TypeVar("F", bound=Fault)

# One draw of one stream: the same draw is found again when the schedule is played again.
Choice = tuple[int, int]
# Each schedule spares some faults and favours others: faults that meet find more than faults that come alone.
_MOODS = (0.0, 0.5, 1.0, 1.0, 3.0)
# These change a record only when they come at an odd moment: what they do then is to be interrupted too.
_RARE = ("connect", "cancel", "get_results", "list_queries", "resume")
_FAVOURS = (1.0, 1.0, 5.0, 25.0)
# Calls that are made seldom.
_SELDOM = (
    "connect records.attach",
    "connect records.end",
    "connect records.find",
    "connect records.leave",
    "connect records.put_statement",
    "connect reports.version",
    "connect warehouse.cancel",
    "connect warehouse.describe",
    "run records.end",
    "run records.put_statement",
    "run reports.version",
    "run warehouse.cancel",
    "cancel records.put_statement",
    "get_results records.end",
    "get_results records.leave",
    "get_results records.put_statement",
    "get_results warehouse.cancel",
    "list_queries records.end",
    "list_queries records.leave",
    "list_queries records.put_statement",
    "list_queries warehouse.cancel",
)
# A query whose submit and whose event both break off: nothing leads from its statement to it until a reader comes.
_WITHOUT_A_WAY = frozenset({"run records.link", "send_message records.put_statement"})
# A place that is held for seconds by a submit which has not recorded its query yet.
_HELD_UP = frozenset({"run records.reserve"})
# Each schedule is about one of these, and interrupts it nearly each time; two that must meet need more schedules.
_SUBJECTS = (*(frozenset({call}) for call in _SELDOM), *[_WITHOUT_A_WAY] * 3, *[_HELD_UP] * 2)
_NEARLY_EACH_TIME = 40.0


class Fates:
    """Strikes by chance, or exactly where `only` says: that is how a history is shrunk, or a small world enumerated.

    With `only`, `points` tells each fault that could have struck, and where.
    """

    def __init__(self, stream: Stream, only: Mapping[Choice, str] | None = None) -> None:
        self.calm = False
        self._draws: list[tuple[Choice, Sequence[Fault]]] = []
        self._only = only
        self._rates = {fault.name: fault.rate * stream.choice(_MOODS) for fault in FAULTS}
        self._at_calls: dict[tuple[str, str], tuple[tuple[CallFault, ...], float]] = {}
        self._handlers = {handler: stream.choice(_FAVOURS) for handler in _RARE}
        self._about = stream.choice(_SUBJECTS)

    @property
    def points(self) -> list[tuple[Choice, str]]:
        """Give each choice with the name of each fault that it could have been."""
        return [(choice, fault.name) for choice, faults in self._draws for fault in faults]

    def pick(self, faults: Sequence[F], stream: Stream, favour: float = 1.0) -> F | None:
        """Draw once: the fault that strikes here, if one does; `favour` makes it likelier."""
        throw = stream.random() / favour
        if self.calm:
            return None
        if self._only is not None:
            choice = (stream.key, stream.drawn)
            self._draws.append((choice, faults))
            wanted = self._only.get(choice)
            return None if wanted is None else next((f for f in faults if f.name == wanted), None)
        for fault in faults:
            throw -= self._rates[fault.name]
            if throw < 0:
                return fault
        return None

    def pick_at_call(self, handler: str, call: str, stream: Stream) -> CallFault | None:
        """Draw once for a call of a port by a handler."""
        if (handler, call) not in self._at_calls:
            is_about = f"{handler} {call}" in self._about
            favour = _NEARLY_EACH_TIME if is_about else self._handlers.get(handler, 1.0)
            self._at_calls[handler, call] = (_faults_at(call), favour)
        faults, favour = self._at_calls[handler, call]
        return self.pick(faults, stream, favour)


@cache
def _faults_at(call: str) -> tuple[CallFault, ...]:
    names = {call, call.partition(".")[0] + ".*"}
    return tuple(fault for fault in CALL_FAULTS if not names.isdisjoint(fault.calls))
