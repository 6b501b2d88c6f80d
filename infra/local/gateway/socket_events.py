"""The events that the WebSocket API hands to functions; pure, shaped as recorded (facts WS-1 to WS-9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from infra.local.gateway import event_parts as parts
from infra.local.gateway.http import Request

Event = dict[str, Any]

_HOP_HEADERS = frozenset({"connection", "upgrade", "content-length"})


@dataclass(frozen=True, slots=True)
class Handshake:
    """What a connection keeps of its opening for the rest of its life; `opened_at` in seconds since the epoch."""

    connection_id: str
    api_id: str
    stage: str
    domain: str
    source_ip: str
    user_agent: str | None
    opened_at: float
    authorizer: Mapping[str, Any] = field(default_factory=dict)


def connect_event(handshake: Handshake, request: Request, port: int, request_id: str, now: float) -> Event:
    """Make the event of `$connect`: query keys are missing where there is no query (fact WS-1)."""
    kept = [(name, value) for name, value in request.headers if name.lower() not in _HOP_HEADERS]
    headers = parts.forwarded(kept, request.source_ip, port, handshake.opened_at)  # fact WS-3
    return {
        **_header_maps(headers),
        **(_query_maps(request) if request.query else {}),
        "requestContext": _context(handshake, "$connect", "CONNECT", request_id, now),
        "isBase64Encoded": False,
    }


def authorizer_event(
    handshake: Handshake, request: Request, port: int, arn: str, request_id: str, now: float
) -> Event:
    """Make the event of a REQUEST authorizer on `$connect` (fact WS-9)."""
    headers = parts.forwarded(request.headers, request.source_ip, port, handshake.opened_at)
    return {
        "type": "REQUEST",
        "methodArn": arn,
        **_header_maps([*headers, ("content-length", "0")]),
        **_query_maps(request),
        "stageVariables": {},
        "requestContext": _context(handshake, "$connect", "CONNECT", request_id, now),
    }


def message_event(handshake: Handshake, route_key: str, body: str, request_id: str, now: float) -> Event:
    """Make the event of a message: no headers, the body byte for byte (fact WS-7)."""
    context = _context(handshake, route_key, "MESSAGE", request_id, now)
    return {
        "requestContext": {**context, "messageId": parts.new_id()},
        "body": body,
        "isBase64Encoded": False,
    }


def disconnect_event(handshake: Handshake, code: int, reason: str, request_id: str, now: float) -> Event:
    """Make the event of `$disconnect`: of the headers only a stub is left (fact WS-4)."""
    context = _context(handshake, "$disconnect", "DISCONNECT", request_id, now)
    stub = [("Host", handshake.domain), ("x-api-key", ""), ("X-Forwarded-For", ""), ("x-restapi", "")]
    return {
        **_header_maps(stub),
        "requestContext": {**context, "disconnectStatusCode": code, "disconnectReason": reason},
        "isBase64Encoded": False,
    }


def _context(handshake: Handshake, route_key: str, event_type: str, request_id: str, now: float) -> Event:
    """Make `requestContext` (fact WS-2); `authorizer` is there when one ran."""
    agent = {} if handshake.user_agent is None else {"userAgent": handshake.user_agent}
    context: Event = {
        "routeKey": route_key,
        "eventType": event_type,
        "extendedRequestId": request_id,
        "requestTime": parts.request_time(now),
        "messageDirection": "IN",
        "stage": handshake.stage,
        "connectedAt": parts.milliseconds(handshake.opened_at),
        "requestTimeEpoch": parts.milliseconds(now),
        "identity": {**agent, "sourceIp": handshake.source_ip},
        "requestId": request_id,
        "domainName": handshake.domain,
        "connectionId": handshake.connection_id,
        "apiId": handshake.api_id,
    }
    return {**context, "authorizer": dict(handshake.authorizer)} if handshake.authorizer else context


def _header_maps(headers: list[tuple[str, str]]) -> Event:
    return {
        "headers": parts.single_values(headers),
        "multiValueHeaders": parts.multiple_values(headers),
    }


def _query_maps(request: Request) -> Event:
    return {
        "queryStringParameters": parts.single_values(request.query),
        "multiValueQueryStringParameters": parts.multiple_values(request.query),
    }
