"""The steps that handlers share: submit, attach, cancel, mend, close.

Any step may be the last before a crash, and any may be repeated. Three habits make that harmless: a record is written
before its statement starts; every change of a record is one conditional write whose own answer says what it met; and
whoever ends a record also frees its place and writes the way from its statement to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pipeline import log
from pipeline.core.access import Caller
from pipeline.core.errors import Refusal
from pipeline.core.identifiers import client_token, parameters_hash, statement_name
from pipeline.core.instants import to_milliseconds
from pipeline.core.messages import Accepted, Outcome, Resumed, Standing, Unknown
from pipeline.core.parameters import validate_parameters
from pipeline.core.records import (
    ATTACHMENT_LIFETIME,
    KEPT_AFTER_DEADLINE,
    Attachment,
    End,
    QueryRecord,
    deadline_of,
    ended,
)
from pipeline.core.repair import needs_check, repair
from pipeline.core.reports import Report
from pipeline.core.statement_ends import Description, refused_end
from pipeline.ports import Ports, StatementRefusedError, WarehouseBusyError

STATEMENT_KEPT_LONGER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Submission:
    """One press of Submit, as it reached the pipeline over one connection."""

    caller: Caller
    connection_id: str
    query_id: str
    topic_name: str
    parameters: Mapping[str, Any]


def submit(ports: Ports, submission: Submission) -> Accepted | Outcome:
    """Start a query, complete one that a crash left behind, or join one that is known.

    Raises:
        Refusal: the question makes no sense, the owner has too many queries running, or the warehouse has no room.
    """
    try:
        report = _report(ports, submission)
        wanted = _new_record(ports, submission, report)
    except Refusal:
        known = ports.records.find(submission.caller.owner, submission.query_id)
        if known is None:
            raise
        return _join_as_it_was(ports, known, submission)
    _reserve(ports, wanted)
    known = ports.records.create(wanted)
    if known is None:
        return _start(ports, wanted, report, submission.connection_id)
    if known.report_version != report.version:
        return _join_as_it_was(ports, known, submission)
    return _join(ports, known, wanted.parameters_hash, report, submission.connection_id)


def resume(ports: Ports, caller: Caller, connection_id: str, query_ids: Sequence[str]) -> Resumed:
    """Let a connection watch queries of its owner, and say where each stands."""
    found = [ports.records.attach(caller.owner, query_id, connection_id) for query_id in query_ids]
    watched = {record.query_id: record for record in found if record is not None and not record.has_ended}
    _link(ports, list(watched.values()), connection_id)
    return Resumed(tuple(_standing(ports, q, r) for q, r in zip(query_ids, found, strict=True)))


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
        _stop_statement(ports, record)
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
        _stop_statement(ports, mended)
    return mended


def findable(ports: Ports, record: QueryRecord) -> QueryRecord:
    """Give a record that an answer may name: its rows, if it has any, can be asked for by its statement.

    Whoever moved it to `finished` may have died before he wrote that way; `notifiedAt` says that it is written.
    """
    if record.state == "finished" and record.notified_at is None:
        _remember_statement(ports, record)
    return record


def tell_analyst(record: QueryRecord) -> None:
    """Log that a report's SQL failed, with all that its maintainer needs; called by whoever ends the record."""
    if record.error_code == "sql_error":
        log.warning(
            "report_failed",
            topic_name=record.topic_name,
            report_version=record.report_version,
            query_id=record.query_id,
            statement_id=record.statement_id,
            reason=record.failure,
        )


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


def _report(ports: Ports, submission: Submission) -> Report:
    report = ports.reports.report(submission.topic_name)
    if not submission.caller.may_read(report.groups):
        raise Refusal("unknown_report", "There is no report of that name.", "topicName")
    return report


def _new_record(ports: Ports, submission: Submission, report: Report) -> QueryRecord:
    parameters = validate_parameters(report, submission.parameters)
    data = ports.reports.data()
    now = to_milliseconds(ports.clock.now())
    deadline = deadline_of(now, report.deadline_seconds, ports.limits.deadline_seconds)
    return QueryRecord(
        owner=submission.caller.owner,
        query_id=submission.query_id,
        topic_name=report.topic_name,
        parameters=parameters,
        parameters_hash=parameters_hash(report.topic_name, parameters),
        state="accepted",
        submitted_at=now,
        deadline=deadline,
        report_version=report.version,
        data_version=data.version,
        synthetic=data.synthetic,
        sql_line=report.sql_line,
        expires_at=deadline + KEPT_AFTER_DEADLINE,
        connection_ids=frozenset({submission.connection_id}),
    )


def _reserve(ports: Ports, wanted: QueryRecord) -> None:
    """Take a place; places of queries that are over (whoever should have left did not) are freed on the way."""
    owner, query_id, limit = wanted.owner, wanted.query_id, ports.limits.active_queries
    holders = ports.records.reserve(owner, query_id, limit)
    if holders is None or ports.records.find(owner, query_id) is not None:
        return
    for holder in sorted(holders):
        record = ports.records.find(owner, holder)
        if record is None or mend(ports, record).has_ended:
            ports.records.leave(owner, holder)
    if ports.records.reserve(owner, query_id, limit) is not None:
        message = f"{limit} queries are running, the most you can have. Cancel one or wait."
        raise Refusal("too_many_queries", message)


