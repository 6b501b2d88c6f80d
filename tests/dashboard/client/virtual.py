"""A client core in virtual time: a test says what happens, and reads what the core wanted done."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboard.client.core import ClientCore
from dashboard.client.events import (
    CancelPressed,
    Connect,
    Effect,
    Event,
    Heard,
    Moment,
    Opened,
    Pace,
    Received,
    SendPing,
    SendText,
    Submitted,
    TimerFired,
    Wake,
    Watched,
)
from dashboard.client.model import QueryView
from pipeline.core.instants import to_milliseconds
from pipeline.core.messages import Accepted, Cancelled, Error, Failed, Finished, ServerMessage, encode

START = datetime(2026, 11, 24, 15, tzinfo=UTC)
STATEMENT_ID = "d9b6c0c9-0747-4bf4-b142-e8883122f766"
QUERY = "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11"
OTHER = "7d9b1c64-0c56-4d41-8a43-7c4c5f2b9d10"
JUNE = {"startDate": "2015-06-01", "endDate": "2015-06-30"}


class VirtualClient:
    """Holds a core and its clock. `effects` has everything that it wanted, with the second of each.

    The other side answers ping frames at once, unless `answers_pings` is False.
    """

    def __init__(self, draw: Callable[[], float] = lambda: 0.5) -> None:
        self.ticks = 0.0
        self.answers_pings = True
        self.core = ClientCore(draw, self.now())
        self.effects: list[tuple[float, Effect]] = []

    def now(self) -> Moment:
        return Moment(self.ticks, to_milliseconds(START + timedelta(seconds=self.ticks)))

    def tell(self, event: Event) -> list[Effect]:
        effects = self.core.handle(event, self.now())
        self.effects += [(self.ticks, effect) for effect in effects]
        return effects

    def wait(self, seconds: float) -> None:
        """Let time pass; every timer of the core fires when it is due."""
        end = self.ticks + seconds
        while (due := self.core.due()) is not None and due <= end:
            self.ticks = max(self.ticks, due)
            if SendPing() in self.tell(TimerFired()) and self.answers_pings:
                self.tell(Heard())
        self.ticks = end

    def open(self) -> None:
        """Let it connect, successfully."""
        self.wait(0)
        self.tell(Opened())

    def hear(self, message: ServerMessage) -> list[Effect]:
        return self.tell(Received(encode(message)))

    def submit(self, query_id: str = QUERY, usual: float = 2, deadline: float = 60) -> list[Effect]:
        return self.tell(Submitted(query_id, "daily-summary", JUNE, Pace(usual, deadline)))

    def watch(self, query_id: str = QUERY) -> list[Effect]:
        return self.tell(Watched(query_id, "daily-summary", JUNE, Pace(2, 60)))

    def cancel(self, query_id: str = QUERY) -> list[Effect]:
        return self.tell(CancelPressed(query_id))

    def run(self, query_id: str = QUERY) -> None:
        """Press Submit and be accepted."""
        self.submit(query_id)
        self.hear(self.accepted(query_id))

    def accepted(self, query_id: str = QUERY, statement_id: str | None = STATEMENT_ID) -> Accepted:
        wall = self.now().wall
        return Accepted(query_id, "daily-summary", statement_id, wall, wall + timedelta(seconds=60))

    def finished(self, query_id: str = QUERY) -> Finished:
        wall = self.now().wall
        return Finished(query_id, "daily-summary", STATEMENT_ID, 30, wall, wall + timedelta(hours=24))

    def view(self, query_id: str = QUERY) -> QueryView:
        return next(view for view in self.core.snapshot().queries if view.query_id == query_id)

    def wanted(self) -> list[Effect]:
        return [effect for _, effect in self.effects]

    def sent(self, action: str | None = None) -> list[dict[str, Any]]:
        """Give the messages sent so far, of one kind or of all."""
        frames = [json.loads(effect.text) for _, effect in self.effects if isinstance(effect, SendText)]
        return [frame for frame in frames if action in (None, frame["action"])]

    def times_of(self, action: str) -> list[float]:
        return [
            ticks
            for ticks, effect in self.effects
            if isinstance(effect, SendText) and json.loads(effect.text)["action"] == action
        ]

    def connects(self) -> list[tuple[float, Connect]]:
        return [(ticks, effect) for ticks, effect in self.effects if isinstance(effect, Connect)]

    def wakes(self) -> int:
        return sum(isinstance(effect, Wake) for _, effect in self.effects)

    def forget_effects(self) -> None:
        self.effects.clear()


def failed(query_id: str = QUERY) -> Failed:
    return Failed(query_id, "daily-summary", STATEMENT_ID, "sql_error", "No such column.", retryable=False)


def cancelled(statement_id: str | None = STATEMENT_ID) -> Cancelled:
    return Cancelled(QUERY, "daily-summary", statement_id, "user")


def refusal(code: str, *, retryable: bool, action: str = "run", query_id: str | None = QUERY) -> Error:
    return Error(action, query_id, code, None, "A sentence.", retryable)
