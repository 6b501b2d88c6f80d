"""The connection's own state machine: opening, keeping alive, replacing, coming back. It knows no query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from dashboard.client import timing
from dashboard.client.events import (
    Connect,
    Disconnect,
    Effect,
    Moment,
    NotOpened,
    NotReady,
    SendPing,
    SendText,
)
from dashboard.client.model import Link, LinkState
from dashboard.client.timing import earliest, is_due
from pipeline.core.messages import Ping, encode

_REFUSED = frozenset({401, 403})
_SIGNED_OUT = (
    "Your sign-in is no longer accepted. Queries that run go on; sign in again to see their answers."
)


class LinkMachine:
    """Decides when to connect and when a connection is dead.

    `link` is what the badge shows; `is_open` says whether a message can be sent. They differ while a
    connection is replaced as planned: the badge stays `live`.
    """

    def __init__(self, draw: Callable[[], float], now: Moment) -> None:
        self._draw = draw
        self.link = Link("connecting", since=now.wall)
        self.is_open = False
        self._failures = 0
        self._token_renewed = False
        self._was_live = False
        self._opened_at = self._away_since = now.ticks
        self._connect_at: float | None = now.ticks
        self._ping_frame_at: float | None = None
        self._pong_by: float | None = None
        self._ping_message_at: float | None = None
        self._recycle_at: float | None = None

    def due(self) -> float | None:
        """Say at which tick `timer_fired` has something to do; None: never, until something happens."""
        return earliest(
            self._connect_at,
            self._ping_frame_at,
            self._pong_by,
            self._ping_message_at,
            self._recycle_at,
        )

    def opened(self, now: Moment) -> None:
        """Note an open connection and start its timers."""
        self.is_open = True
        self._token_renewed = False
        self._connect_at = None
        self._opened_at = now.ticks
        self._ping_frame_at = now.ticks + timing.PING_FRAME_EVERY
        self._ping_message_at = now.ticks + self._around(
            timing.PING_MESSAGE_EVERY, timing.PING_MESSAGE_SPREAD
        )
        self._recycle_at = now.ticks + self._around(timing.RECYCLE_AFTER, timing.RECYCLE_SPREAD)
        self._show("live", now)
        self.link = replace(self.link, came_back=self._was_live)
        self._was_live = True

    def not_opened(self, event: NotOpened, now: Moment) -> list[Effect]:
        """Plan the next try; a refused token is renewed once and then needs the user."""
        if event.status in _REFUSED:
            return self._token_refused(now)
        if self.link.state == "live":
            self._away_since = now.ticks
        self._retry_later(event.detail, now)
        return []

    def not_ready(self, event: NotReady, now: Moment) -> None:
        """Show why there is nothing to connect to, and look again (whoever is asked while starting waits)."""
        self._show("connecting" if event.starting else "unavailable", now, event.detail)
        delay = 0.0 if event.starting else timing.reconnect_delay(self._failures, self._draw())
        self._failures += not event.starting
        self._connect_at = now.ticks + delay

    def lost(self, detail: str, now: Moment) -> None:
        """Plan the way back after a connection broke; one that had been stable counts as no failure."""
        if now.ticks - self._opened_at >= timing.STABLE_AFTER:
            self._failures = 0
        self._close()
        self._away_since = now.ticks
        self._retry_later(detail, now)

    def heard(self, now: Moment) -> None:
        """Take any frame as a sign of life."""
        self._pong_by = None
        if self._ping_frame_at is not None:
            self._ping_frame_at = now.ticks + timing.PING_FRAME_EVERY

    def try_now(self, now: Moment) -> None:
        """Connect at once where a connection is missing."""
        if self.is_open:
            return
        self._failures = 0
        self._token_renewed = False
        self._connect_at = now.ticks

    def timer_fired(self, now: Moment) -> list[Effect]:
        """Do what is due."""
        if is_due(self._connect_at, now.ticks):
            return self._connect(renew_token=False)
        if is_due(self._pong_by, now.ticks):
            self.lost("The pipeline stopped answering.", now)
            return [Disconnect()]
        if is_due(self._recycle_at, now.ticks):
            self._close()
            return [Disconnect(), *self._connect(renew_token=False)]
        return [*self._ping_frame(now), *self._ping_message(now)]

    def _ping_frame(self, now: Moment) -> list[Effect]:
        if not is_due(self._ping_frame_at, now.ticks):
            return []
        self._ping_frame_at = now.ticks + timing.PING_FRAME_EVERY
        self._pong_by = now.ticks + timing.PONG_WITHIN
        return [SendPing()]

    def _ping_message(self, now: Moment) -> list[Effect]:
        if not is_due(self._ping_message_at, now.ticks):
            return []
        self._ping_message_at = now.ticks + self._around(
            timing.PING_MESSAGE_EVERY, timing.PING_MESSAGE_SPREAD
        )
        return [SendText(encode(Ping()))]

    def _connect(self, *, renew_token: bool) -> list[Effect]:
        self._connect_at = None
        self.link = replace(self.link, next_try=None)
        return [Connect(renew_token)]

    def _token_refused(self, now: Moment) -> list[Effect]:
        if not self._token_renewed:
            self._token_renewed = True
            return self._connect(renew_token=True)
        self._connect_at = None
        self._show("signed_out", now, _SIGNED_OUT)
        return []

    def _retry_later(self, detail: str, now: Moment) -> None:
        delay = timing.reconnect_delay(self._failures, self._draw())
        self._failures += 1
        self._connect_at = now.ticks + delay
        away = now.ticks - self._away_since
        self._show("offline" if away >= timing.OFFLINE_AFTER else "reconnecting", now, detail)
        self.link = replace(self.link, next_try=now.wall + timedelta(seconds=delay))

    def _show(self, state: LinkState, now: Moment, detail: str | None = None) -> None:
        since = self.link.since if state == self.link.state else now.wall
        self.link = Link(state, since, detail=detail)

    def _close(self) -> None:
        self.is_open = False
        self._ping_frame_at = self._pong_by = self._ping_message_at = self._recycle_at = None

    def _around(self, middle: float, spread: float) -> float:
        return timing.around(middle, spread, self._draw())
