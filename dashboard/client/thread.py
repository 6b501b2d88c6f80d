"""One thread per session: holds the WebSocket, does what the core wants, tells it what happens.

It waits in one place, for whichever comes first: a frame, a press on the page (the alarm), a timer of the core,
the end of the session's lease. Nothing is asked again and again.
"""

from __future__ import annotations

import logging
import selectors
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from dashboard.client.alarm import Alarm
from dashboard.client.connection import Connection, ConnectionLost, HandshakeFailed
from dashboard.client.conversation import Conversation
from dashboard.client.events import (
    Connect,
    Disconnect,
    Effect,
    Lost,
    NotOpened,
    NotReady,
    Opened,
    SendPing,
    SendText,
    TimerFired,
)
from dashboard.client.upstream import PipelineNotReady, SignedOut, Unreachable, Upstream

_logger = logging.getLogger(__name__)
_REST_AFTER_CRASH_SECONDS = 1.0
_UNAUTHORIZED = 401


@dataclass(slots=True)
class Lease:
    """Until when the session may live, in ticks; None: somebody looks at it."""

    ends_at: float | None = None
    closed: threading.Event = field(default_factory=threading.Event)

    def has_ended(self) -> bool:
        """Say whether the thread has to go."""
        return self.closed.is_set() or (self.ends_at is not None and time.monotonic() >= self.ends_at)

    def seconds_left(self) -> float | None:
        """Say how long until it ends by itself; None: it does not."""
        return None if self.ends_at is None else max(0.0, self.ends_at - time.monotonic())


class LinkThread:
    """The loop of the thread. `run` returns when the lease has ended."""

    def __init__(self, conversation: Conversation, upstream: Upstream, alarm: Alarm, lease: Lease) -> None:
        self._conversation = conversation
        self._upstream = upstream
        self._alarm = alarm
        self._lease = lease
        self._connection: Connection | None = None
        self._watched: int | None = None
        self._selector = selectors.DefaultSelector()
        self._selector.register(alarm, selectors.EVENT_READ)

    def run(self, on_end: Callable[[], None]) -> None:
        """Serve the session; after a crash go on with the same queries over a new connection."""
        try:
            while not self._lease.has_ended():
                try:
                    self._serve()
                except Exception:
                    _logger.exception("The link thread failed; its queries are kept, and it goes on.")
                    self._drop_connection()
                    self._conversation.tell(Lost("The connection was interrupted by a fault of this page."))
                    self._lease.closed.wait(_REST_AFTER_CRASH_SECONDS)
        finally:
            self._drop_connection()
            self._selector.close()
            on_end()

    def _serve(self) -> None:
        while not self._lease.has_ended():
            effect = self._conversation.next_effect()
            if effect is None:
                self._wait()
            else:
                self._perform(effect)

    def _wait(self) -> None:
        due = self._conversation.seconds_until_due()
        limits = [seconds for seconds in (due, self._lease.seconds_left()) if seconds is not None]
        ready = {key.fd for key, _ in self._selector.select(min(limits, default=None))}
        self._alarm.clear()
        if self._watched in ready:
            self._receive()
        if self._conversation.seconds_until_due() == 0:
            self._conversation.tell(TimerFired())

    def _receive(self) -> None:
        if self._connection is None:
            return
        events, ended = self._connection.receive()
        for event in events:
            self._conversation.tell(event)
        if ended is not None:
            self._drop_connection()
            self._conversation.tell(Lost(ended))

    def _perform(self, effect: Effect) -> None:
        match effect:
            case Connect():
                self._connect(renew_token=effect.renew_token)
            case Disconnect():
                self._drop_connection()
            case SendText() | SendPing():
                self._send(effect)

    def _connect(self, *, renew_token: bool) -> None:
        self._drop_connection()
        try:
            endpoints = self._upstream.endpoints()
            token = self._upstream.tokens.token(endpoints, renew=renew_token)
            connection = Connection(endpoints.websocket, token)
        except PipelineNotReady as error:
            self._conversation.tell(NotReady(error.sentence, error.starting))
        except SignedOut as error:
            self._conversation.tell(NotOpened(str(error), _UNAUTHORIZED))
        except Unreachable as error:
            self._conversation.tell(NotOpened(error.sentence))
        except HandshakeFailed as error:
            self._conversation.tell(NotOpened(str(error), error.status))
        else:
            self._hold(connection)

    def _hold(self, connection: Connection) -> None:
        self._connection = connection
        self._watched = connection.fileno()
        self._selector.register(self._watched, selectors.EVENT_READ)
        self._conversation.tell(Opened())

    def _send(self, effect: SendText | SendPing) -> None:
        if self._connection is None:
            return
        try:
            if isinstance(effect, SendText):
                self._connection.send_text(effect.text)
            else:
                self._connection.send_ping()
        except ConnectionLost as error:
            self._drop_connection()
            self._conversation.tell(Lost(str(error)))

    def _drop_connection(self) -> None:
        if self._watched is not None:
            self._selector.unregister(self._watched)
            self._watched = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None
