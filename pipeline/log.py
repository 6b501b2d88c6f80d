"""Structured logs: one JSON object a line, with the ids by which a query can be followed. Never a token."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

_logger = logging.getLogger("pipeline")


def set_level(level: str) -> None:
    """Say from which level on the pipeline logs; AWS sets the root's to WARNING.

    Raises:
        ValueError: there is no such level.
    """
    _logger.setLevel(level)


def info(event: str, **ids: Any) -> None:
    """Log that something happened."""
    _log(logging.INFO, event, ids)


def warning(event: str, **ids: Any) -> None:
    """Log that something went otherwise than it should, and was dealt with."""
    _log(logging.WARNING, event, ids)


@contextmanager
def invocation(
    function: str, event: Mapping[str, Any], context: Any, expected: type[Exception] | tuple[()] = ()
) -> Iterator[None]:
    """Log an invocation that raises, with its ids; the exception goes on to whoever invoked it.

    An `expected` exception is an answer, and is not logged as a failure.
    """
    try:
        yield
    except expected:
        raise
    except Exception:
        ids = {"function": function, "request_id": getattr(context, "aws_request_id", None), **_ids(event)}
        _logger.exception(_line("invocation_failed", ids))
        raise


def _log(level: int, event: str, ids: Mapping[str, Any]) -> None:
    if _logger.isEnabledFor(level):
        _logger.log(level, _line(event, ids))


def _ids(event: Mapping[str, Any]) -> dict[str, Any]:
    context = event.get("requestContext") or {}
    detail = event.get("detail") or {}
    return {
        "connection_id": context.get("connectionId"),
        "route": context.get("routeKey") or context.get("resourcePath"),
        "statement_id": detail.get("statementId"),
        "statement_name": detail.get("statementName"),
    }


def _line(event: str, ids: Mapping[str, Any]) -> str:
    return json.dumps({"event": event, **{name: value for name, value in ids.items() if value is not None}})
