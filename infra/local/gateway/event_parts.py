"""What the events of both APIs have in common: times, ids, headers, and maps with one and with many values."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime

Pairs = Iterable[tuple[str, str]]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def single_values(pairs: Pairs) -> dict[str, str]:
    """Give one value for each name: the last (fact RP-5)."""
    return dict(pairs)


def multiple_values(pairs: Pairs) -> dict[str, list[str]]:
    """Give every value of each name, in order."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values


def forwarded(headers: Pairs, source_ip: str, port: int, epoch: float) -> list[tuple[str, str]]:
    """Add the headers that API Gateway adds (facts WS-3, RP-7)."""
    added = {
        "X-Amzn-Trace-Id": trace_id(epoch),
        "X-Forwarded-For": source_ip,
        "X-Forwarded-Port": str(port),
        "X-Forwarded-Proto": "http",
    }
    theirs = {name.lower() for name in added}
    return [pair for pair in headers if pair[0].lower() not in theirs] + list(added.items())


def trace_id(epoch: float) -> str:
    """Make an X-Ray trace id."""
    return f"Root=1-{int(epoch):08x}-{secrets.token_hex(12)}"


def milliseconds(epoch: float) -> int:
    """Give an instant as API Gateway counts it."""
    return int(epoch * 1000)


def request_time(epoch: float) -> str:
    """Give an instant as API Gateway writes it (fact WS-2), in English on every machine."""
    moment = datetime.fromtimestamp(epoch, UTC)
    return f"{moment:%d}/{_MONTHS[moment.month - 1]}/{moment:%Y:%H:%M:%S} +0000"


def new_id() -> str:
    """Make a connection's or request's id: 16 characters, the last `=` (fact WS-2)."""
    return base64.urlsafe_b64encode(secrets.token_bytes(11)).decode()
