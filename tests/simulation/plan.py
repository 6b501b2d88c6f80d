"""What people and administrators will do in a schedule, and when: drawn once, before anything happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tests.simulation.stream import Stream

SHORTEST, LONGEST = 190.0, 450.0
# Seconds after the last press: for what is done at random times, and for a deadline in the middle of trouble.
_AFTERWARDS = 130.0
MOST_QUESTIONS = 15
_QUESTIONS = frozenset({"press", "press with a bad date", "connect with a question"})
# How often each deed comes in a schedule, on average; presses and pages have their own numbers.
_ODD_DEEDS = {
    "cut": 2.0,
    "close by the gateway": 1.0,
    "silence": 0.8,
    "expire token": 0.7,
    "close a page": 0.7,
    "reload a page": 0.8,
    "watch elsewhere": 1.2,
    "cancel": 1.2,
    "read history": 1.0,
    "read a running answer": 1.0,
    "ask as a stranger": 1.0,
    "press with a bad date": 0.4,
    "connect with a question": 1.2,
    "repeat a run": 0.6,
    "send nonsense": 0.2,
    "change the report": 0.3,
    "withdraw the report": 0.3,
    "foreign event": 0.3,
    "event of another statement": 0.4,
    "malformed event": 0.3,
    "replay dead letters": 0.3,
    "join as it ends": 1.0,
}
# What comes within a moment after a press, and how often.
_AFTER_PRESS = {
    "press": 0.12,
    "cancel": 0.15,
    "cut": 0.08,
    "cut under way": 0.15,
    "silence": 0.04,
    "close a page": 0.06,
    "reload a page": 0.08,
    "watch elsewhere": 0.15,
    "change the report": 0.03,
    "withdraw the report": 0.03,
    "repeat a run": 0.08,
}


class Deed(NamedTuple):
    """One deed; `number` names it when a history is shrunk."""

    at: float
    number: int
    name: str
    stream: Stream


class Plan(NamedTuple):
    """What will be done, and how long there will be trouble."""

    deeds: Sequence[Deed]
    length: float


def plan(stream: Stream) -> Plan:
    """Draw a schedule: 2 to 3 owners with 2 to 5 pages, 5 to 15 questions, and what else goes on."""
    wanted: list[tuple[float, str]] = []
    for _ in range(1 + stream.below(3)):
        wanted.append((stream.between(0, 30), "open a page"))
    # Some schedules are crowded, some are quiet.
    busy_until = stream.choice((20.0, 60.0, 150.0, LONGEST - 70))
    for _ in range(5 + stream.below(7)):
        at = stream.between(1, busy_until)
        wanted.append((at, "press"))
        wanted += [
            (at + stream.choice((0.05, 0.3, 3.0)) * stream.random(), name)
            for name, rate in _AFTER_PRESS.items()
            if stream.chance(rate)
        ]
    for name, mean in _ODD_DEEDS.items():
        while stream.chance(mean / (1 + mean)):
            wanted.append((stream.between(2, busy_until + 60), name))
    deeds = [Deed(at, n, name, stream.child(name, n)) for n, (at, name) in enumerate(_few(sorted(wanted)))]
    return Plan(deeds, min(LONGEST, max(SHORTEST, busy_until + _AFTERWARDS)))


def _few(wanted: Sequence[tuple[float, str]]) -> Iterator[tuple[float, str]]:
    """Leave out what would be one question too many."""
    questions = 0
    for at, name in wanted:
        questions += name in _QUESTIONS
        if name not in _QUESTIONS or questions <= MOST_QUESTIONS:
            yield at, name
