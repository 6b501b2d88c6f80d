from __future__ import annotations

import json

import pytest

from pipeline.core.answers import Answer, refused_as_rest, rest_answer, socket_answer
from pipeline.core.errors import Refusal
from tests.fakes.ports import rest_event

pytestmark = pytest.mark.fast

ALLOWED = {"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}


def refuse() -> Answer:
    raise Refusal("not_found", "There is no such result.")


def test_a_message_is_answered_with_status_200() -> None:
    assert socket_answer("{}") == {"statusCode": 200, "body": "{}"}


def test_a_rest_answer_is_json_that_nobody_keeps() -> None:
    answer = rest_answer(202, {"zone": "Señor"}, {"Retry-After": "2"})
    assert answer["statusCode"] == 202
    assert answer["headers"] == {
        "Content-Type": "application/json",
        "Cache-Control": "no-store",
        "Retry-After": "2",
    }
    assert answer["body"] == '{"zone":"Señor"}'


def test_an_answer_has_no_key_that_api_gateway_does_not_know() -> None:
    # fact RP-10
    assert set(rest_answer(200, {})) <= ALLOWED
    assert set(socket_answer("")) <= ALLOWED


def test_a_refusal_becomes_its_status_and_body_with_the_requests_id() -> None:
    answer = refused_as_rest(rest_event(), refuse)
    assert answer["statusCode"] == 404
    assert json.loads(answer["body"])["error"] == {
        "code": "not_found",
        "field": None,
        "message": "There is no such result.",
        "requestId": "r1",
    }


def test_an_answer_that_is_not_refused_is_given_as_it_is() -> None:
    assert refused_as_rest(rest_event(), lambda: rest_answer(200, {})) == rest_answer(200, {})
