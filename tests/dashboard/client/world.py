"""A pipeline in virtual time that loses, doubles, delays and forgets, as a seed decides."""

from __future__ import annotations

import heapq
import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from dashboard.client.events import (
    Connect,
    Disconnect,
    Effect,
    Lost,
    NotOpened,
    Opened,
    Received,
    SendPing,
    SendText,
)
from dashboard.client.timing import earliest
from pipeline.core.messages import (
    Accepted,
    Cancelled,
    Error,
    Failed,
    Finished,
    Outcome,
    Resumed,
    Unknown,
    encode,
)
from tests.dashboard.client.virtual import STATEMENT_ID, VirtualClient

GATEWAY_FAILURE = '{"message": "Internal server error", "connectionId": "c", "requestId": "r"}'
DEADLINE = 60.0


@dataclass(slots=True)
class Record:
    """What the pipeline knows of one query."""

    accepted: Accepted
    outcome: Outcome | None = None


class World:
    """One client, one pipeline, and `fault_rate` of everything between them going wrong."""

    def __init__(self, seed: int, fault_rate: float) -> None:
        self.random = random.Random(seed)
        self.fault_rate = fault_rate
        self.client = VirtualClient(self.random.random)
        self.records: dict[str, Record] = {}
        self.executions: Counter[str] = Counter()
        self.pressed: dict[str, float] = {}
        self.connection = 0
        self.is_open = False
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._seen_effects = 0

    def at(self, seconds_from_now: float, action: Callable[[], None]) -> None:
        heapq.heappush(self._events, (self.client.ticks + seconds_from_now, next(self._order), action))

    def run_until(self, end: float) -> None:
        """Play until a second; whatever comes first happens first."""
        self._perform_new_effects()
        while (next_at := self._next_at()) is not None and next_at <= end:
            if self._events and self._events[0][0] <= next_at:
                at, _, action = heapq.heappop(self._events)
                self.client.wait(max(0.0, at - self.client.ticks))
                action()
            else:
                self.client.wait(max(0.0, next_at - self.client.ticks))
            self._perform_new_effects()
        self.client.wait(max(0.0, end - self.client.ticks))

    def press(self, query_id: str) -> None:
        self.pressed[query_id] = self.client.ticks
        self.client.submit(query_id, deadline=DEADLINE)

    def cancel(self, query_id: str) -> None:
        self.client.cancel(query_id)

    def cut(self) -> None:
        if self.is_open:
            self.is_open = False
            self.client.tell(Lost("cut"))

    def _next_at(self) -> float | None:
        """Say when the next thing happens: of the client's timers, or of what is under way."""
        return earliest(self.client.core.due(), self._events[0][0] if self._events else None)

    def _perform_new_effects(self) -> None:
        while self._seen_effects < len(self.client.effects):
            _, effect = self.client.effects[self._seen_effects]
            self._seen_effects += 1
            self._perform(effect)

    def _perform(self, effect: Effect) -> None:
        match effect:
            case Connect():
                self.at(self.random.uniform(0.01, 2), self._answer_handshake)
            case Disconnect():
                self.is_open = False
            case SendText() if self.is_open and not self._fails():
                message = json.loads(effect.text)
                self.at(self.random.uniform(0.01, 1), lambda: self._receive(message))
            case SendPing():
                pass

    def _fails(self) -> bool:
        return self.random.random() < self.fault_rate

    def _answer_handshake(self) -> None:
        if self._fails():
            self.client.tell(NotOpened("refused", self.random.choice([None, 500, 503])))
            return
        self.connection += 1
        self.is_open = True
        self.client.tell(Opened())

    def _receive(self, message: dict[str, Any]) -> None:
        if self._fails():
            self._say(GATEWAY_FAILURE)
            return
        match message["action"]:
            case "run":
                self._run(message["queryId"])
            case "resume":
                self._say(
                    encode(Resumed(tuple(self._standing(query_id) for query_id in message["queryIds"])))
                )
            case "cancel":
                self._cancel(message["queryId"])

    def _run(self, query_id: str) -> None:
        if query_id not in self.records and self._fails():
            self._say(encode(Error("run", query_id, "warehouse_busy", None, "Busy.", retryable=True)))
            return
        if query_id not in self.records:
            self.executions[query_id] += 1
            wall = self.client.now().wall
            record = Record(
                Accepted(query_id, "daily-summary", STATEMENT_ID, wall, wall + timedelta(seconds=DEADLINE))
            )
            self.records[query_id] = record
            self.at(self.random.expovariate(1 / 8), lambda: self._statement_ends(query_id))
        self._say(encode(self._standing(query_id)))

    def _cancel(self, query_id: str) -> None:
        if query_id not in self.records:
            self._say(encode(Error("cancel", query_id, "not_found", None, "No such query.", retryable=False)))
            return
        self._end(query_id, Cancelled(query_id, "daily-summary", STATEMENT_ID, "user"))
        self._say(encode(self._standing(query_id)))

    def _statement_ends(self, query_id: str) -> None:
        wall = self.client.now().wall
        finished = Finished(query_id, "daily-summary", STATEMENT_ID, 30, wall, wall + timedelta(hours=24))
        if not self._fails():  # else the event is lost, and the record stays behind
            self._end(query_id, finished)
            self._say(encode(self._standing(query_id)))

    def _standing(self, query_id: str) -> Accepted | Outcome | Unknown:
        """Give what the record says, repaired as the pipeline repairs it when it is read late."""
        record = self.records.get(query_id)
        if record is None:
            return Unknown(query_id)
        if record.outcome is None and self.client.now().wall >= record.accepted.deadline:
            late = "The query ran longer than it may."
            self._end(
                query_id,
                Failed(query_id, "daily-summary", STATEMENT_ID, "deadline_exceeded", late, retryable=True),
            )
        return record.outcome or record.accepted

    def _end(self, query_id: str, outcome: Outcome) -> None:
        record = self.records.get(query_id)
        if record is not None and record.outcome is None:
            record.outcome = outcome

    def _say(self, text: str) -> None:
        """Send to the connection that is open now: lost, doubled or late as chance will have it."""
        connection = self.connection
        for _ in range(self.random.choice([1, 1, 2]) if not self._fails() else 0):
            self.at(self.random.uniform(0.005, 0.5), lambda: self._deliver(connection, text))

    def _deliver(self, connection: int, text: str) -> None:
        if self.is_open and connection == self.connection:
            self.client.tell(Received(text))
