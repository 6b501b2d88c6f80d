"""A page without Streamlit: the dashboard's real core and socket thread, and whatever they do written down.

The facts are those of the simulation, so that the same promises judge them. Their seconds are this machine's monotonic
clock, which all processes share.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from dashboard.client.alarm import Alarm
from dashboard.client.conversation import Conversation
from dashboard.client.core import ClientCore
from dashboard.client.events import (
    CancelPressed,
    Effect,
    Event,
    Moment,
    Received,
    SendText,
    Submitted,
    Watched,
)
from dashboard.client.events import Opened as LinkOpened
from dashboard.client.model import QueryView
from dashboard.client.thread import Lease, LinkThread
from dashboard.client.tokens import LocalTokens
from dashboard.client.upstream import Endpoints, Upstream
from tests.fakes.ports import JUNE
from tests.simulation.facts import Fact, Heard, LinkShowed, Opened, Pressed, Sent, Showed
from tests.simulation.messages import PACE, TOPIC, ids_in, parsed
from tests.soak.diary import Diary


class _WatchedCore(ClientCore):
    """Writes down what happens to the core before anything is done about it. One thread at a time calls it."""

    def __init__(self, name: str, owner: str, diary: Diary, now: Moment) -> None:
        super().__init__(random.SystemRandom().random, now)
        self._name = name
        self._owner = owner
        self._diary = diary
        self._phases: dict[str, str] = {}
        self._state = "connecting"

    def handle(self, event: Event, now: Moment) -> list[Effect]:
        """See `ClientCore.handle`."""
        effects = super().handle(event, now)
        at, who, owner = now.ticks, self._name, self._owner
        sent = [effect.text for effect in effects if isinstance(effect, SendText)]
        facts: list[Fact] = []
        if isinstance(event, Submitted):
            facts.append(Pressed(at, who, owner, event.query_id))
        elif isinstance(event, Received):
            facts.append(Heard(at, who, owner, parsed(event.text)))
        facts += [Sent(at, who, owner, text) for text in sent]
        facts += [*self._shown(at), *self._badge_shown(at)]
        if isinstance(event, LinkOpened):
            asked = frozenset(query_id for text in sent for query_id in ids_in(text))
            pending = frozenset(view.query_id for view in self.snapshot().queries if view.ended_at is None)
            facts.append(Opened(at, who, pending, asked))
        self._diary.note(*facts)
        return effects

    def _shown(self, at: float) -> Iterator[Showed]:
        for view in self.snapshot().queries:
            before = self._phases.get(view.query_id)
            if before != view.phase:
                self._phases[view.query_id] = view.phase
                yield Showed(at, self._name, self._owner, view.query_id, before, view.phase)

    def _badge_shown(self, at: float) -> Iterator[LinkShowed]:
        before, self._state = self._state, self.snapshot().link.state
        if before != self._state:
            yield LinkShowed(at, self._name, before, self._state)


class Page:
    """One user's page, and its thread; it connects at once."""

    def __init__(self, name: str, owner: str, endpoints: Endpoints, diary: Diary) -> None:
        self.name = name
        self.owner = owner
        self._alarm = Alarm()
        self._lease = Lease()
        core = _WatchedCore(name, owner, diary, _moment())
        self._conversation = Conversation(core, _moment, lambda: None)
        link = LinkThread(
            self._conversation, Upstream(lambda: endpoints, LocalTokens(owner)), self._alarm, self._lease
        )
        self._thread = threading.Thread(target=link.run, args=(self._alarm.close,), daemon=True)
        self._thread.start()

    def views(self) -> tuple[QueryView, ...]:
        """Give what it shows."""
        return self._conversation.snapshot().queries

    def pending(self) -> list[str]:
        """Give the queries that have not ended."""
        return [view.query_id for view in self.views() if view.ended_at is None]

    def press(self, query_id: str) -> None:
        """Press Submit."""
        self._tell(Submitted(query_id, TOPIC, JUNE, PACE))

    def watch(self, query_id: str) -> None:
        """Follow a query that was pressed on a page before this one."""
        self._tell(Watched(query_id, TOPIC, JUNE, PACE))

    def cancel(self, query_id: str) -> None:
        """Press Cancel."""
        self._tell(CancelPressed(query_id))

    def close(self) -> None:
        """End the thread and its connection."""
        self._lease.closed.set()
        self._alarm.set()

    def join(self, seconds: float) -> None:
        """Wait until its thread has gone."""
        self._thread.join(seconds)

    def _tell(self, event: Event) -> None:
        self._conversation.tell(event)
        self._alarm.set()


def _moment() -> Moment:
    return Moment(time.monotonic(), datetime.now(UTC))
