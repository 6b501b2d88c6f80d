"""The gateway's port as one ASGI application: what a path leads to."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from infra.local.console.feed import Feed
from infra.local.console.page import stream
from infra.local.faults import Faults
from infra.local.gateway import local_pages
from infra.local.gateway.gateway_responses import TOO_LARGE
from infra.local.gateway.http import (
    BodyTooLargeError,
    Receive,
    Request,
    Response,
    Scope,
    Send,
    json_response,
    read_body,
    send_half,
    send_response,
)
from infra.local.gateway.local_pages import LocalPages
from infra.local.gateway.management import Management
from infra.local.gateway.rest import Rest
from infra.local.gateway.sockets import Sockets
from infra.local.hosts import host_refusal

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gateway:
    """The applications behind the port. An instance is an ASGI application."""

    stage: str
    sockets: Sockets
    management: Management
    rest: Rest
    pages: LocalPages
    faults: Faults
    feed: Feed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection or one request."""
        refusal = stranger(scope)
        if refusal is not None:
            prefix = "websocket.http" if scope["type"] == "websocket" else "http"
            await send_response(send, refusal, prefix)
        elif scope["type"] == "websocket":
            await self.sockets.serve(scope, receive, send)
        elif (scope["method"], scope["path"]) == ("GET", local_pages.STREAM):
            await stream(self.feed, receive, send)
        else:
            await self._serve(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._answer(scope, receive)
        is_page = scope["path"].startswith(f"/{self.stage}/results/") and response.status == 200
        if is_page and self.faults.take("results", "cut"):
            await send_half(send, response)
            scope["state"]["transport"].abort()
            await receive()  # the end of the connection, so that the server does not miss the rest
            return
        await send_response(send, response)

    async def _answer(self, scope: Scope, receive: Receive) -> Response:
        try:
            request = Request.from_scope(scope, await read_body(receive))
        except BodyTooLargeError:
            return self.rest.refusal(Request.from_scope(scope), TOO_LARGE)
        try:
            return await self._route(request)
        except Exception:  # noqa: BLE001 - a gateway answers 500 and goes on, whatever failed
            _log.exception("%s %s failed inside the gateway.", request.method, request.path)
            return json_response(500, {"message": "Internal server error"})

    async def _route(self, request: Request) -> Response:
        base = f"/{self.stage}"
        connections = f"{base}/@connections/"
        if request.path.startswith(local_pages.PREFIX):
            return self.pages.answer(request)
        if request.path.rstrip("/") == base:
            return _upgrade_required()
        if request.path.startswith(connections):
            return await self.management.answer(request, request.path.removeprefix(connections))
        return await self.rest.answer(request)


def stranger(scope: Scope) -> Response | None:
    """Refuse a request that was sent to another name than this machine's own; None for every other."""
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"host"]
    sentence = host_refusal(hosts[0] if hosts else "")
    return json_response(403, {"message": sentence}) if sentence else None


def _upgrade_required() -> Response:
    """Answer plain HTTP at the WebSocket API's address."""
    return json_response(426, {"message": "Upgrade Required"}, [("Upgrade", "websocket")])
