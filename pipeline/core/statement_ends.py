"""How a statement ended, from the event that Redshift emits or from a description, as a move of its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from pipeline.core.identifiers import parse_statement_name
from pipeline.core.instants import parse_instant
from pipeline.core.records import RESULT_LIFETIME, End
from pipeline.core.sql_places import with_line

StatementState = Literal["SUBMITTED", "PICKED", "STARTED", "FINISHED", "FAILED", "ABORTED"]

_ENDS = frozenset({"FINISHED", "FAILED", "ABORTED"})
# AWS: Redshift troubleshooting guide, the Data API's text for an answer over its size limit.
_LONGEST_REASON = 500
_TOO_LARGE = ("exceeded size limit", "is too large")


@dataclass(frozen=True, slots=True)
class StatementEvent:
    """The part of a "Redshift Data Statement Status Change" event that is relied upon."""

    owner: str
    query_id: str
    statement_id: str
    state: str
    rows: int | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Description:
    """What DescribeStatement says. An unknown `state` counts as not ended (a service may add states).

    `sql` is the text that ran, None where it was not told: a place in it is counted from its first letter.
    """

    state: str
    rows: int | None
    error: str | None
    updated_at: datetime
    sql: str | None = None


def parse_event(event: Mapping[str, Any]) -> StatementEvent | None:
    """Read the event; None when its statement is not one of ours or it says nothing usable."""
    detail = event.get("detail")
    if not isinstance(detail, Mapping):
        return None
    name = parse_statement_name(str(detail.get("statementName")))
    statement_id, state = detail.get("statementId"), detail.get("state")
    if name is None or not isinstance(statement_id, str) or not isinstance(state, str) or state not in _ENDS:
        return None
    owner, query_id = name
    return StatementEvent(
        owner, query_id, statement_id, state, _rows(detail.get("rows")), _expiry(detail.get("expireAt"))
    )


def end_by_event(event: StatementEvent, description: Description | None, now: datetime) -> End:
    """Make the move that an event calls for; `description` tells why a statement failed."""
    error, sql = (description.error, description.sql) if description else (None, None)
    described = Description(event.state, event.rows, error, now, sql)
    return _end(event.statement_id, described, event.expires_at or now + RESULT_LIFETIME)


def end_by_description(statement_id: str, description: Description) -> End | None:
    """Make the move that a description calls for; None while the statement has not ended."""
    if description.state not in _ENDS:
        return None
    return _end(statement_id, description, description.updated_at + RESULT_LIFETIME)


def refused_end(error: str, now: datetime) -> End:
    """Make the end of a query whose SQL the Data API refused to take."""
    return End("failed", now, error_code="sql_error", error_message=_sql_error(error, None))


def _end(statement_id: str, description: Description, expires_at: datetime) -> End:
    at = description.updated_at
    if description.state == "FINISHED":
        return End("finished", at, statement_id, description.rows, result_expires_at=expires_at)
    if description.state == "ABORTED":
        return End("cancelled", at, statement_id, cancelled_by="warehouse")
    error = description.error or "it gave no reason"
    if any(sign in error for sign in _TOO_LARGE):
        message = "The answer is larger than the warehouse can hand over. Ask for fewer days."
        return End("failed", at, statement_id, error_code="result_too_large", error_message=message)
    message = _sql_error(error, description.sql)
    return End("failed", at, statement_id, error_code="sql_error", error_message=message)


def _sql_error(error: str, sql: str | None) -> str:
    reason = with_line(" ".join(error.removeprefix("ERROR:").split()), sql)[:_LONGEST_REASON].rstrip(".")
    return f"The report's SQL was refused by the warehouse: {reason}."


def _rows(value: Any) -> int | None:
    """Redshift says -1 where a statement has no result set."""
    return value if isinstance(value, int) and value >= 0 else None


def _expiry(value: Any) -> datetime | None:
    """Events were seen with epoch seconds and with ISO text; anything else says nothing."""
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
        return parse_instant(value)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
