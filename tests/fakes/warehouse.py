"""The warehouse in memory: statements end when the test says so, and say so by events."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.core.result_pages import RawPage
from pipeline.core.statement_ends import Description
from pipeline.ports import Clock, PageUnknownError, ResultGoneError, StatementRefusedError, WarehouseBusyError

ENDED = {"FINISHED", "FAILED", "ABORTED"}


@dataclass
class Statement:
    """One statement; `rows` are its answer's rows as the Data API's fields."""

    id: str
    name: str
    sql: str
    parameters: Mapping[str, str]
    state: str = "STARTED"
    error: str | None = None
    columns: list[tuple[str, str]] = field(default_factory=lambda: [("trips", "int8")])
    rows: list[list[dict[str, Any]]] = field(default_factory=list)


class FakeWarehouse:
    """Look into `statements` and `executions`; drive it with `finish`, `fail` and `refuse`."""

    def __init__(self, clock: Clock, page_rows: int = 1000) -> None:
        self.statements: dict[str, Statement] = {}
        self.executions: list[str] = []
        self.described: list[str] = []
        self.events: list[dict[str, Any]] = []
        self.refusal: Exception | None = None
        self._tokens: dict[str, str] = {}
        self._clock = clock
        self._page_rows = page_rows

    def execute(self, sql: str, parameters: Mapping[str, str], name: str, token: str) -> str:
        if self.refusal is not None:
            raise self.refusal
        if token not in self._tokens:
            statement_id = str(uuid.uuid5(uuid.NAMESPACE_OID, token))
            self.statements[statement_id] = Statement(statement_id, name, sql, dict(parameters))
            self._tokens[token] = statement_id
            self.executions.append(name)
        return self._tokens[token]

    def describe(self, statement_id: str) -> Description | None:
        self.described.append(statement_id)
        statement = self.statements.get(statement_id)
        if statement is None:
            return None
        rows = len(statement.rows) if statement.state == "FINISHED" else None
        return Description(statement.state, rows, statement.error, self._clock.now())

    def cancel(self, statement_id: str) -> None:
        if statement_id in self.statements:
            self._end(self.statements[statement_id], "ABORTED")

    def page(self, statement_id: str, token: str | None) -> RawPage:
        statement = self.statements.get(statement_id)
        if statement is None or statement.state != "FINISHED":
            raise ResultGoneError(statement_id)
        if token is not None and not token.isdecimal():
            raise PageUnknownError(token)
        first = int(token or 0)
        last = first + self._page_rows
        more = str(last) if last < len(statement.rows) else None
        return RawPage(statement.columns, statement.rows[first:last], len(statement.rows), more)

    def finish(self, statement_id: str, rows: int = 1) -> None:
        """End a statement with rows that count from 0."""
        statement = self.statements[statement_id]
        if statement.state not in ENDED:
            statement.rows = [[{"longValue": n}] for n in range(rows)]
        self._end(statement, "FINISHED")

    def fail(self, statement_id: str, error: str) -> None:
        """End a statement without rows."""
        statement = self.statements[statement_id]
        statement.error = error
        self._end(statement, "FAILED")

    def refuse(self, kind: str) -> None:
        """Let every further ExecuteStatement be refused: `busy`, `invalid`, or `no` longer."""
        busy = WarehouseBusyError("warehouse_busy", "The warehouse is busy.")
        self.refusal = {"busy": busy, "invalid": StatementRefusedError("no such table"), "no": None}[kind]

    def _end(self, statement: Statement, state: str) -> None:
        if statement.state in ENDED:
            return
        statement.state = state
        self.events.append(statement_event(statement))


def statement_event(statement: Statement) -> dict[str, Any]:
    """Build the event of an ended statement, shaped as recorded (facts EV-1, EV-2)."""
    return {
        "version": "0",
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, statement.id + statement.state)),
        "detail-type": "Redshift Data Statement Status Change",
        "source": "aws.redshift-data",
        "account": "123456789012",
        "time": "2026-11-24T15:00:00Z",
        "region": "us-east-1",
        "resources": [],
        "detail": {
            "principal": "arn:aws:sts::123456789012:assumed-role/role/function",
            "statementName": statement.name,
            "statementId": statement.id,
            "state": statement.state,
            "rows": len(statement.rows) if statement.state == "FINISHED" else -1,
            "expireAt": 4_000_000_000,
        },
    }
