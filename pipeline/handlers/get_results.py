"""Lambda: GET /results/{statementId}; one page of the rows of a statement that is the caller's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline import log
from pipeline.bootstrap import ports as wired_ports
from pipeline.core.access import Caller, caller_of
from pipeline.core.answers import Answer, refused_as_rest, rest_answer
from pipeline.core.errors import Refusal
from pipeline.core.identifiers import is_statement_id
from pipeline.core.records import QueryRecord
from pipeline.core.reports import Report
from pipeline.core.rest_query import rest_query
from pipeline.core.result_pages import ResultPage, result_page
from pipeline.core.schema import to_wire
from pipeline.ports import PageUnknownError, Ports, ResultGoneError, ResultTooLargeError, WarehouseBusyError
from pipeline.steps.ending import mend

# AWS: Lambda hands back at most 6 MB; the rest is room for its envelope.
MAXIMUM_ANSWER_BYTES = 5_500_000
RETRY_AFTER_SECONDS = 2


def handler(event: dict[str, Any], context: object) -> Answer:
    """Handle an API Gateway REST event."""
    with log.invocation("GetResults", event, context):
        return handle(event, wired_ports())


def handle(event: Mapping[str, Any], ports: Ports) -> Answer:
    """Answer one page, 202 while the statement runs, or the reason why there are no rows."""
    return refused_as_rest(event, lambda: _answer(event, ports))


def _answer(event: Mapping[str, Any], ports: Ports) -> Answer:
    caller, statement_id = caller_of(event), str(event["pathParameters"]["statementId"])
    token = rest_query(event, "page").get("page")
    record = _record(ports, caller, statement_id)
    if not record.has_ended:
        body = {"state": "running", "queryId": record.query_id, "retryAfterSeconds": RETRY_AFTER_SECONDS}
        return rest_answer(202, body, {"Retry-After": str(RETRY_AFTER_SECONDS)})
    _refuse_without_rows(record)
    report = ports.reports.version(record.topic_name, record.report_version)
    if not caller.may_read(report.groups):
        raise _not_found()
    if ports.clock.now() > record.readable_until:
        raise _expired()
    return _checked(rest_answer(200, to_wire(_page(ports, record, statement_id, report, token))))


def _record(ports: Ports, caller: Caller, statement_id: str) -> QueryRecord:
    known = is_statement_id(statement_id)
    query_id = ports.records.query_of(caller.owner, statement_id) if known else None
    record = ports.records.find(caller.owner, query_id) if query_id else None
    if record is None:
        raise _not_found()
    return mend(ports, record)


def _refuse_without_rows(record: QueryRecord) -> None:
    if record.state == "cancelled":
        raise Refusal("query_cancelled", "This query was cancelled, so it has no rows.")
    if record.state == "failed":
        raise Refusal("query_failed", record.failure or "This query failed, so it has no rows.")


def _page(
    ports: Ports, record: QueryRecord, statement_id: str, report: Report, token: str | None
) -> ResultPage:
    try:
        raw = ports.warehouse.page(statement_id, token)
    except ResultGoneError as error:
        raise _expired() from error
    except ResultTooLargeError as error:
        raise _too_large() from error
    except PageUnknownError as error:
        raise Refusal("invalid_parameter", "page must be the nextPage of an earlier page.", "page") from error
    except WarehouseBusyError as error:
        raise Refusal(error.code, str(error)) from error
    return result_page(record, statement_id, report.maximum_rows, raw)


def _checked(answer: Answer) -> Answer:
    if len(answer["body"].encode()) > MAXIMUM_ANSWER_BYTES:
        raise _too_large()
    return answer


def _not_found() -> Refusal:
    return Refusal("not_found", "There is no such result.")


def _expired() -> Refusal:
    return Refusal("result_expired", "Results are kept 24 hours. Run it again: same question, one press.")


def _too_large() -> Refusal:
    return Refusal("result_too_large", "This page of rows is too large to be sent. Ask for fewer days.")
