"""The REST proxy events, key by key as recorded."""

from __future__ import annotations

import pytest

from infra.local.gateway.http import Request
from infra.local.gateway.rest_events import RestCall, proxy_event, rest_authorizer_event
from infra.local.wiring import RestApi
from tests.infra.local.wirings import REST_METHODS

pytestmark = pytest.mark.fast

TOP_KEYS = {
    "body",
    "headers",
    "httpMethod",
    "isBase64Encoded",
    "multiValueHeaders",
    "multiValueQueryStringParameters",
    "path",
    "pathParameters",
    "queryStringParameters",
    "requestContext",
    "resource",
    "stageVariables",
}
CONTEXT_KEYS = {
    "accountId",
    "apiId",
    "deploymentId",
    "domainName",
    "domainPrefix",
    "extendedRequestId",
    "httpMethod",
    "identity",
    "path",
    "protocol",
    "requestId",
    "requestTime",
    "requestTimeEpoch",
    "resourceId",
    "resourcePath",
    "stage",
}
IDENTITY_KEYS = {
    "accessKey",
    "accountId",
    "caller",
    "cognitoAuthenticationProvider",
    "cognitoAuthenticationType",
    "cognitoIdentityId",
    "cognitoIdentityPoolId",
    "principalOrgId",
    "sourceIp",
    "user",
    "userAgent",
    "userArn",
}


def call(query: tuple[tuple[str, str], ...] = (), body: bytes = b"") -> RestCall:
    api = RestApi("Rest", "rest1", "prod", REST_METHODS, {})
    request = Request("GET", "/prod/open", "/prod/open", query, [("Host", "h:1")], "127.0.0.1", body)
    return RestCall(api, REST_METHODS[1], request, "/open", {}, "r1", 8787, 1708326702.0)


def test_what_is_missing_is_null() -> None:
    event = proxy_event(call(), None)
    assert set(event) == TOP_KEYS  # fact RP-1
    for name in (
        "body",
        "queryStringParameters",
        "multiValueQueryStringParameters",
        "pathParameters",
        "stageVariables",
    ):
        assert event[name] is None


def test_the_context_has_exactly_the_recorded_keys() -> None:
    context = proxy_event(call(), None)["requestContext"]
    assert set(context) == CONTEXT_KEYS  # fact RP-2
    assert set(context["identity"]) == IDENTITY_KEYS  # fact RP-3
    assert context["identity"]["userAgent"] is None
    assert (context["protocol"], context["resourcePath"]) == ("HTTP/1.1", "/open")


def test_with_an_authorizer_its_answer_is_in_the_context() -> None:
    context = proxy_event(call(), {"principalId": "ana"})["requestContext"]
    assert set(context) == CONTEXT_KEYS | {"authorizer"}
    assert context["authorizer"] == {"principalId": "ana"}


def test_a_body_and_a_query_arrive() -> None:
    event = proxy_event(call((("a", "1"), ("a", "2")), "grün".encode()), None)
    assert event["body"] == "grün"
    assert event["queryStringParameters"] == {"a": "2"}  # fact RP-5
    assert event["multiValueQueryStringParameters"] == {"a": ["1", "2"]}


def test_the_authorizer_gets_empty_maps_instead_of_null() -> None:
    event = rest_authorizer_event(call(), "arn:x")  # fact WS-10
    assert (event["type"], event["methodArn"]) == ("REQUEST", "arn:x")
    assert event["queryStringParameters"] == event["pathParameters"] == event["stageVariables"] == {}
    assert "body" not in event
