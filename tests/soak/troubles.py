"""What befalls the processes, their links and the services: one trouble after another, in an order of its own."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from tests.simulation.facts import Struck
from tests.soak.browser import Browser
from tests.soak.crowd import Crowd, freeze
from tests.soak.dashboard import Dashboard
from tests.soak.links import FAULTS as LINK_FAULTS
from tests.soak.links import HAMPERING, Links
from tests.soak.pipeline import Pipeline
from tests.soak.unknown import PIPELINE_KILLED

# However long it lasts, each comes about so often, and the rest of the time is for the queries.
_ROUNDS = 25
_LASTS = 0.7
_SHORTEST_PAUSE = 0.4
_FELT_WITHIN = 15
_TRIES = 4
_BETWEEN_LOOKS = 0.5
_LINKS_AT_ONCE = 10
# These are felt only where something is said.
_LINKS_TO_HAMPER = 40
_OF_SERVICES: Mapping[str, tuple[str, str, int]] = {
    "events dropped": ("events", "drop", 3),
    "events doubled": ("events", "duplicate", 3),
    "events out of order": ("events", "reorder", 2),
    "posts to nobody": ("posts", "gone", 3),
    "posts failed": ("posts", "error", 3),
    "posts lost": ("posts", "lost", 3),
    "statements failed": ("statements", "fail", 2),
    "statements aborted": ("statements", "abort", 2),
    "statements throttled": ("statements", "throttle", 2),
    "statements unanswered": ("statements", "no_answer", 2),
    "sockets closed": ("sockets", "close", 10),
    "submits that failed": ("handlers/OnConnectFunction", "raise", 2),
    "submits that died": ("handlers/OnConnectFunction", "kill_after", 4),
    "notices that failed": ("handlers/SendMessageFunction", "raise", 2),
    "notices that died": ("handlers/SendMessageFunction", "kill_after", 2),
}


class Scene(NamedTuple):
    """Everything that may be troubled."""

    pipeline: Pipeline
    crowds: Sequence[Crowd]
    links: Links
    browsers: Sequence[Browser]


class Troubles:
    """Causes those that are named, all where none is; `struck` has the facts that the promises need to know of."""

    def __init__(self, scene: Scene, seed: int, names: Collection[str]) -> None:
        self._done: Counter[str] = Counter()
        self.struck: list[Struck] = []
        self._scene = scene
        self._stream = random.Random(seed)
        self._of: dict[str, Callable[[], None]] = {PIPELINE_KILLED: self._kill_pipeline}
        self._of["the pipeline frozen"] = lambda: freeze(scene.pipeline.process, self._some_seconds())
        for number, crowd in enumerate(scene.crowds, start=1):
            self._of[f"pages {number} killed"] = crowd.kill
            self._of[f"pages {number} frozen"] = partial(self._freeze, crowd)
        for browser in scene.browsers:
            self._of["the dashboard killed"] = browser.dashboard.kill
            self._of["the dashboard frozen"] = partial(self._freeze, browser.dashboard)

        every = [*self._of, *(f"links {fault}" for fault in LINK_FAULTS), *_OF_SERVICES]
        self._names = [name for name in every if not names or name in names]

    def cause_for(self, seconds: float) -> None:
        """Cause one after another for so long, and each once at least.

        What nobody felt, for who would have was killed meanwhile, is tried again a few times.
        """
        end = time.monotonic() + seconds
        pause = max(_SHORTEST_PAUSE, seconds / (_ROUNDS * len(self._names)) - _LASTS)
        for number, name in enumerate(self._in_turn()):
            if number >= len(self._names) and time.monotonic() >= end:
                break
            time.sleep(self._stream.uniform(0, 2 * pause))
            self._cause(name)
        for _ in range(_TRIES):
            for name in self._unfelt_after(_FELT_WITHIN):
                self._cause(name)

    def counts(self) -> dict[str, int]:
        """Say how often each trouble was felt; those that nobody felt are in it too."""
        struck = self._scene.pipeline.struck()
        felt = self._done + Counter(
            {f"links {fault}": times for fault, times in self._scene.links.hits.items()}
        )
        felt.update({name: struck[f"{group} {fault}"] for name, (group, fault, _) in _OF_SERVICES.items()})
        return {name: felt[name] for name in self._names}

    def _unfelt_after(self, seconds: float) -> list[str]:
        """Wait until everything has been felt, but no longer than that; name what has not."""
        end = time.monotonic() + seconds
        while (
            unfelt := [name for name, times in self.counts().items() if not times]
        ) and time.monotonic() < end:
            time.sleep(_BETWEEN_LOOKS)
        return unfelt

    def _in_turn(self) -> Iterator[str]:
        """Give every trouble once in each round."""
        while True:
            self._stream.shuffle(self._names)
            yield from self._names

    def _cause(self, name: str) -> None:
        if name in self._of:
            self._of[name]()
            self._done[name] += 1
        elif name in _OF_SERVICES:
            self._scene.pipeline.cause(*_OF_SERVICES[name])
        else:
            fault = name.removeprefix("links ")
            self._scene.links.cause(fault, _LINKS_TO_HAMPER if fault in HAMPERING else _LINKS_AT_ONCE)

    def _some_seconds(self) -> float:
        return self._stream.uniform(0.5, 3)

    def _freeze(self, pages: Crowd | Dashboard) -> None:
        freeze(pages.process, self._some_seconds())

    def _kill_pipeline(self) -> None:
        self.struck.append(Struck(time.monotonic(), PIPELINE_KILLED, "", (0, 0)))
        self._scene.pipeline.kill()
        time.sleep(self._stream.uniform(0, 2))
        self._scene.pipeline.start()
