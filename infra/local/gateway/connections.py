"""The open connections of the WebSocket API. Everything here runs on the gateway's event loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from infra.local.gateway.http import Send
from infra.local.gateway.socket_events import Handshake

# AWS answers 429 when a client does not take what is sent to it; how long it waits is not documented.
_LONGEST_SEND_SECONDS = 2.0

NORMAL = 1000
GOING_AWAY = 1001
ABNORMAL = 1006


class BusyError(RuntimeError):
    """The client's socket is full."""


class Connection:
    """One accepted connection."""

    def __init__(self, handshake: Handshake, send: Send, abort: Callable[[], None]) -> None:
        self.handshake = handshake
        self.last_active = time.time()
        self.closed_with: tuple[int, str] | None = None
        self._send = send
        self._abort = abort

    def touch(self) -> None:
        """Note that a message went by."""
        self.last_active = time.time()

    async def send_text(self, text: str) -> None:
        """Send one text frame.

        Raises:
            BusyError: the client does not take it.
        """
        try:
            async with asyncio.timeout(_LONGEST_SEND_SECONDS):
                await self._send({"type": "websocket.send", "text": text})
        except TimeoutError as error:
            raise BusyError from error
        self.touch()

    async def close(self, code: int, reason: str = "") -> None:
        """Close from this side; a second close does nothing."""
        if self.closed_with is None:
            self.closed_with = (code, reason)
            await self._send({"type": "websocket.close", "code": code, "reason": reason})

    def cut(self) -> None:
        """Break the connection without a word, as a network does."""
        self.closed_with = (ABNORMAL, "")
        self._abort()


class Connections:
    """Who is connected now."""

    def __init__(self) -> None:
        self._open: dict[str, Connection] = {}

    def add(self, connection: Connection) -> None:
        """Take in a connection whose handshake is complete: before that, a post to it gets 410."""
        self._open[connection.handshake.connection_id] = connection

    def remove(self, connection: Connection) -> None:
        """Forget a connection that has ended."""
        self._open.pop(connection.handshake.connection_id, None)

    def find(self, connection_id: str) -> Connection | None:
        """Find an open connection; one that is being closed is gone already."""
        connection = self._open.get(connection_id)
        return connection if connection and connection.closed_with is None else None

    def cut(self, number: int) -> int:
        """Break up to that many connections, the oldest first; give how many there were."""
        chosen = list(self._open.values())[:number]
        for connection in chosen:
            connection.cut()
        return len(chosen)

    async def close_all(self) -> None:
        """Close every connection, as the server goes away."""
        closing = [connection.close(GOING_AWAY, "Going away") for connection in self._open.values()]
        await asyncio.gather(*closing, return_exceptions=True)

    def describe(self, connection: Connection) -> dict[str, Any]:
        """Describe a connection as GetConnection does; instants in ISO 8601."""
        handshake = connection.handshake
        return {
            "connectedAt": _instant(handshake.opened_at),
            "lastActiveAt": _instant(connection.last_active),
            "identity": {"sourceIp": handshake.source_ip, "userAgent": handshake.user_agent or ""},
        }


def _instant(epoch: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch))
