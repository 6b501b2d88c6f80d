"""A process with pages, of one kind or another: it presses until it is told to rest, and then comes to its end."""

from __future__ import annotations

import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from tests.simulation.facts import Fact
from tests.simulation.history import View
from tests.soak.clients import REST
from tests.soak.told import Told


class Watchers(ABC):
    """One process at a time; `start` puts another in its place."""

    process: subprocess.Popen[str]

    def start(self, told: Told, end_seconds: float) -> None:
        """Take a process that has just been started, and that may take so long to end."""
        self._told, self._end_seconds = told, end_seconds
        self.process = told.process

    def say(self, word: str) -> None:
        """Tell it something."""
        self._told.say(word)

    def rest(self) -> None:
        """Let it press no more, and end when every query has its outcome."""
        self.say(REST)

    def end(self) -> int:
        """Wait until it has ended; give its exit status. It is killed where it does not end."""
        return self._told.end(self._end_seconds)

    def close(self) -> None:
        """End the process, whatever it does."""
        self._told.kill()

    @abstractmethod
    def entries(self) -> Iterator[Fact | View]:
        """Give all that its pages have written down."""


def end_together(all_of_them: Sequence[Watchers]) -> list[int]:
    """Let all of them come to rest; give their exit statuses."""
    for watchers in all_of_them:
        watchers.rest()
    return [watchers.end() for watchers in all_of_them]


def entries_of(all_of_them: Iterable[Watchers]) -> Iterator[Fact | View]:
    """Give all that the pages of all of them have written down."""
    return chain.from_iterable(watchers.entries() for watchers in all_of_them)
