"""What a browser session holds of the pipeline: press and read here; the thread behind it does the rest."""

from __future__ import annotations

import random
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from dashboard.client.alarm import Alarm
from dashboard.client.conversation import Conversation
from dashboard.client.core import ClientCore
from dashboard.client.events import CancelPressed, Event, Moment, Pace, Submitted, TryNow, Watched
from dashboard.client.inbox import Inbox, Listener
from dashboard.client.model import Snapshot
from dashboard.client.thread import Lease, LinkThread
from dashboard.client.upstream import Upstream


class Bridge:
    """One per browser session; thread-safe; it never touches streamlit.

    `push_token` is the secret by which this session's browser subscribes to its notices.
    """

    def __init__(
        self,
        upstream: Upstream,
        pace_of: Callable[[str], Pace] = lambda _: Pace(),
        on_closed: Callable[[Bridge], None] = lambda _: None,
    ) -> None:
        """Start the thread, which connects at once. `pace_of` says how long a report usually takes."""
        self.push_token = secrets.token_urlsafe(24)
        self._pace_of = pace_of
        self._on_closed = on_closed
        self._inbox = Inbox()
        self._alarm = Alarm()
        self._lease = Lease()
        draw = random.SystemRandom().random
        self._conversation = Conversation(ClientCore(draw, _moment()), _moment, self._inbox.put)
        link = LinkThread(self._conversation, upstream, self._alarm, self._lease)
        self._thread = threading.Thread(
            target=link.run, args=(self._ended,), name="pipeline-link", daemon=True
        )
        self._thread.start()

    @property
    def closed(self) -> bool:
        """Say whether the thread has gone: then a new bridge is needed."""
        return self._lease.has_ended() or not self._thread.is_alive()

    def snapshot(self) -> Snapshot:
        """Give what a page may show now; never waits."""
        return self._conversation.snapshot()

    def submit(self, topic_name: str, parameters: Mapping[str, Any]) -> str:
        """Run a report; give the query's id at once, whatever the state of the link."""
        query_id = str(uuid.uuid4())
        self._tell(Submitted(query_id, topic_name, dict(parameters), self._pace_of(topic_name)))
        return query_id

    def cancel(self, query_id: str) -> None:
        """Stop a query; one that has ended stays as it is."""
        self._tell(CancelPressed(query_id))

    def watch(self, query_id: str, topic_name: str, parameters: Mapping[str, str]) -> None:
        """Follow a query known from an address or the history; nothing happens if it is followed already."""
        self._tell(Watched(query_id, topic_name, dict(parameters), self._pace_of(topic_name)))

    def reconnect(self) -> None:
        """Try now, instead of at the time planned."""
        self._tell(TryNow())

    def drain(self) -> int:
        """Take the notices that wait for the page; give their number."""
        return self._inbox.drain()

    def wake(self) -> None:
        """Let the page run, although no query has ended: something else that it shows has changed."""
        self._inbox.put()

    def waiting(self) -> int:
        """Say how many notices wait for the page."""
        return self._inbox.count

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` (from any thread) at each notice; give the function that ends it."""
        return self._inbox.subscribe(listener)

    def attach(self) -> None:
        """Note that somebody looks at this session."""
        self._lease.ends_at = None
        self._alarm.set()

    def detach(self, grace_seconds: float) -> None:
        """Note that nobody looks any more: close after the grace, unless `attach` comes first. Never waits."""
        self._lease.ends_at = time.monotonic() + grace_seconds
        self._alarm.set()

    def close(self) -> None:
        """End the thread and its connection. Running queries go on; never waits."""
        self._lease.closed.set()
        self._alarm.set()

    def join(self, timeout_seconds: float) -> None:
        """Wait until the thread has gone."""
        self._thread.join(timeout_seconds)

    def _tell(self, event: Event) -> None:
        self._conversation.tell(event)
        self._alarm.set()

    def _ended(self) -> None:
        self._lease.closed.set()
        self._alarm.close()
        self._on_closed(self)
        self._inbox.put()  # whoever waits for notices learns that none will come


def _moment() -> Moment:
    return Moment(time.monotonic(), datetime.now(UTC))
