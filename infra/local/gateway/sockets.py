"""The WebSocket API: from a handshake to the end of its connection."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from infra.local.gateway import event_parts as parts
from infra.local.gateway import socket_events as events
from infra.local.gateway.connections import ABNORMAL, GOING_AWAY, Connection, Connections
from infra.local.gateway.http import (
    Message,
    Receive,
    Request,
    Response,
    Scope,
    Send,
    json_response,
    send_response,
)
from infra.local.gateway.limits import MAXIMUM_SOCKET_ADDRESS, SocketLimits
from infra.local.gateway.messages import Messages
from infra.local.gateway.openings import HandshakeRefusedError, Openings
from infra.local.gateway.routing import DISCONNECT

_BINARY_REFUSED = 1003
_NO_CODE = 1005
# AWS: the reason that `$disconnect` is told when a client closed without a code (fact WS-8).
_NO_CODE_REASON = "Client-side close frame status not set"


@dataclass(frozen=True, slots=True)
class SocketPlace:
    """Where the API is: its names, and the port that it is found at."""

    api_id: str
    stage: str
    port: int


class Sockets:
    """Serves connections of the WebSocket API."""

    def __init__(
        self,
        place: SocketPlace,
        openings: Openings,
        messages: Messages,
        connections: Connections,
        limits: SocketLimits,
    ) -> None:
        self._place = place
        self._openings = openings
        self._messages = messages
        self._connections = connections
        self._limits = limits

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection from its handshake to `$disconnect`."""
        await receive()
        request = Request.from_scope(scope)
        if len(scope["raw_path"] + b"?" + scope["query_string"]) > MAXIMUM_SOCKET_ADDRESS:
            await _refuse(send, json_response(414, {"message": "URI Too Long"}))
            return
        if request.path.rstrip("/") != f"/{self._place.stage}":
            await _refuse(send, json_response(403, {"message": "Forbidden"}))
            return
        try:
            handshake = await self._openings.open(self._handshake(request), request)
        except HandshakeRefusedError as refused:
            await _refuse(send, refused.response)
            return
        await send({"type": "websocket.accept", "subprotocol": None, "headers": []})
        connection = Connection(handshake, send, scope["state"]["transport"], self._limits.messages_at_once)
        await self._live(connection, receive)

    async def close_all(self) -> None:
        """Close every connection, as the server goes away."""
        self._messages.stop()
        await self._connections.close_all()

    def _handshake(self, request: Request) -> events.Handshake:
        return events.Handshake(
            connection_id=parts.new_id(),
            api_id=self._place.api_id,
            stage=self._place.stage,
            domain=request.header("host") or "",
            source_ip=request.source_ip,
            user_agent=request.header("user-agent"),
            opened_at=time.time(),
        )

    async def _live(self, connection: Connection, receive: Receive) -> None:
        self._connections.add(connection)
        try:
            code, reason = await self._listen(connection, receive)
        finally:
            self._connections.remove(connection)
        await self._messages.run_silently(
            DISCONNECT,
            connection,
            events.disconnect_event(connection.handshake, code, reason, parts.new_id(), time.time()),
        )

    async def _listen(self, connection: Connection, receive: Receive) -> tuple[int, str]:
        """Take messages until the connection ends; give the code and reason of its end."""
        while True:
            try:
                async with asyncio.timeout(self._seconds_left(connection)):
                    message = await receive()
            except TimeoutError:
                if self._seconds_left(connection) == 0:
                    await connection.close(GOING_AWAY, "Going away")  # fact WS-5
                continue
            if message["type"] == "websocket.disconnect":
                return _end(connection, message)
            await self._take(connection, message)

    async def _take(self, connection: Connection, message: Message) -> None:
        connection.touch()
        text = message.get("text")
        if text is None:
            await connection.close(_BINARY_REFUSED, "Binary is not supported")
            return
        await self._messages.take(connection, text)

    def _seconds_left(self, connection: Connection) -> float | None:
        """Give the time until the idle or the life limit; None once the connection is being closed."""
        if connection.closed_with is not None:
            return None
        now = time.time()
        idle = connection.last_active + self._limits.idle_seconds - now
        life = connection.handshake.opened_at + self._limits.life_seconds - now
        return max(min(idle, life), 0.0)


def _end(connection: Connection, message: Message) -> tuple[int, str]:
    """Say how a connection ended; a side that closed first had the word."""
    if connection.closed_with is not None:
        return connection.closed_with
    connection.closed_with = (message.get("code") or ABNORMAL, message.get("reason") or "")
    code, reason = connection.closed_with
    if code == _NO_CODE and "reason" in message:
        return code, _NO_CODE_REASON
    return (ABNORMAL, "") if code == _NO_CODE else (code, reason)


async def _refuse(send: Send, response: Response) -> None:
    await send_response(send, response, prefix="websocket.http")