def _join_as_it_was(ports: Ports, known: QueryRecord, submission: Submission) -> Accepted | Outcome:
    """Join a query whose report was changed or withdrawn since: it is judged by the report as it was."""
    wanted = None
    if known.topic_name == submission.topic_name:
        report = ports.reports.version(known.topic_name, known.report_version)
        parameters = validate_parameters(report, submission.parameters)
        wanted = parameters_hash(known.topic_name, parameters)
    return _join(ports, known, wanted, None, submission.connection_id)


def _join(
    ports: Ports, known: QueryRecord, wanted_hash: str | None, report: Report | None, connection_id: str
) -> Accepted | Outcome:
    """Join a known query; `report` is None when it is no longer as it was, so that nothing can be started."""
    if known.parameters_hash != wanted_hash:
        if known.has_ended:
            ports.records.leave(known.owner, known.query_id)
        raise Refusal("query_conflict", "This queryId belongs to another question. Use a new one.", "queryId")
    record = mend(ports, ports.records.attach(known.owner, known.query_id, connection_id) or known)
    if record.has_ended:
        ports.records.leave(record.owner, record.query_id)
        return findable(ports, record).outcome()
    if record.statement_id is not None:
        _link(ports, [record], connection_id)
        return record.accepted()
    if report is None:
        return _abandon(ports, record, connection_id)
    return _start(ports, record, report, connection_id)


def _start(ports: Ports, record: QueryRecord, report: Report, connection_id: str) -> Accepted | Outcome:
    name = statement_name(record.owner, record.query_id)
    token = client_token(record.owner, record.query_id)
    try:
        statement_id = ports.warehouse.execute(report.statement_sql, record.parameters, name, token)
    except StatementRefusedError as error:
        return _end_unstarted(ports, record, refused_end(str(error), ports.clock.now()), connection_id)
    except WarehouseBusyError as error:
        raise Refusal(error.code, str(error)) from error
    attachment = _attachment(ports, record, connection_id, statement_id)
    ports.records.link([attachment], record.expires_at + STATEMENT_KEPT_LONGER)
    current = ports.records.run(record.owner, record.query_id, statement_id) or record
    if current.state in {"cancelled", "failed"}:  # by somebody who knew of no statement
        _stop_statement(ports, current)
        return current.outcome()
    return current.accepted()


def _abandon(ports: Ports, record: QueryRecord, connection_id: str) -> Accepted | Outcome:
    message = "The report was changed before this query could start. Run it again."
    end = End("failed", ports.clock.now(), error_code="not_started", error_message=message)
    return _end_unstarted(ports, record, end, connection_id)


def _end_unstarted(ports: Ports, record: QueryRecord, end: End, connection_id: str) -> Accepted | Outcome:
    """End a query of which no statement is known; another invocation may have started it in the meantime."""
    current = close(ports, record.owner, record.query_id, end) or record
    if not current.has_ended:
        _link(ports, [current], connection_id)
        return current.accepted()
    return current.outcome()


def _standing(ports: Ports, query_id: str, record: QueryRecord | None) -> Standing:
    return Unknown(query_id) if record is None else findable(ports, mend(ports, record)).standing()


def _link(ports: Ports, records: Sequence[QueryRecord], connection_id: str) -> None:
    if records:
        attachments = [_attachment(ports, r, connection_id, r.statement_id) for r in records]
        ports.records.link(attachments, None)


def _attachment(
    ports: Ports, record: QueryRecord, connection_id: str, statement_id: str | None
) -> Attachment:
    expires_at = ports.clock.now() + ATTACHMENT_LIFETIME
    return Attachment(
        connection_id, record.topic_name, statement_id, record.owner, record.query_id, expires_at
    )


def _remember_statement(ports: Ports, record: QueryRecord) -> None:
    if record.statement_id is not None:
        expires_at = record.deadline + KEPT_AFTER_DEADLINE + STATEMENT_KEPT_LONGER
        ports.records.put_statement(record.owner, record.statement_id, record.query_id, expires_at)


def _describe(ports: Ports, record: QueryRecord) -> Description | None:
    if record.statement_id is None:
        return None
    try:
        return ports.warehouse.describe(record.statement_id)
    except WarehouseBusyError as error:
        log.warning("describe_failed", query_id=record.query_id, reason=str(error))
        return None


def _stop_statement(ports: Ports, record: QueryRecord) -> None:
    """Stop a statement whose answer nobody waits for; where that fails, the warehouse's own time-out does it."""
    if record.statement_id is None:
        return
    try:
        ports.warehouse.cancel(record.statement_id)
    except WarehouseBusyError as error:
        log.warning("cancel_failed", statement_id=record.statement_id, reason=str(error))
