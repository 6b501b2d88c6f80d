"""The record of a query: its states, and the message that each state calls for.

    accepted (recorded) → running (statement known) → finished | failed | cancelled

States move forward only. `End` is a move to one of the last three, made by whoever learns of the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from pipeline.core.errors import CODES
from pipeline.core.identifiers import file_name
from pipeline.core.messages import Accepted, Cancelled, Failed, Finished, Outcome, Standing
from pipeline.core.sql_places import in_file

State = Literal["accepted", "running", "finished", "failed", "cancelled"]
CancelledBy = Literal["user", "warehouse"]

# AWS: Redshift Data API, results are kept for 24 hours. One real event said 72 h: never promise more than 24.
RESULT_LIFETIME = timedelta(hours=24)
KEPT_AFTER_DEADLINE = timedelta(hours=48)
KEPT_AFTER_RESULT = timedelta(hours=24)
STATEMENT_KEPT_LONGER = timedelta(hours=24)
# AWS: API Gateway closes a connection after two hours at the latest.
ATTACHMENT_LIFETIME = timedelta(hours=2, minutes=15)


@dataclass(frozen=True, slots=True)
class QueryRecord:
    """One query of one owner, as the table keeps it. Attributes that are None are absent from the table.

    `sql_line` is the line of the report's file on which its SELECT begins.
    """

    owner: str
    query_id: str
    topic_name: str
    parameters: Mapping[str, str]
    parameters_hash: str
    state: State
    submitted_at: datetime
    deadline: datetime
    report_version: str
    data_version: str
    synthetic: bool
    expires_at: datetime
    connection_ids: frozenset[str] = frozenset()
    statement_id: str | None = None
    finished_at: datetime | None = None
    rows: int | None = None
    result_expires_at: datetime | None = None
    notified_at: datetime | None = None
    error_code: str | None = None
    error_message: str | None = None
    cancelled_by: CancelledBy | None = None
    sql_line: int | None = None

    @property
    def failure(self) -> str | None:
        """Say why the query failed; a place in its SQL is given as a line of the report's file."""
        if self.error_message is None or self.sql_line is None:
            return self.error_message
        return in_file(self.error_message, file_name(self.topic_name), self.sql_line)

    @property
    def readable_until(self) -> datetime:
        """Say until when the rows can be read: the earlier of what the warehouse announced and submit + 24 h."""
        latest = self.submitted_at + RESULT_LIFETIME
        return min(latest, self.result_expires_at or latest)

    @property
    def statement_expires_at(self) -> datetime:
        """Say until when the way from the statement to this record is kept: longer than the record itself."""
        return self.deadline + KEPT_AFTER_DEADLINE + STATEMENT_KEPT_LONGER

    @property
    def has_ended(self) -> bool:
        """Say whether the query reached its outcome."""
        return self.state in {"finished", "failed", "cancelled"}

    def standing(self) -> Standing:
        """Give the message that the state calls for."""
        return self.outcome() if self.has_ended else self.accepted()

    def accepted(self) -> Accepted:
        """Give the message that confirms the submit."""
        return Accepted(self.query_id, self.topic_name, self.statement_id, self.submitted_at, self.deadline)

    def outcome(self) -> Outcome:
        """Give the message of the end.

        Raises:
            ValueError: the query has not ended.
        """
        if self.state == "finished":
            return self._finished()
        if self.state == "failed":
            return self._failed()
        if self.state == "cancelled":
            by = self.cancelled_by or "warehouse"
            return Cancelled(self.query_id, self.topic_name, self.statement_id, by)
        raise ValueError(f"The query {self.query_id} has not ended.")

    def _finished(self) -> Finished:
        if self.statement_id is None or self.finished_at is None:
            raise ValueError(f"The record of the finished query {self.query_id} is incomplete.")
        return Finished(
            self.query_id,
            self.topic_name,
            self.statement_id,
            self.rows,
            self.finished_at,
            self.readable_until,
        )

    def _failed(self) -> Failed:
        code = self.error_code or "internal_error"
        message = self.failure or "The query ended without an answer."
        return Failed(self.query_id, self.topic_name, self.statement_id, code, message, CODES[code].retryable)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A connection that watches a query: there from the submit until the connection ends."""

    connection_id: str
    topic_name: str
    statement_id: str | None
    owner: str
    query_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class End:
    """A move of a record to its last state. `statement_id` is None where no statement is known."""

    state: Literal["finished", "failed", "cancelled"]
    at: datetime
    statement_id: str | None = None
    rows: int | None = None
    result_expires_at: datetime | None = None
    error_code: str | None = None
    error_message: str | None = None
    cancelled_by: CancelledBy | None = None

    @property
    def is_of_no_statement(self) -> bool:
        """Say whether it ends a query because none was started: then a record that has a statement refuses it."""
        return self.state == "failed" and self.statement_id is None

    def expires_at(self) -> datetime:
        """Say until when the table keeps the record: a day longer than the result."""
        return (self.result_expires_at or self.at + RESULT_LIFETIME) + KEPT_AFTER_RESULT


def ended(record: QueryRecord, end: End) -> QueryRecord:
    """Give the record as the move leaves it."""
    return replace(
        record,
        state=end.state,
        finished_at=end.at,
        statement_id=record.statement_id or end.statement_id,
        rows=end.rows,
        result_expires_at=end.result_expires_at,
        error_code=end.error_code,
        error_message=end.error_message,
        cancelled_by=end.cancelled_by,
        expires_at=end.expires_at(),
    )


def deadline_of(submitted_at: datetime, report_seconds: int, longest_seconds: int) -> datetime:
    """Say when a query must have ended: after the report's own limit, or the one for all queries."""
    return submitted_at + timedelta(seconds=min(report_seconds, longest_seconds))
