"""The REST API over real HTTP."""

from __future__ import annotations

import json
import socket
import urllib.parse
from typing import Any

import pytest

from infra.local.gateway.limits import SocketLimits
from infra.local.wiring import GatewayResponse
from tests.infra.local import sample_handlers
from tests.infra.local.gateway.rig import Answer, Rig, running
from tests.infra.local.wirings import wiring

INTERNAL = {"message": "Internal server error"}


def answering(rig: Rig, payload: Any) -> Answer:
    return rig.get("/prod/open?answer=" + urllib.parse.quote(json.dumps(payload)))


def authorizer_runs() -> int:
    return sample_handlers.SEEN.qsize()


class TestRouting:
    def test_a_request_reaches_the_function_of_its_method(self, gateway: Rig) -> None:
        event = gateway.get("/prod/items/a%2Bb?x=1&x=2&y=a%2Bb+c", Authorization="ana", tEsT="v").json
        assert event["resource"] == "/items/{itemId}"
        assert event["pathParameters"] == {"itemId": "a%2Bb"}  # fact RP-6: as sent
        assert event["queryStringParameters"] == {"x": "2", "y": "a+b c"}  # facts RP-5, RP-6
        assert event["multiValueQueryStringParameters"] == {"x": ["1", "2"], "y": ["a+b c"]}

    def test_header_names_keep_the_clients_case(self, gateway: Rig) -> None:
        with socket.create_connection(("127.0.0.1", gateway.port), timeout=10) as client:
            client.sendall(
                b"GET /prod/open HTTP/1.1\r\nHost: localhost\r\ntEsT-HEADeR: v\r\nConnection: close\r\n\r\n"
            )
            answer = client.makefile("rb").read()
        assert b'"tEsT-HEADeR": "v"' in answer  # fact RP-7

    def test_the_method_and_body_of_the_client_reach_the_function(self, gateway: Rig) -> None:
        event = gateway.request("POST", "/prod/open", b'{"a": 1}').json
        assert (event["httpMethod"], event["body"]) == ("POST", '{"a": 1}')  # fact RP-8

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/prod/nothing"),
            ("GET", "/test/open"),
            ("GET", "/"),
            ("DELETE", "/prod/open"),
            ("HEAD", "/prod/open"),
        ],
    )
    def test_an_unknown_path_and_a_wrong_method_miss_a_token(
        self, gateway: Rig, method: str, path: str
    ) -> None:
        answer = gateway.request(method, path)
        assert answer.status == 403  # fact RP-14
        assert answer.headers["x-amzn-ErrorType"] == "MissingAuthenticationTokenException"

    def test_slashes_after_the_stage_vanish_from_the_path_only(self, gateway: Rig) -> None:
        event = gateway.get("/prod//open/").json
        assert (event["path"], event["requestContext"]["path"]) == ("/open/", "/prod//open/")  # fact RP-4

    def test_the_answer_carries_the_gateways_ids(self, gateway: Rig) -> None:
        answer = gateway.get("/prod/open")
        assert answer.headers["x-amzn-RequestId"] == answer.json["requestContext"]["requestId"]
        assert {"x-amz-apigw-id", "X-Amzn-Trace-Id"} <= set(answer.headers)  # fact RP-13


class TestAuthorizer:
    @pytest.mark.parametrize(
        ("token", "status"), [("bad", 401), ("denied", 403), ("crash", 500), ("nested", 500)]
    )
    def test_it_refuses_with_its_status(self, gateway: Rig, token: str, status: int) -> None:
        assert gateway.get("/prod/items/1", Authorization=token).status == status

    def test_without_a_token_no_function_runs(self, gateway: Rig) -> None:
        assert gateway.get("/prod/items/1").status == 401
        assert authorizer_runs() == 0

    def test_its_answer_reaches_the_function(self, gateway: Rig) -> None:
        context = gateway.get("/prod/items/1", Authorization="ana").json["requestContext"]["authorizer"]
        assert (context["principalId"], context["owner"], context["level"]) == ("ana", "ana", "3")

    def test_its_answer_is_used_again_for_the_same_token_on_any_path(self, gateway: Rig) -> None:
        for path in ("/prod/items/1", "/prod/items/2"):
            assert gateway.get(path, Authorization="ana").status == 200
        assert authorizer_runs() == 1
        assert gateway.get("/prod/items/1", Authorization="bob").status == 200
        assert authorizer_runs() == 2

    def test_a_refused_token_is_asked_about_each_time(self, gateway: Rig) -> None:
        for _ in range(2):
            assert gateway.get("/prod/items/1", Authorization="bad").status == 401
        assert authorizer_runs() == 2

    def test_without_a_permission_it_cannot_run(self, caplog: pytest.LogCaptureFixture) -> None:
        with running(wiring(without_permission="AuthorizeFunction")) as rig:
            assert rig.get("/prod/items/1", Authorization="ana").status == 500
        assert "AuthorizeFunction: no Lambda::Permission" in caplog.text


class TestAnswers:
    def test_the_functions_answer_is_delivered(self, gateway: Rig) -> None:
        answer = answering(gateway, {"statusCode": "201", "headers": {"X-A": True}, "body": "text"})
        assert (answer.status, answer.headers["X-A"], answer.body) == (201, "true", b"text")  # fact RP-9

    def test_a_malformed_answer_is_502(self, gateway: Rig) -> None:
        answer = gateway.get("/prod/open?answer=text")
        assert (answer.status, answer.json) == (502, INTERNAL)  # fact RP-10
        assert answer.headers["x-amzn-ErrorType"] == "InternalServerErrorException"

    def test_a_handler_that_raises_is_502(self, gateway: Rig) -> None:
        answer = gateway.get("/prod/open?answer=raise")
        assert (answer.status, answer.json) == (502, INTERNAL)

    def test_a_handler_over_its_own_time_is_502(self) -> None:
        with running(wiring(timeout=1)) as rig:
            assert rig.get("/prod/open?answer=wait").status == 502

    def test_a_handler_over_the_gateways_time_is_504(self) -> None:
        with running(wiring(), SocketLimits(integration_seconds=0.2)) as rig:
            answer = rig.get("/prod/open?answer=wait")
        assert (answer.status, answer.json) == (504, {"message": "Endpoint request timed out"})

    def test_without_a_permission_the_request_is_500(self, caplog: pytest.LogCaptureFixture) -> None:
        with running(wiring(without_permission="RestFunction")) as rig:
            assert rig.get("/prod/open").status == 500
        assert "RestFunction: no Lambda::Permission" in caplog.text

    def test_a_body_over_10_mb_is_413(self, gateway: Rig) -> None:
        assert gateway.request("POST", "/prod/open", b"x" * (10 * 1024 * 1024 + 1)).status == 413


def test_the_templates_gateway_response_stands_in_place_of_the_gateways() -> None:
    own = GatewayResponse(
        "UnknownPath",
        "MISSING_AUTHENTICATION_TOKEN",
        404,
        '{"error": {"requestId": "$context.requestId"}}',
        {"Cache-Control": "no-store"},
    )
    with running(wiring(responses={"MISSING_AUTHENTICATION_TOKEN": own})) as rig:
        answer = rig.get("/prod/nothing")
    assert (answer.status, answer.headers["Cache-Control"]) == (404, "no-store")
    assert answer.json == {"error": {"requestId": answer.headers["x-amzn-RequestId"]}}
