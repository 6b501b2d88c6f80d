"""How a query starts, or is joined by the same `run` said again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pipeline.core.access import Caller
from pipeline.core.errors import Refusal
from pipeline.core.identifiers import client_token, parameters_hash, statement_name
from pipeline.core.instants import to_milliseconds
from pipeline.core.messages import Accepted, Outcome
from pipeline.core.parameters import validate_parameters
from pipeline.core.records import KEPT_AFTER_DEADLINE, End, QueryRecord, deadline_of
from pipeline.core.reports import Report
from pipeline.core.statement_ends import refused_end
from pipeline.ports import Ports, StatementRefusedError, WarehouseBusyError
from pipeline.steps.ending import close, findable, mend, stop_statement
from pipeline.steps.watching import attachment_of, link

# A submit lives no longer than OnConnect's time-out (infra/template.yaml: 28 s), and what it sent last may come to the
# table after its death: it has 2 s to connect and 7 s to be answered (pipeline/aws/clients.py). The rest is for clocks
# that differ.
RECORDED_WITHIN = timedelta(seconds=40)


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
    """Take a place; places of queries that are over (whoever should have left did not) are freed on the way.

    A holder without a record died before it was recorded, or is just about to be: which of both, time tells. Its own
    `run` may come again meanwhile and keep the place, which is then not freed.
    """
    owner, query_id, now = wanted.owner, wanted.query_id, wanted.submitted_at
    limit = ports.limits.active_queries
    full = ports.records.reserve(owner, query_id, limit, now)
    if full is None or ports.records.find(owner, query_id) is not None:
        return
    for holder, taken_at in sorted(full.taken_at.items()):
        record = ports.records.find(owner, holder)
        is_over = now >= taken_at + RECORDED_WITHIN if record is None else mend(ports, record).has_ended
        if is_over:
            ports.records.leave(owner, holder, None if record else taken_at)
    if ports.records.reserve(owner, query_id, limit, now) is not None:
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
        link(ports, [record], connection_id)
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
    attachment = attachment_of(ports, record, connection_id, statement_id)
    ports.records.link([attachment], record.statement_expires_at)
    current = ports.records.run(record.owner, record.query_id, statement_id) or record
    if current.state in {"cancelled", "failed"}:  # by somebody who knew of no statement
        stop_statement(ports, current)
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
        link(ports, [current], connection_id)
        return current.accepted()
    return current.outcome()
