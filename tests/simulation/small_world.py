"""The small world, enumerated: one owner, one page, one question, and one thing that happens besides.

First the thing besides comes at each moment of the question's life, so that it meets each call in both orders. Then,
for each thing besides and each turn of the question's life, each fault strikes once at each place where it can: a death
before and after each call is among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from tests.simulation.facts import Called
from tests.simulation.fates import Choice
from tests.simulation.history import History
from tests.simulation.plan import Deed
from tests.simulation.stream import Stream
from tests.simulation.world import Kept, Setting, World

NOTHING = "nothing"
BESIDES = (
    NOTHING,
    "cancel",
    "cut",
    "silence",
    "reload a page",
    "watch elsewhere",
    "repeat a run",
    "read history",
    "read a running answer",
    "change the report",
    "withdraw the report",
    "press",
)
_SEED = 4
_PRESSED_AT = 2.0
_LENGTH = 60.0
# Seconds after the moment at which a call begins: a call takes about as long.
_OFFSETS = (0.0, 0.005, 0.015, 0.03)
# The calls at which the second thing comes while faults strike: recording, starting, ending, telling.
_TURNS = ("records.create", "warehouse.execute", "records.attach", "records.end", "notifier.post")


def orders(besides: str) -> Iterator[History]:
    """Let one thing happen at each moment of the question's life."""
    for at in sorted({call.at + offset for call in _calls() for offset in _OFFSETS}):
        yield _world(besides, at).play()


def faults(besides: str) -> Iterator[History]:
    """Let each fault strike once at each place where it can, with one thing besides at each turn."""
    for at in sorted({call.at for call in _calls() if call.call in _TURNS}):
        world = _world(besides, at)
        world.play()
        for choice, name in world.stage.fates.points:
            yield _world(besides, at, {choice: name}).play()
        if besides == NOTHING:
            return


def _calls() -> list[Called]:
    """Give the calls of a question's life to which nothing happens."""
    facts = _world(NOTHING, _LENGTH).play().facts
    return [fact for fact in facts if isinstance(fact, Called) and _PRESSED_AT <= fact.at < _LENGTH]


def _world(besides: str, at: float, struck: Mapping[Choice, str] = MappingProxyType({})) -> World:
    wanted = [(_PRESSED_AT, "press")] + ([] if besides == NOTHING else [(at, besides)])
    stream = Stream(_SEED).child("small world")
    deeds = [Deed(at, n, name, stream.child(name, n)) for n, (at, name) in enumerate(wanted)]
    return World(_SEED, Kept(struck, frozenset({0, 1})), Setting(("ana",), deeds, _LENGTH))
