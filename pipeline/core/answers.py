"""The shapes that API Gateway expects back from a Lambda function."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from pipeline.core.errors import Refusal, error_body

Answer = dict[str, Any]

_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def socket_answer(text: str) -> Answer:
    """Answer a WebSocket message; its status must be 200, since API Gateway may replace any other body."""
    return {"statusCode": 200, "body": text}


def rest_answer(status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Answer:
    """Answer a REST request; no answer may be kept by anything on its way."""
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", "Cache-Control": "no-store", **(headers or {})},
        "body": _ENCODER.encode(body),
    }


def refused_as_rest(event: Mapping[str, Any], answer: Callable[[], Answer]) -> Answer:
    """Give an answer, or the body of the refusal that it raises."""
    try:
        return answer()
    except Refusal as refusal:
        request_id = event.get("requestContext", {}).get("requestId")
        return rest_answer(refusal.status, error_body(refusal, request_id))
