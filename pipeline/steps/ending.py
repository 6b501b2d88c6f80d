"""How a query ends: cancelled by its owner, mended by a reader, closed by whoever learns its end."""

from __future__ import annotations

from pipeline import log
from pipeline.core.access import Caller
from pipeline.core.errors import Refusal
from pipeline.core.messages import Outcome
from pipeline.core.records import End, QueryRecord, ended
from pipeline.core.repair import needs_check, repair
from pipeline.core.statement_ends import Description
from pipeline.ports import Ports, WarehouseBusyError


def cancel(ports: Ports, caller: Caller, query_id: str) -> Outcome:
    """Stop a query, unless it ended first; the answer is its outcome, whichever it is.

    Raises:
        Refusal: `not_found`: there is no such query of this owner.
    """
    end = End("cancelled", ports.clock.now(), cancelled_by="user")
    change = ports.records.end(caller.owner, query_id, end)
    if change.before is None:
        raise Refusal("not_found", "There is no such query.", "queryId")
    record = ended(change.before, end) if change.made else findable(ports, change.before)
    if record.state == "cancelled":
        ports.records.leave(record.owner, record.query_id)
        stop_statement(ports, record)
    return record.outcome()


def mend(ports: Ports, record: QueryRecord) -> QueryRecord:
    """Give the record as it should be: a silent query is asked after once, an overdue one is ended."""
    now = ports.clock.now()
    if not needs_check(record, now):
        return record
    end = repair(record, _describe(ports, record), now)
    if end is None:
        return record
    mended = close(ports, record.owner, record.query_id, end)
    if mended is None:
        return record
    if not mended.has_ended:  # its statement was started since the record was read
        return mend(ports, mended)
    if mended.error_code == "deadline_exceeded":
        stop_statement(ports, mended)
    return mended


def findable(ports: Ports, record: QueryRecord) -> QueryRecord:
    """Give a record that an answer may name: its rows, if it has any, can be asked for by its statement.

    Whoever moved it to `finished` may have died before he wrote that way; `notifiedAt` says that it is written.
    """
    if record.state == "finished" and record.notified_at is None:
        _remember_statement(ports, record)
    return record


def close(ports: Ports, owner: str, query_id: str, end: End) -> QueryRecord | None:
    """End a record with all that belongs to it; answer the record as it is then, None if there is none.

    It has not ended where the end says that nothing was started, and another invocation had started it.
    """
    change = ports.records.end(owner, query_id, end)
    if change.before is None:
        return None
    record = ended(change.before, end) if change.made else change.before
    if not record.has_ended:
        return record
    if change.made:
        tell_analyst(record)
    _remember_statement(ports, record)
    ports.records.leave(owner, query_id)
    return record


def tell_analyst(record: QueryRecord) -> None:
    """Log that a report's SQL failed, with all that its maintainer needs.

    Called by whoever ends the record; and again when the event is delivered again, as he may have died before he did.
    """
    if record.error_code == "sql_error":
        log.warning(
            "report_failed",
            topic_name=record.topic_name,
            report_version=record.report_version,
            query_id=record.query_id,
            statement_id=record.statement_id,
            reason=record.failure,
        )


def stop_statement(ports: Ports, record: QueryRecord) -> None:
    """Stop a statement whose answer nobody waits for; where that fails, the warehouse's own time-out does it."""
    if record.statement_id is None:
        return
    try:
        ports.warehouse.cancel(record.statement_id)
    except WarehouseBusyError as error:
        log.warning("cancel_failed", statement_id=record.statement_id, reason=str(error))


def _remember_statement(ports: Ports, record: QueryRecord) -> None:
    if record.statement_id is not None:
        ports.records.put_statement(
            record.owner, record.statement_id, record.query_id, record.statement_expires_at
        )


def _describe(ports: Ports, record: QueryRecord) -> Description | None:
    if record.statement_id is None:
        return None
    try:
        return ports.warehouse.describe(record.statement_id)
    except WarehouseBusyError as error:
        log.warning("describe_failed", query_id=record.query_id, reason=str(error))
        return None
