"""The WebSocket events, key by key as recorded."""

from __future__ import annotations

import pytest

from infra.local.gateway import socket_events as events
from infra.local.gateway.http import Request

pytestmark = pytest.mark.fast

NOW = 1708326702.345  # 19 February 2024, 07:11:42 UTC
HANDSHAKE = events.Handshake(
    connection_id="L0SM9cOFvHcCIhw=",
    api_id="sockets1",
    stage="prod",
    domain="127.0.0.1:8787",
    source_ip="127.0.0.1",
    user_agent="test/1",
    opened_at=NOW - 0.001,
)
CONTEXT_KEYS = {
    "routeKey",
    "eventType",
    "extendedRequestId",
    "requestTime",
    "messageDirection",
    "stage",
    "connectedAt",
    "requestTimeEpoch",
    "identity",
    "requestId",
    "domainName",
    "connectionId",
    "apiId",
}


def request(query: tuple[tuple[str, str], ...] = ()) -> Request:
    headers = [
        ("Host", "127.0.0.1:8787"),
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Key", "abc"),
        ("x-forwarded-for", "1.2.3.4"),
    ]
    return Request("GET", "/prod", "/prod", query, headers, "127.0.0.1")


def test_connect_without_a_query_has_four_keys() -> None:
    event = events.connect_event(HANDSHAKE, request(), 8787, "r1", NOW)
    assert set(event) == {"headers", "multiValueHeaders", "requestContext", "isBase64Encoded"}  # fact WS-1


def test_connect_with_a_query_has_both_maps() -> None:
    event = events.connect_event(HANDSHAKE, request((("a", "1"), ("a", "2"))), 8787, "r1", NOW)
    assert event["queryStringParameters"] == {"a": "2"}
    assert event["multiValueQueryStringParameters"] == {"a": ["1", "2"]}


def test_the_context_of_connect_has_exactly_the_recorded_keys() -> None:
    context = events.connect_event(HANDSHAKE, request(), 8787, "r1", NOW)["requestContext"]
    assert set(context) == CONTEXT_KEYS  # fact WS-2
    assert context["requestId"] == context["extendedRequestId"] == "r1"
    assert context["requestTime"] == "19/Feb/2024:07:11:42 +0000"
    assert (context["connectedAt"], context["requestTimeEpoch"]) == (1708326702344, 1708326702345)
    assert context["identity"] == {"userAgent": "test/1", "sourceIp": "127.0.0.1"}


def test_the_headers_of_connect_lack_the_upgrade_and_have_the_forwarding() -> None:
    headers = events.connect_event(HANDSHAKE, request(), 8787, "r1", NOW)["headers"]  # fact WS-3
    assert headers["Sec-WebSocket-Key"] == "abc"
    assert not {"Connection", "Upgrade", "x-forwarded-for"} & set(headers)
    assert headers["X-Forwarded-For"] == "127.0.0.1"
    assert headers["X-Amzn-Trace-Id"].startswith("Root=1-65d2ff2e-")


def test_the_authorizer_sees_the_upgrade_and_both_maps() -> None:
    event = events.authorizer_event(HANDSHAKE, request(), 8787, "arn:x", "r1", NOW)  # fact WS-9
    assert (event["type"], event["methodArn"], event["stageVariables"]) == ("REQUEST", "arn:x", {})
    assert event["headers"]["Upgrade"] == "websocket"
    assert event["headers"]["content-length"] == "0"
    assert event["queryStringParameters"] == {}
    assert set(event["requestContext"]) == CONTEXT_KEYS


def test_a_message_has_only_three_keys_and_its_own_id() -> None:
    event = events.message_event(HANDSHAKE, "run", "text", "r1", NOW)  # fact WS-7
    assert set(event) == {"requestContext", "body", "isBase64Encoded"}
    assert set(event["requestContext"]) == CONTEXT_KEYS | {"messageId"}


def test_disconnect_has_a_stub_of_headers_and_says_how_it_ended() -> None:
    event = events.disconnect_event(HANDSHAKE, 1001, "Going away", "r1", NOW)  # fact WS-4
    assert event["headers"] == {
        "Host": "127.0.0.1:8787",
        "x-api-key": "",
        "X-Forwarded-For": "",
        "x-restapi": "",
    }
    assert set(event["multiValueHeaders"]) == set(event["headers"])
    assert set(event["requestContext"]) == CONTEXT_KEYS | {"disconnectStatusCode", "disconnectReason"}


def test_a_client_without_a_user_agent_has_none_in_its_identity() -> None:
    silent = events.Handshake("c", "a", "prod", "h", "127.0.0.1", None, NOW)
    event = events.disconnect_event(silent, 1000, "", "r1", NOW)
    assert event["requestContext"]["identity"] == {"sourceIp": "127.0.0.1"}
