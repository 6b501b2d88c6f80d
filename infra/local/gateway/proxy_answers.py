"""From the answer of a Lambda proxy integration to an HTTP answer (facts RP-9 to RP-12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infra.local.gateway.http import Response

_MEMBERS = frozenset({"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"})


class BadAnswerError(ValueError):
    """An answer that API Gateway does not take: it answers 502 in its place."""


def http_answer(payload: Any) -> Response:
    """Read a function's answer.

    Raises:
        BadAnswerError: it has another shape than a proxy integration wants (fact RP-10).
    """
    if not isinstance(payload, Mapping):
        raise BadAnswerError("the answer is no object")
    unknown = set(payload) - _MEMBERS
    if unknown:
        raise BadAnswerError(f"the answer has the unknown key {min(unknown)}")
    headers = _headers(payload.get("headers"), payload.get("multiValueHeaders"))
    # fact RP-9: without a binary media type, base64 text is delivered as it is.
    return Response(status_code(payload), list(headers.values()), _body(payload.get("body")))


def status_code(payload: Mapping[str, Any]) -> int:
    """Read the status of an answer: 200 where it is missing, and text is fine (fact RP-9).

    Raises:
        BadAnswerError: it is no number.
    """
    try:
        return int(payload.get("statusCode", 200))
    except (TypeError, ValueError) as error:
        raise BadAnswerError("statusCode is no number") from error


def _body(body: Any) -> bytes:
    if body is None:
        return b""
    if not isinstance(body, str):
        raise BadAnswerError("body is no text")
    return body.encode()


def _headers(single: Any, multiple: Any) -> dict[str, tuple[str, str]]:
    """Join both maps, by name in lower case: the many values first, in their spelling (fact RP-11)."""
    headers: dict[str, tuple[str, str]] = {}
    for name, values in _map(multiple).items():
        if not isinstance(values, list):
            raise BadAnswerError("multiValueHeaders holds a value that is no list")
        headers[name.lower()] = (name, ", ".join(map(_text, values)))
    for name, value in _map(single).items():
        spelling, before = headers.get(name.lower(), (name, ""))
        headers[name.lower()] = (spelling, f"{before}, {_text(value)}" if before else _text(value))
    headers.setdefault("content-type", ("Content-Type", "application/json"))  # fact RP-12
    return headers


def _map(value: Any) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise BadAnswerError("headers are no object")
    return value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str | int | float):
        raise BadAnswerError("a header's value is no text")
    return str(value)
