"""Lambda: GET /queries; the caller's queries of the last day, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline import log
from pipeline.bootstrap import ports as wired_ports
from pipeline.core.access import caller_of
from pipeline.core.answers import Answer, refused_as_rest, rest_answer
from pipeline.core.history import History, history_item
from pipeline.core.repair import needs_check
from pipeline.core.rest_query import rest_query
from pipeline.core.schema import to_wire
from pipeline.ports import Ports
from pipeline.steps.ending import findable, mend

MAXIMUM_QUERIES = 100
# Each may cost a question to the warehouse, one after another; whoever reads next mends the next ones.
MENDED_AT_ONCE = 5


def handler(event: dict[str, Any], context: object) -> Answer:
    """Handle an API Gateway REST event."""
    with log.invocation("ListQueries", event, context):
        return handle(event, wired_ports())


def handle(event: Mapping[str, Any], ports: Ports) -> Answer:
    """Answer the caller's records; of those that are silent or overdue the oldest are mended on the way."""
    return refused_as_rest(event, lambda: _answer(event, ports))


def _answer(event: Mapping[str, Any], ports: Ports) -> Answer:
    caller, now = caller_of(event), ports.clock.now()
    rest_query(event)
    records = [r for r in ports.records.history(caller.owner) if r.expires_at > now]
    newest = sorted(records, key=lambda record: record.submitted_at, reverse=True)[:MAXIMUM_QUERIES]
    silent = [record.query_id for record in reversed(newest) if needs_check(record, now)][:MENDED_AT_ONCE]
    shown = [mend(ports, record) if record.query_id in silent else record for record in newest]
    listed = tuple(history_item(findable(ports, record)) for record in shown)
    return rest_answer(200, to_wire(History(listed, ports.limits.active_queries)))
