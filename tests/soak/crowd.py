"""The processes full of pages: each may be frozen, or killed, and then another one takes its place."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from dashboard.client.upstream import Endpoints
from tests.simulation.facts import Fact, Left
from tests.simulation.history import View
from tests.soak.clients import PAUSE, SETTLED_WITHIN, Order
from tests.soak.diary import read_diary
from tests.soak.told import Told
from tests.soak.watchers import Watchers

_PROCESSES = 2
# It settles twice.
_END_SECONDS = 2 * SETTLED_WITHIN + 30


class Crowd(Watchers):
    """One process at a time, with pages of the same owners; `diaries` are those of all of them."""

    def __init__(self, folder: Path, order: Order) -> None:
        self.diaries: list[Path] = []
        self._folder = folder
        self._order = order
        self._left: list[Fact] = []
        self._start(order)

    def kill(self) -> None:
        """Kill the process, and start one whose pages follow what had not ended."""
        self.close()
        at = time.monotonic()
        self._left += [Left(at, f"{owner}.{self._order.generation}") for owner in self._order.owners]
        self._start(self._order.heir(read_diary(self.diaries[-1])))

    def pause(self) -> None:
        """Let it press no more, and keep its connections."""
        self.say(PAUSE)

    def entries(self) -> Iterator[Fact | View]:
        """Give all that its pages, and those before them, have written down."""
        yield from self._left
        for diary in self.diaries:
            yield from read_diary(diary)

    def _start(self, order: Order) -> None:
        self._order = order
        self.diaries.append(Path(order.diary))
        self.start(Told("tests.soak.clients", order.line(), self._folder / "pages.log"), _END_SECONDS)
        while not self.diaries[-1].exists() and self.process.poll() is None:
            time.sleep(0.05)


@contextmanager
def running_crowds(
    folder: Path, endpoints: Endpoints, users: Sequence[str], rate: float, seed: int
) -> Iterator[list[Crowd]]:
    """Run a page for each user, in two processes, until the block ends; `rate` is how often they press in a second."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(_running(folder, order))
            for order in _orders(folder, endpoints, users, rate, seed)
        ]


@contextmanager
def _running(folder: Path, order: Order) -> Iterator[Crowd]:
    crowd = Crowd(folder, order)
    try:
        yield crowd
    finally:
        crowd.close()


def _orders(
    folder: Path, endpoints: Endpoints, users: Sequence[str], rate: float, seed: int
) -> Iterator[Order]:
    """Write an order for each process: its share of the users, and its own stream of chance."""
    for number in range(_PROCESSES):
        yield Order(
            endpoints.websocket,
            endpoints.rest,
            endpoints.token_url or "",
            str(folder / f"pages-{number}-0"),
            0,
            users[number::_PROCESSES],
            {},
            rate / _PROCESSES,
            seed * _PROCESSES + number,
        )


def freeze(process: subprocess.Popen[Any], seconds: float) -> None:
    """Stop a process for a while, as a machine that swaps or sleeps does."""
    process.send_signal(signal.SIGSTOP)
    time.sleep(seconds)
    process.send_signal(signal.SIGCONT)
