"""Requests and answers of the gateway's port, apart from how ASGI carries them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from infra.local.gateway.limits import MAXIMUM_BODY_BYTES

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = Sequence[tuple[str, str]]

JSON = (("Content-Type", "application/json"),)


class BodyTooLargeError(ValueError):
    """A request's body is longer than API Gateway takes."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request or a handshake. `path` is decoded, `raw_path` as sent; header names are in the client's case."""

    method: str
    path: str
    raw_path: str
    query: tuple[tuple[str, str], ...]
    headers: Headers
    source_ip: str
    body: bytes = b""

    @classmethod
    def from_scope(cls, scope: Scope, body: bytes = b"") -> Request:
        """Take a request from its ASGI scope (the query is decoded: fact RP-6)."""
        client = scope.get("client")
        raw_headers = scope["state"].get("raw_headers", scope["headers"])
        return cls(
            method=scope.get("method", "GET"),
            path=scope["path"],
            raw_path=scope["raw_path"].decode("latin-1"),
            query=tuple(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)),
            headers=[(name.decode("latin-1"), value.decode("latin-1")) for name, value in raw_headers],
            source_ip=client[0] if client else "",
            body=body,
        )

    def header(self, name: str) -> str | None:
        """Find a header; names are compared without case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def parameter(self, name: str) -> str | None:
        """Give the last value of a query parameter."""
        return dict(self.query).get(name)


@dataclass(frozen=True, slots=True)
class Response:
    """An answer."""

    status: int
    headers: Headers = field(default=JSON)
    body: bytes = b""


def json_response(status: int, body: Mapping[str, Any], headers: Headers = ()) -> Response:
    """Answer with JSON."""
    return Response(status, (*JSON, *headers), json.dumps(body).encode())


async def read_body(receive: Receive) -> bytes:
    """Read the whole body of a request.

    Raises:
        BodyTooLargeError: it is longer than 10 MB.
    """
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MAXIMUM_BODY_BYTES:
            raise BodyTooLargeError
    return bytes(body)


async def send_half(send: Send, response: Response) -> None:
    """Send an answer up to the middle of its body; whoever calls breaks the connection then."""
    await _start(send, response, "http")
    half = response.body[: len(response.body) // 2]
    await send({"type": "http.response.body", "body": half, "more_body": True})


async def send_response(send: Send, response: Response, prefix: str = "http") -> None:
    """Send an answer; `prefix` is `websocket.http` where it refuses a handshake."""
    await _start(send, response, prefix)
    await send({"type": f"{prefix}.response.body", "body": response.body})


async def _start(send: Send, response: Response, prefix: str) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers]
    headers.append((b"Content-Length", str(len(response.body)).encode()))
    await send({"type": f"{prefix}.response.start", "status": response.status, "headers": headers})
