"""Delivery of one notice: from the event of an ended statement to everyone who watches its query."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import log
from pipeline.core.messages import encode
from pipeline.core.records import QueryRecord, ended
from pipeline.core.statement_ends import Description, StatementEvent, end_by_event
from pipeline.ports import Ports, PostFailedError, WarehouseBusyError
from pipeline.steps.ending import tell_analyst

# AWS: a post to a connection whose $connect has not returned answers 410, as if it were gone. That says nothing of the
# age of the query: any query may be joined by a handshake.
HANDSHAKE_DELAYS_SECONDS = (0.1, 0.2, 0.4, 0.8)
RETRY_DELAYS_SECONDS = (0.25, 0.5)


class NoticeFailedError(Exception):
    """Some connections could not be told; the whole delivery may be repeated."""


def deliver(ports: Ports, event: StatementEvent) -> None:
    """Move the query's record to its end, and tell everyone who watches it.

    Every step after the move is harmless when repeated, so a repeated, late or replayed event does no damage.

    Raises:
        NoticeFailedError: a connection could not be told, though it may be there.
    """
    end = end_by_event(event, _description(ports, event), ports.clock.now())
    change = ports.records.end(event.owner, event.query_id, end)
    before = change.before
    if before is None or before.statement_id not in {None, event.statement_id}:
        log.warning("event_without_query", query_id=event.query_id, statement_id=event.statement_id)
        return
    record = ended(before, end) if change.made else before
    if change.made or before.notified_at is None:
        tell_analyst(record)
    if before.statement_id is None or (not change.made and before.notified_at is None):
        ports.records.put_statement(
            record.owner, event.statement_id, record.query_id, record.statement_expires_at
        )
    ports.records.leave(record.owner, record.query_id)
    if record.notified_at is None:
        _notify(ports, record)


def _description(ports: Ports, event: StatementEvent) -> Description | None:
    """Ask why a statement failed: the event does not say."""
    if event.state != "FAILED":
        return None
    try:
        return ports.warehouse.describe(event.statement_id)
    except WarehouseBusyError as error:
        log.warning("describe_failed", statement_id=event.statement_id, reason=str(error))
        return None


def _notify(ports: Ports, record: QueryRecord) -> None:
    text = encode(record.outcome())
    failed, gone = _post_in_rounds(ports, sorted(record.connection_ids), text)
    for delay in HANDSHAKE_DELAYS_SECONDS:
        if not gone:
            break
        ports.clock.sleep(delay)
        still_failed, gone = _post_in_rounds(ports, gone, text)
        failed += still_failed
    for connection_id in gone:
        ports.records.detach(record.owner, record.query_id, connection_id)
        ports.records.unlink(connection_id, [record.query_id])
    if failed:
        raise NoticeFailedError(f"{len(failed)} connections of query {record.query_id} could not be told.")
    ports.records.mark_notified(record.owner, record.query_id, ports.clock.now())


def _post_in_rounds(ports: Ports, connection_ids: Sequence[str], text: str) -> tuple[list[str], list[str]]:
    """Post to all, and again to those that failed: none waits for another's repeats. Answer as `_post_all`."""
    failed, gone = _post_all(ports, connection_ids, text)
    for delay in RETRY_DELAYS_SECONDS:
        if not failed:
            break
        ports.clock.sleep(delay)
        failed, also_gone = _post_all(ports, failed, text)
        gone += also_gone
    return failed, gone


def _post_all(ports: Ports, connection_ids: Sequence[str], text: str) -> tuple[list[str], list[str]]:
    """Post to all once; answer those that failed, and those that are gone."""
    failed, gone = [], []
    for connection_id in connection_ids:
        try:
            if not ports.notifier.post(connection_id, text):
                gone.append(connection_id)
        except PostFailedError as error:
            log.warning("post_failed", connection_id=connection_id, reason=str(error))
            failed.append(connection_id)
    return failed, gone
