"""The one clock of a schedule: what is to happen, in the order of its second."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from dashboard.client.events import Moment
from pipeline.core.instants import to_milliseconds
from tests.fakes.others import START


class Timeline:
    """`now` is in seconds since the beginning; nothing else lets time pass."""

    def __init__(self) -> None:
        self.now = 0.0
        self._ahead: list[tuple[float, int, Callable[[], object]]] = []
        self._order = count()
        self._moment = Moment(0.0, START)

    def after(self, seconds: float, action: Callable[[], object]) -> None:
        """Let something happen later; of two for one instant the one that was asked first goes first."""
        heappush(self._ahead, (self.now + seconds, next(self._order), action))

    def at(self, instant: float, action: Callable[[], object]) -> None:
        """Let something happen at an instant; what is late happens now."""
        heappush(self._ahead, (max(instant, self.now), next(self._order), action))

    def run_until(self, end: float) -> None:
        """Let everything happen that is due before an instant."""
        ahead = self._ahead
        while ahead and ahead[0][0] <= end:
            self.now, _, action = heappop(ahead)
            action()
        self.now = end

    def wall(self) -> datetime:
        """Give the instant as a date."""
        return START + timedelta(seconds=self.now)

    def moment(self) -> Moment:
        """Give the instant as a client takes it."""
        if self._moment.ticks != self.now:
            self._moment = Moment(self.now, to_milliseconds(self.wall()))
        return self._moment
