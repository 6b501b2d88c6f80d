"""What the pipeline refuses, and how a refusal travels.

There is one exception for everything that a caller is told: `Refusal`. Its `code` is stable and public
(docs/errors.md); `CODES` says which HTTP status it becomes and whether the same request may be repeated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Code:
    """How a code is told: `status` over HTTP, `retryable` when the same request may succeed later."""

    status: int
    retryable: bool


_SHOWN_LENGTH = 64

CODES: Mapping[str, Code] = MappingProxyType(
    {
        "invalid_message": Code(400, retryable=False),
        "unknown_action": Code(400, retryable=False),
        "invalid_request": Code(400, retryable=False),
        "missing_parameter": Code(400, retryable=False),
        "unknown_parameter": Code(400, retryable=False),
        "duplicate_parameter": Code(400, retryable=False),
        "invalid_parameter": Code(400, retryable=False),
        "out_of_range": Code(400, retryable=False),
        "unauthorized": Code(401, retryable=False),
        "forbidden": Code(403, retryable=False),
        "unknown_report": Code(404, retryable=False),
        "report_invalid": Code(409, retryable=False),
        "not_found": Code(404, retryable=False),
        "query_conflict": Code(409, retryable=False),
        "query_failed": Code(409, retryable=False),
        "query_cancelled": Code(409, retryable=False),
        "result_expired": Code(410, retryable=False),
        "too_many_queries": Code(429, retryable=True),
        "rate_limited": Code(429, retryable=True),
        "warehouse_busy": Code(503, retryable=True),
        "warehouse_unavailable": Code(503, retryable=True),
        "sql_error": Code(409, retryable=False),
        "deadline_exceeded": Code(409, retryable=True),
        "result_too_large": Code(413, retryable=False),
        "not_started": Code(409, retryable=True),
        "internal_error": Code(500, retryable=True),
    }
)


class Refusal(Exception):
    """A request that is refused: `code` from `CODES`, a sentence for a person, and the `field` at fault."""

    def __init__(self, code: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.status = CODES[code].status
        self.retryable = CODES[code].retryable


def shown(name: str) -> str:
    """Repeat a name that a stranger chose, in a form that can be shown and sent: short and in plain letters."""
    return "".join(c if c.isprintable() and c.isascii() else "?" for c in name[:_SHOWN_LENGTH])


def error_body(refusal: Refusal, request_id: str | None) -> dict[str, Any]:
    """Give the body of every REST error; `requestId` is what the data team looks up in the logs."""
    return {
        "error": {
            "code": refusal.code,
            "field": refusal.field,
            "message": refusal.message,
            "requestId": request_id,
        }
    }
