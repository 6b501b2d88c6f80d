"""What a proxy integration may answer, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest

from infra.local.gateway.proxy_answers import BadAnswerError, http_answer

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("payload", "status", "body"),
    [
        ({"statusCode": 204}, 204, b""),
        ({"statusCode": "201", "body": "x"}, 201, b"x"),
        ({"headers": {"X-A": "b"}}, 200, b""),
        ({"headers": None, "multiValueHeaders": None, "body": None}, 200, b""),
        ({"body": "aGVsbG8=", "isBase64Encoded": True}, 200, b"aGVsbG8="),
    ],
)
def test_nothing_is_mandatory(payload: dict[str, Any], status: int, body: bytes) -> None:
    answer = http_answer(payload)  # fact RP-9
    assert (answer.status, answer.body) == (status, body)


@pytest.mark.parametrize(
    "payload",
    [
        {"statusCode": 200, "extra": 1},
        {"statusCode": "test"},
        {"statusCode": None},
        "a text",
        None,
        {"multiValueHeaders": {"X-A": "no list"}},
        {"headers": {"X-A": {"a": 1}}},
        {"headers": "no map"},
        {"body": {"a": 1}},
    ],
)
def test_another_shape_is_malformed(payload: Any) -> None:
    with pytest.raises(BadAnswerError):  # fact RP-10
        http_answer(payload)


def test_both_header_maps_are_joined_many_values_first() -> None:
    answer = http_answer(
        {"multiValueHeaders": {"x-Many": ["a", "b"]}, "headers": {"X-MANY": "c", "X-One": True}}
    )
    headers = dict(answer.headers)  # fact RP-11
    assert (headers["x-Many"], headers["X-One"]) == ("a, b, c", "true")
    assert "X-MANY" not in headers


@pytest.mark.parametrize(
    ("headers", "expected"), [({}, "application/json"), ({"content-TYPE": "text/csv"}, "text/csv")]
)
def test_the_content_type_is_json_unless_it_is_given(headers: dict[str, str], expected: str) -> None:
    answer = http_answer({"headers": headers})  # fact RP-12
    assert [value for name, value in answer.headers if name.lower() == "content-type"] == [expected]
