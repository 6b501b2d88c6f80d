"""A world of owners, connections and queries over the real handlers, and what must be true of its history."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from pipeline.core.records import QueryRecord
from pipeline.handlers import list_queries, on_connect, on_disconnect, send_message
from pipeline.ports import Limits
from tests.fakes.ports import JUNE, FakePorts, disconnect_event, message_event, rest_event
from tests.fakes.records import FakeRecords
from tests.simulation.invocations import Ended, Fate, Invocation

OUTCOMES = {"finished", "failed", "cancelled"}
ORDER = {"accepted": 0, "running": 1, "finished": 2, "failed": 2, "cancelled": 2}
EVENT_TRIES = 3


class ForwardRecords(FakeRecords):
    """The table, watching that no record ever moves backward or changes its statement."""

    def __init__(self) -> None:
        super().__init__()
        self.violations: list[str] = []

    def _put(self, record: QueryRecord) -> QueryRecord:
        before = self.queries[record.owner, record.query_id]
        if ORDER[record.state] < ORDER[before.state] or (before.has_ended and record.state != before.state):
            self.violations.append(f"{record.query_id} went from {before.state} to {record.state}")
        if before.statement_id not in {None, record.statement_id}:
            self.violations.append(f"{record.query_id} changed its statement")
        return super()._put(record)


@dataclass
class Query:
    """One press of Submit, as its client sees it."""

    owner: str
    query_id: str
    confirmed: bool = False
    refused: bool = False
    outcomes: set[str] = field(default_factory=set)


@dataclass
class Client:
    """One owner with one connection at a time."""

    owner: str
    connection_id: str
    queries: list[Query] = field(default_factory=list)


class World:
    """Everything that happens in one schedule, drawn from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # schedules are to be repeatable
        self.ports = FakePorts(
            records=ForwardRecords(), limits=Limits(active_queries=3, deadline_seconds=900)
        )
        self.fate = Fate(self.random)
        self.running: list[tuple[Invocation, Callable[[Ended], None]]] = []
        self.events: list[tuple[dict[str, Any], int]] = []
        self.clients = [self._open(Client(str(n) * 32, "")) for n in range(1, 3)]
        self.read_notices = 0
        self.story: list[str] = []

    def live(self, steps: int) -> None:
        """Let anything happen, one thing after another."""
        deeds: list[tuple[int, Callable[[], None]]] = [
            (40, self._advance),
            (4, self._press),
            (4, self._repeat),
            (3, self._resume),
            (1, self._cancel),
            (6, self._end_statement),
            (6, self._deliver_event),
            (1, self._reconnect),
            (3, self._pass_time),
        ]
        weights = [weight for weight, _ in deeds]
        for _ in range(steps):
            self.random.choices([deed for _, deed in deeds], weights)[0]()
            self._read_notices()

    def come_to_rest(self) -> None:
        """Stop all trouble, and give everybody the chance to learn what became of his queries."""
        self.fate.calm = True
        self._drain()
        for _ in range(2):
            self._ask_for_all()
            for statement_id in list(self.ports.warehouse.statements):
                self.ports.warehouse.finish(statement_id)
            self._collect_events()
            while self.events:
                self._deliver_event()
                self._drain()
            self.ports.clock.pass_seconds(120)
        self._ask_for_all()
        for client in self.clients:
            list_queries.handle(rest_event(owner=client.owner), self.ports)

    def violations(self) -> list[str]:
        """List what must not have happened."""
        records = self.ports.records
        assert isinstance(records, ForwardRecords)
        found = list(records.violations)
        executed = self.ports.warehouse.executions
        found += [f"executed twice: {name}" for name in set(executed) if executed.count(name) > 1]
        found += [f"not ended: {r.query_id} {r.state}" for r in records.queries.values() if not r.has_ended]
        for query in (query for client in self.clients for query in client.queries):
            found += self._judge(query)
        return found + self._residue()

    def _judge(self, query: Query) -> list[str]:
        if query.confirmed and not query.outcomes:
            return [f"accepted, but never told how it ended: {query.query_id}"]
        if len(query.outcomes) > 1:
            return [f"told two outcomes: {query.query_id} {sorted(query.outcomes)}"]
        return []

    def _residue(self) -> list[str]:
        """Places of queries that are over may stay until the owner's next submit, which must succeed."""
        found = []
        self.ports.limits = Limits(active_queries=1, deadline_seconds=900)
        for client in self.clients:
            query = self._press_by(client)
            self._drain()
            if query.refused:
                found.append(f"places lost: {self.ports.records.places.get(client.owner)}")
        return found

    # what can happen

    def _press(self) -> None:
        self._press_by(self.random.choice(self.clients))

    def _press_by(self, client: Client) -> Query:
        query = Query(client.owner, str(UUID(int=self.random.getrandbits(128))))
        client.queries.append(query)
        self._send(client, _run(query))
        return query

    def _repeat(self) -> None:
        client, query = self._some_query()
        if query is not None and not query.outcomes and not query.refused:
            self._send(client, _run(query))

    def _resume(self) -> None:
        client, query = self._some_query()
        if query is not None:
            self._send(client, {"action": "resume", "queryIds": [query.query_id]})

    def _cancel(self) -> None:
        client, query = self._some_query()
        if query is not None:
            self._send(client, {"action": "cancel", "queryId": query.query_id})

    def _end_statement(self) -> None:
        going = [s for s in self.ports.warehouse.statements.values() if s.state == "STARTED"]
        if going:
            statement = self.random.choice(going)
            if self.random.random() < 0.2:
                self.ports.warehouse.fail(statement.id, 'ERROR: relation "nothing" does not exist')
            else:
                self.ports.warehouse.finish(statement.id)

    def _deliver_event(self) -> None:
        self._collect_events()
        if not self.events:
            return
        event, tries = self.events.pop(self.random.randrange(len(self.events)))
        throw = 1.0 if self.fate.calm else self.random.random()
        if throw < 0.1:
            return  # lost
        if throw < 0.2:
            self.events.append((event, 1))  # and once more
        self._invoke(
            f"event {event['detail']['statementName'][-6:]}",
            lambda ports: send_message.handle(event, ports),
            lambda ended: self._retry(event, tries) if ended.error or ended.died else None,
        )

    def _reconnect(self) -> None:
        client = self.random.choice(self.clients)
        gone = client.connection_id
        self.ports.notifier.open.discard(gone)
        if self.random.random() < 0.9:
            event = disconnect_event(gone)
            self._invoke("disconnect", lambda ports: on_disconnect.handle(event, ports), lambda _: None)
        self._open(client)

    def _pass_time(self) -> None:
        self.ports.clock.pass_seconds(self.random.choice([0.1, 1, 12, 70]))

    # how it happens

    def _open(self, client: Client) -> Client:
        client.connection_id = f"{client.owner[0]}-{self.random.getrandbits(32):x}="
        self.ports.notifier.open.add(client.connection_id)
        return client

    def _send(self, client: Client, message: dict[str, Any]) -> None:
        event = message_event(message, client.owner, client.connection_id)
        self._invoke(
            f"{client.owner[0]} {message['action']}",
            lambda ports: on_connect.handle(event, ports),
            lambda ended: self._hear_answer(client, ended),
        )

    def _hear_answer(self, client: Client, ended: Ended) -> None:
        arrives = self.fate.calm or self.random.random() > 0.05
        if ended.answer is not None and arrives:
            self._hear(client, ended.answer["body"])

    def _invoke(self, name: str, work: Callable[[Any], Any], then: Callable[[Ended], None]) -> None:
        self.story.append(name)
        self.running.append((Invocation(work, self.ports, self.fate), then))

    def _advance(self) -> None:
        if not self.running:
            return
        invocation, then = self.running.pop(self.random.randrange(len(self.running)))
        invocation.advance()
        if invocation.ended is None:
            self.running.append((invocation, then))
        else:
            then(invocation.ended)

    def _drain(self) -> None:
        while self.running:
            self._advance()
        self._read_notices()

    def _collect_events(self) -> None:
        while self.ports.warehouse.events:
            self.events.append((self.ports.warehouse.events.pop(0), 1))

    def _retry(self, event: dict[str, Any], tries: int) -> None:
        if tries < EVENT_TRIES:
            self.events.append((event, tries + 1))

    def _ask_for_all(self) -> None:
        for client in self.clients:
            for query in client.queries:
                if query.confirmed and not query.outcomes:
                    self._send(client, {"action": "resume", "queryIds": [query.query_id]})
                elif not query.outcomes and not query.refused:
                    self._send(client, _run(query))
        self._drain()

    def _some_query(self) -> tuple[Client, Query | None]:
        client = self.random.choice(self.clients)
        return client, self.random.choice(client.queries) if client.queries else None

    # what clients hear

    def _read_notices(self) -> None:
        new = self.ports.notifier.posted[self.read_notices :]
        self.read_notices += len(new)
        for connection_id, text in new:
            for client in self.clients:
                if client.connection_id == connection_id:
                    self._hear(client, text)

    def _hear(self, client: Client, text: str) -> None:
        message = json.loads(text)
        for told in message.get("queries", [message]):
            query = self._find(client, told.get("queryId"))
            if told["type"] == "accepted":
                query.confirmed = True
            if told["type"] in OUTCOMES:
                query.outcomes.add(told["type"])
            if told["type"] == "error":
                query.refused = not told["retryable"] or told["code"] == "too_many_queries"

    def _find(self, client: Client, query_id: str | None) -> Query:
        for query in client.queries:
            if query.query_id == query_id:
                return query
        raise AssertionError(f"{client.owner} was told of a query that is not his: {query_id}")


def _run(query: Query) -> dict[str, Any]:
    return {
        "action": "run",
        "queryId": query.query_id,
        "topicName": "daily-summary",
        "parameters": JUNE,
    }
