"""Lambda: a connection opened, or a client sent a message; start, join, resume or cancel queries.

The only function that submits statements: the EventBridge rule names its principal.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from pipeline import log
from pipeline.bootstrap import ports as wired_ports
from pipeline.core.access import Caller, caller_of
from pipeline.core.answers import Answer, refused_as_rest, rest_answer, socket_answer
from pipeline.core.connect_address import query_in_address
from pipeline.core.errors import Refusal
from pipeline.core.messages import (
    Cancel,
    Envelope,
    Error,
    Resume,
    Run,
    ServerMessage,
    encode,
    open_envelope,
    parse_client_message,
)
from pipeline.ports import Ports
from pipeline.steps.ending import cancel
from pipeline.steps.submitting import Submission, submit
from pipeline.steps.watching import resume


def handler(event: dict[str, Any], context: object) -> Answer:
    """Handle an API Gateway WebSocket event (CONNECT or MESSAGE)."""
    with log.invocation("OnConnect", event, context):
        return handle(event, wired_ports())


def handle(event: Mapping[str, Any], ports: Ports) -> Answer:
    """Answer a handshake by its status, and a message by a message."""
    if event["requestContext"]["eventType"] == "CONNECT":
        return refused_as_rest(event, lambda: _connect(event, ports))
    envelope = open_envelope(event.get("body"))
    try:
        return socket_answer(encode(_answer(event, envelope, ports)))
    except Refusal as refusal:
        return socket_answer(encode(_error(envelope, refusal)))


def _connect(event: Mapping[str, Any], ports: Ports) -> Answer:
    caller, connection_id = caller_of(event), event["requestContext"]["connectionId"]
    asked = query_in_address(event.get("multiValueQueryStringParameters") or {})
    if asked is None:
        return rest_answer(200, {})
    query_id = asked.query_id or str(uuid.uuid4())
    outcome = submit(ports, Submission(caller, connection_id, query_id, asked.topic_name, asked.parameters))
    if outcome.type == "failed" and outcome.statement_id is None:
        raise Refusal("query_failed", outcome.message)  # nothing runs, so no notice will come
    return rest_answer(200, {})


def _answer(event: Mapping[str, Any], envelope: Envelope, ports: Ports) -> ServerMessage:
    message = parse_client_message(envelope)
    caller, connection_id = caller_of(event), event["requestContext"]["connectionId"]
    if isinstance(message, Run):
        return submit(ports, _submission(caller, connection_id, message))
    if isinstance(message, Resume):
        return resume(ports, caller, connection_id, message.query_ids)
    if isinstance(message, Cancel):
        return cancel(ports, caller, message.query_id)
    raise Refusal("unknown_action", "ping is answered by its own route.", "action")


def _submission(caller: Caller, connection_id: str, run: Run) -> Submission:
    return Submission(caller, connection_id, run.query_id, run.topic_name, run.parameters)


def _error(envelope: Envelope, refusal: Refusal) -> Error:
    return Error(
        envelope.action, envelope.query_id, refusal.code, refusal.field, refusal.message, refusal.retryable
    )
