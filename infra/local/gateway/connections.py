"""The open connections of the WebSocket API. Everything here runs on the gateway's event loop."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Any

from infra.local.console.feed import Feed
from infra.local.gateway.http import Message, Send
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

    def __init__(
        self, handshake: Handshake, send: Send, transport: asyncio.Transport, messages_at_once: int
    ) -> None:
        self.handshake = handshake
        self.turns = asyncio.Semaphore(messages_at_once)
        self.last_active = time.time()
        self.closed_with: tuple[int, str] | None = None
        self._send = send
        self._transport = transport
        self._held: list[Message] | None = None

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
                await self._deliver({"type": "websocket.send", "text": text})
        except TimeoutError as error:
            raise BusyError from error
        self.touch()

    async def close(self, code: int, reason: str = "") -> None:
        """Close from this side; a second close does nothing, nor does one that comes after the other side's."""
        if self.closed_with is None:
            self._end(code, reason)
            with suppress(OSError):
                await self._deliver({"type": "websocket.close", "code": code, "reason": reason})

    def cut(self) -> None:
        """Break the connection without a word, as a network does."""
        self._end(ABNORMAL, "")
        self._transport.abort()

    def _end(self, code: int, reason: str) -> None:
        self.closed_with = (code, reason)
        self.turns.release()  # so that nobody waits for one

    def freeze(self) -> None:
        """Read nothing and hold back what is sent, as a network does that has stopped without closing."""
        self._transport.pause_reading()
        self._held = []

    async def thaw(self) -> None:
        """Go on, and send what was held back."""
        held, self._held = self._held or [], None
        self._transport.resume_reading()
        for message in held:
            await self._send(message)

    async def _deliver(self, message: Message) -> None:
        if self._held is None:
            await self._send(message)
        else:
            self._held.append(message)


class Connections:
    """Who is connected now."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._open: dict[str, Connection] = {}
        self._thaws: set[asyncio.Task[None]] = set()

    def add(self, connection: Connection) -> None:
        """Take in a connection whose handshake is complete: before that, a post to it gets 410."""
        self._open[connection.handshake.connection_id] = connection
        self._tell(connection, "opens")

    def remove(self, connection: Connection) -> None:
        """Forget a connection that has ended."""
        self._open.pop(connection.handshake.connection_id, None)
        code, _ = connection.closed_with or (ABNORMAL, "")
        self._tell(connection, f"ends with {code}")

    def find(self, connection_id: str) -> Connection | None:
        """Find an open connection; one that is being closed is gone already."""
        connection = self._open.get(connection_id)
        return connection if connection and connection.closed_with is None else None

    def cut(self, number: int) -> int:
        """Break up to that many connections, the newest first; give how many there were.

        An old one may belong to a page that somebody has left.
        """
        chosen = list(reversed(self._open.values()))[:number]
        for connection in chosen:
            connection.cut()
        return len(chosen)

    def freeze(self, seconds: float) -> None:
        """Freeze the connections that are open now, for that long."""
        frozen = list(self._open.values())
        for connection in frozen:
            connection.freeze()
        task = asyncio.get_running_loop().create_task(_thaw_later(frozen, seconds))
        self._thaws.add(task)
        task.add_done_callback(self._thaws.discard)

    async def close_all(self) -> None:
        """Close every connection, as the server goes away."""
        closing = [connection.close(GOING_AWAY, "Going away") for connection in self._open.values()]
        await asyncio.gather(*closing, return_exceptions=True)

    def _tell(self, connection: Connection, what: str) -> None:
        self._feed.tell("socket", f"{connection.handshake.connection_id} {what}; {len(self._open)} open")

    def describe(self, connection: Connection) -> dict[str, Any]:
        """Describe a connection as GetConnection does; instants in ISO 8601."""
        handshake = connection.handshake
        return {
            "connectedAt": _instant(handshake.opened_at),
            "lastActiveAt": _instant(connection.last_active),
            "identity": {"sourceIp": handshake.source_ip, "userAgent": handshake.user_agent or ""},
        }


async def _thaw_later(frozen: list[Connection], seconds: float) -> None:
    await asyncio.sleep(seconds)
    await asyncio.gather(*(connection.thaw() for connection in frozen))


def _instant(epoch: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch))
