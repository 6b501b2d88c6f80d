"""Makes a failing history small: faults and deeds are left out as long as the same promise stays broken."""

from __future__ import annotations

from typing import NamedTuple

from tests.simulation.checker import judge
from tests.simulation.facts import Did, Struck
from tests.simulation.fates import Choice
from tests.simulation.history import History
from tests.simulation.world import Kept, World

MOST_PLAYS = 400
Part = tuple[Choice, str] | int


class Shrunk(NamedTuple):
    """The smallest history found, and of how many events it is made."""

    history: History
    events: int


def shrink(seed: int, name: str) -> Shrunk:
    """Play a schedule again and again, with fewer and fewer events, all the while `name` is violated."""
    history = World(seed).play()
    parts: list[Part] = [
        *(fact.deed for fact in history.facts if type(fact) is Did),
        *((fact.choice, fact.fault) for fact in history.facts if type(fact) is Struck),
    ]
    plays, size = 0, max(1, len(parts) // 2)
    while plays < MOST_PLAYS:
        smaller = None
        for start in range(0, len(parts), size):
            rest = parts[:start] + parts[start + size :]
            plays += 1
            tried = World(seed, _kept(rest)).play()
            if any(violation.name == name for violation in judge(tried).violations):
                smaller = tried
                parts, history = rest, tried
                break
        if smaller is None and size == 1:
            break
        if smaller is None:
            size = max(1, size // 2)
    return Shrunk(history, len(parts))


def _kept(parts: list[Part]) -> Kept:
    faults = dict(part for part in parts if isinstance(part, tuple))
    return Kept(faults, frozenset(part for part in parts if isinstance(part, int)))
