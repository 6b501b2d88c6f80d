"""The client's protocol logic: events and time in, effects out. No socket, no thread, no clock, no randomness.

Two machines side by side: the link (`link.py`) and the queries (`book.py`, `replies.py`). Each event goes to
those whom it concerns; what they want done comes back as values, in the order in which it is to be done.
"""

from __future__ import annotations

from collections.abc import Callable

from dashboard.client.book import QueryBook
from dashboard.client.events import (
    CancelPressed,
    Disconnect,
    Effect,
    Event,
    Heard,
    Lost,
    Moment,
    NotOpened,
    NotReady,
    Opened,
    Received,
    Submitted,
    TimerFired,
    TryNow,
    Wake,
    Watched,
)
from dashboard.client.link import LinkMachine
from dashboard.client.model import Link, Snapshot
from dashboard.client.replies import Replies
from dashboard.client.timing import earliest


class ClientCore:
    """One session's conversation with the pipeline. `draw` gives numbers in [0, 1)."""

    def __init__(self, draw: Callable[[], float], now: Moment) -> None:
        self._link = LinkMachine(draw, now)
        self._book = QueryBook()
        self._replies = Replies(self._book, draw)

    def snapshot(self) -> Snapshot:
        """Give what a page may show now."""
        return Snapshot(self._link.link, self._book.views())

    def due(self) -> float | None:
        """Say at which tick a `TimerFired` is wanted; None: not until something else happens."""
        return earliest(self._link.due(), self._book.due(self._link.is_open))

    def handle(self, event: Event, now: Moment) -> list[Effect]:
        """Take an event; give what is to be done, at most one `Wake` and that last."""
        before = self._link.link
        effects = self._handle(event, now)
        if self._link.is_open and self._book.is_unheard(now):
            self._link.lost("The pipeline does not answer.", now)
            effects.append(Disconnect())
        if self._link.is_open:
            effects += self._book.ask(now)
        wanted: list[Effect] = [effect for effect in effects if not isinstance(effect, Wake)]
        if len(wanted) < len(effects) or _badge(self._link.link) != _badge(before):
            wanted.append(Wake())
        return wanted

    def _handle(self, event: Event, now: Moment) -> list[Effect]:
        match event:
            case TimerFired():
                return self._timer_fired(now)
            case Received():
                self._link.heard(now)
                return self._replies.received(event.text, now)
            case Submitted() | Watched() | CancelPressed():
                return self._pressed(event, now)
            case _:
                return self._link_changed(event, now)

    def _pressed(self, event: Submitted | Watched | CancelPressed, now: Moment) -> list[Effect]:
        match event:
            case Submitted():
                return self._book.submitted(event, now)
            case Watched():
                return self._book.watched(event, now)
            case CancelPressed():
                return self._book.cancel_pressed(event.query_id, now)

    def _link_changed(self, event: Event, now: Moment) -> list[Effect]:
        match event:
            case Opened():
                self._link.opened(now)
                self._book.link_opened(now)
            case Lost():
                self._link.lost(event.detail, now)
            case NotOpened():
                return self._link.not_opened(event, now)
            case NotReady():
                self._link.not_ready(event, now)
            case Heard():
                self._link.heard(now)
            case TryNow():
                self._link.try_now(now)
        return []

    def _timer_fired(self, now: Moment) -> list[Effect]:
        return [*self._link.timer_fired(now), *self._book.timer_fired(now, self._link.is_open)]


def _badge(link: Link) -> tuple[str, str | None]:
    return link.state, link.detail
