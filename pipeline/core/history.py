"""One line of "my queries"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.core.records import QueryRecord, State


@dataclass(frozen=True, slots=True)
class QueryError:
    """Why a query failed."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """A query as its owner sees it later; `rows` is the statement's own count."""

    query_id: str
    topic_name: str
    parameters: Mapping[str, str]
    state: State
    statement_id: str | None
    submitted_at: datetime
    finished_at: datetime | None
    rows: int | None
    result_expires_at: datetime | None
    report_version: str
    data_version: str
    synthetic: bool
    error: QueryError | None


@dataclass(frozen=True, slots=True)
class History:
    """One's queries of the last day, newest first, and how many of them may run at once."""

    queries: tuple[HistoryItem, ...]
    maximum_active: int | None = None


def history_item(record: QueryRecord) -> HistoryItem:
    """Give the line for a record."""
    error = None if record.error_code is None else QueryError(record.error_code, record.failure or "")
    return HistoryItem(
        query_id=record.query_id,
        topic_name=record.topic_name,
        parameters=record.parameters,
        state=record.state,
        statement_id=record.statement_id,
        submitted_at=record.submitted_at,
        finished_at=record.finished_at,
        rows=record.rows,
        result_expires_at=record.readable_until if record.state == "finished" else None,
        report_version=record.report_version,
        data_version=record.data_version,
        synthetic=record.synthetic,
        error=error,
    )
