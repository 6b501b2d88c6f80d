"""What a reader of a record may have to mend: an overdue query, or one whose event never came.

No timer calls this. Whoever reads a record (`resume`, `/queries`, `/results`) asks `needs_check`, spends at most one
DescribeStatement, and moves the record by `repair`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from pipeline.core.records import End, QueryRecord
from pipeline.core.statement_ends import Description, end_by_description

QUIET_BEFORE_CHECK = timedelta(seconds=10)


def needs_check(record: QueryRecord, now: datetime) -> bool:
    """Say whether a record has been silent for so long that the warehouse should be asked."""
    return not record.has_ended and (now - record.submitted_at > QUIET_BEFORE_CHECK or now > record.deadline)


def repair(record: QueryRecord, description: Description | None, now: datetime) -> End | None:
    """Give the move that mends a record, or None when it is as it should be.

    Args:
        record: The record as read.
        description: What the warehouse says of its statement; None when no statement is known, or it forgot it.
        now: The reader's clock.
    """
    if record.has_ended:
        return None
    if record.statement_id is not None and description is not None:
        end = end_by_description(record.statement_id, description)
        if end is not None:
            return end
    return _overdue(record, now) if now > record.deadline else None


def _overdue(record: QueryRecord, now: datetime) -> End:
    seconds = int((record.deadline - record.submitted_at).total_seconds())
    if record.statement_id is None:
        message = "The warehouse did not start this query in time. Try again."
        return End("failed", now, error_code="not_started", error_message=message)
    message = f"Stopped after {seconds} s, the limit of this report. Fewer days usually finish."
    return End("failed", now, record.statement_id, error_code="deadline_exceeded", error_message=message)
