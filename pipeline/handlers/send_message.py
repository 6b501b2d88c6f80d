"""Lambda: a statement ended; move its query's record and tell the connections that watch it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline import log
from pipeline.bootstrap import ports as wired_ports
from pipeline.core.statement_ends import parse_event
from pipeline.notices import deliver
from pipeline.ports import Ports


def handler(event: dict[str, Any], context: object) -> None:
    """Handle a "Redshift Data Statement Status Change" event."""
    with log.invocation("SendMessage", event, context):
        handle(event, wired_ports())


def handle(event: Mapping[str, Any], ports: Ports) -> None:
    """Deliver the notice; an event that is not about one of our queries is logged and left alone."""
    statement = parse_event(event)
    if statement is None:
        detail = event.get("detail")
        statement_id = detail.get("statementId") if isinstance(detail, Mapping) else None
        log.warning("foreign_event", statement_id=statement_id)
        return
    deliver(ports, statement)
