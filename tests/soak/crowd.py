"""The processes full of pages: each may be frozen, or killed, and then another one takes its place."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path

from dashboard.client.upstream import Endpoints
from tests.browser.dashboards import ROOT
from tests.simulation.facts import Fact, Left
from tests.simulation.history import View
from tests.soak.clients import SETTLED_WITHIN, Order
from tests.soak.diary import read_diary

_PROCESSES = 2
# It settles twice.
_END_SECONDS = 2 * SETTLED_WITHIN + 30


class Crowd:
    """One process at a time, with pages of the same owners; `diaries` are those of all of them."""

    def __init__(self, folder: Path, order: Order) -> None:
        self.diaries: list[Path] = []
        self._folder = folder
        self._order = order
        self._left: list[Fact] = []
        self._start(order)

    def kill(self) -> None:
        """Kill the process, and start one whose pages follow what had not ended."""
        self.process.kill()
        self._reap()
        at = time.monotonic()
        self._left += [Left(at, f"{owner}.{self._order.generation}") for owner in self._order.owners]
        self._start(self._order.heir(read_diary(self.diaries[-1])))

    def rest(self) -> None:
        """Let it press no more, and end when every query has its outcome."""
        self._say("rest")

    def end(self) -> int:
        """Wait until it has ended; give its exit status. It is killed where it does not end."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(_END_SECONDS)
        self.process.kill()
        return self._reap()

    def entries(self) -> Iterator[Fact | View]:
        """Give all that its pages, and those before them, have written down."""
        yield from self._left
        for diary in self.diaries:
            yield from read_diary(diary)

    def _start(self, order: Order) -> None:
        self._order = order
        self.diaries.append(Path(order.diary))
        with (self._folder / "pages.log").open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.soak.clients"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self._say(order.line())
        while not self.diaries[-1].exists() and self.process.poll() is None:
            time.sleep(0.05)

    def _say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def _reap(self) -> int:
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait()


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
        crowd.process.kill()
        crowd._reap()


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


def end_together(crowds: Sequence[Crowd]) -> list[int]:
    """Let all of them come to rest; give their exit statuses."""
    for crowd in crowds:
        crowd.rest()
    return [crowd.end() for crowd in crowds]


def entries_of(crowds: Iterable[Crowd]) -> Iterator[Fact | View]:
    """Give all that the pages of all of them have written down."""
    return chain.from_iterable(crowd.entries() for crowd in crowds)


def freeze(process: subprocess.Popen[str], seconds: float) -> None:
    """Stop a process for a while, as a machine that swaps or sleeps does."""
    process.send_signal(signal.SIGSTOP)
    time.sleep(seconds)
    process.send_signal(signal.SIGCONT)
