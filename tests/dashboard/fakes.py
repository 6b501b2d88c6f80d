"""Stand-ins for the two things that a page talks to: they keep the client's interface, and tests move them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboard.client.model import HistoryItem, Link, LinkState, Phase, QueryView, Snapshot
from pipeline.core.errors import Refusal
from pipeline.core.history import History
from pipeline.core.messages import Cancelled, Error, Failed, Finished
from pipeline.core.reports import Catalogue, Report
from pipeline.core.result_pages import ResultPage


@dataclass
class FakeBridge:
    """Holds queries as a test puts them; a press is only noted."""

    link: Link = field(default_factory=lambda: Link("live", datetime.now(UTC)))
    queries: list[QueryView] = field(default_factory=list)
    push_token: str = "token"
    closed: bool = False
    watched: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    reconnects: int = 0
    notices: int = 0

    def snapshot(self) -> Snapshot:
        return Snapshot(self.link, tuple(self.queries))

    def submit(self, topic_name: str, parameters: Mapping[str, Any]) -> str:
        query_id = str(uuid.uuid4())
        self._add(query_id, topic_name, parameters)
        return query_id

    def watch(self, query_id: str, topic_name: str, parameters: Mapping[str, str]) -> None:
        if all(query.query_id != query_id for query in self.queries):
            self.watched.append(query_id)
            self._add(query_id, topic_name, parameters, asked_here=False)

    def cancel(self, query_id: str) -> None:
        self.cancelled.append(query_id)
        self.change(query_id, phase="cancelling")

    def drain(self) -> int:
        taken, self.notices = self.notices, 0
        return taken

    def wake(self) -> None:
        self.notices += 1

    def waiting(self) -> int:
        return self.notices

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        return lambda: None

    def reconnect(self) -> None:
        self.reconnects += 1

    def close(self) -> None:
        self.closed = True

    def attach(self) -> None: ...

    def detach(self, grace_seconds: float) -> None: ...

    # What a test does to it.

    def show_link(self, state: LinkState, detail: str | None = None) -> None:
        self.link = Link(state, datetime.now(UTC), detail=detail)

    def finish(self, query_id: str, statement_id: str = "statement", rows: int | None = 30) -> None:
        now = datetime.now(UTC)
        topic_name = self._query(query_id).topic_name
        end = Finished(query_id, topic_name, statement_id, rows, now, now + timedelta(hours=24))
        self._end(query_id, "finished", end, statement_id=statement_id)

    def fail(self, query_id: str, code: str, message: str, *, retryable: bool = False) -> None:
        end = Failed(query_id, self._query(query_id).topic_name, None, code, message, retryable)
        self._end(query_id, "failed", end)

    def refuse(self, query_id: str, code: str, message: str, *, retryable: bool = False) -> None:
        self._end(query_id, "refused", Error("run", query_id, code, None, message, retryable))

    def stop(self, query_id: str) -> None:
        end = Cancelled(query_id, self._query(query_id).topic_name, None, "user")
        self._end(query_id, "cancelled", end)

    def forget(self, query_id: str) -> None:
        self.change(query_id, phase="unknown", ended_at=datetime.now(UTC))

    def change(self, query_id: str, **changes: Any) -> None:
        self.queries = [
            replace(query, **changes) if query.query_id == query_id else query for query in self.queries
        ]

    def _query(self, query_id: str) -> QueryView:
        return next(query for query in self.queries if query.query_id == query_id)

    def _end(self, query_id: str, phase: Phase, outcome: Any, **changes: Any) -> None:
        self.notices += 1
        self.change(query_id, phase=phase, outcome=outcome, ended_at=datetime.now(UTC), **changes)

    def _add(
        self, query_id: str, topic_name: str, parameters: Mapping[str, Any], *, asked_here: bool = True
    ) -> None:
        now = datetime.now(UTC)
        texts = {name: str(value) for name, value in parameters.items()}
        deadline = now + timedelta(seconds=60)
        view = QueryView(query_id, topic_name, texts, "running", now, now, deadline, asked_here=asked_here)
        self.queries.insert(0, view)


@dataclass
class FakeRest:
    """Serves what a test gives it. `problems` are raised by the next page requests, in order."""

    served: Catalogue | Exception
    pages: Mapping[str, list[ResultPage]] = field(default_factory=dict)
    history: tuple[HistoryItem, ...] | Exception = ()
    versions: Mapping[str, Report] = field(default_factory=dict)
    problems: list[Exception | None] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def catalogue(self) -> Catalogue:
        self.asked.append("reports")
        if isinstance(self.served, Exception):
            raise self.served
        return self.served

    def report(self, topic_name: str, version: str) -> Report:
        if version not in self.versions:
            raise Refusal("unknown_report", "There is no report of that name.", "topicName")
        return self.versions[version]

    def page(self, statement_id: str, page: str | None) -> ResultPage:
        self.asked.append(f"results/{statement_id}?page={page or ''}")
        problem = self.problems.pop(0) if self.problems else None
        if problem is not None:
            raise problem
        if statement_id not in self.pages:
            raise Refusal("not_found", "There is no such result.")
        return self.pages[statement_id][int(page or 0)]

    def queries(self) -> History:
        if isinstance(self.history, Exception):
            raise self.history
        return History(self.history, maximum_active=5)
