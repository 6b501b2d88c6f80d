"""uvicorn's protocols, with what API Gateway needs beyond ASGI: headers as they were sent, limits, ends by a code."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.wsproto_impl import WSProtocol
from uvicorn.server import ServerState
from wsproto.connection import ConnectionState
from wsproto.events import CloseConnection, Ping, Request

from infra.local.gateway.frames import FrameConnection
from infra.local.gateway.handshakes import is_handshake

State = dict[str, Any]


class GatewayConfig(Config):
    """uvicorn's configuration, and how long a request may take to be sent."""

    def __init__(self, app: Any, opening_seconds: float, **others: Any) -> None:
        super().__init__(app, **others)
        self.opening_seconds = opening_seconds


class GatewayHttpProtocol(H11Protocol):
    """Puts `transport` and `raw_headers` into the scope's state: names in the client's case (fact RP-7).

    A request that does not come to its end is not waited for.
    """

    def __init__(
        self,
        config: GatewayConfig,
        server_state: ServerState,
        app_state: State,
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        state = dict(app_state)
        super().__init__(config, server_state, state, _loop)
        self.conn = _Headers(state)
        self._opening_seconds = config.opening_seconds
        self._opening: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """See `asyncio.Protocol`."""
        super().connection_made(transport)
        self.app_state["transport"] = transport
        self._watch_opening()

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        super().data_received(data)
        if self.transport.get_protocol() is self:  # no WebSocket by now
            self._watch_opening()

    def connection_lost(self, exc: Exception | None) -> None:
        """See `asyncio.Protocol`."""
        super().connection_lost(exc)
        self._end_opening()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Hand the connection over to the WebSocket protocol, or refuse what cannot be read."""
        self._end_opening()
        if is_handshake(event.http_version, self.headers):
            self.app_state["sent_early"] = self.conn.trailing_data[0]
            super().handle_websocket_upgrade(event)
        else:
            self.send_400_response("Invalid WebSocket handshake.")

    def _watch_opening(self) -> None:
        """Close the connection in time, unless the request that is being sent comes to its end."""
        if self.conn.their_state not in {h11.IDLE, h11.SEND_BODY}:
            self._end_opening()
        elif self._opening is None:
            self._opening = self.loop.call_later(self._opening_seconds, self.transport.close)

    def _end_opening(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None


class GatewaySocketProtocol(WSProtocol):
    """Puts `transport` into the scope's state, and closes with its code what sends a wrong frame.

    A frame is looked at when the application asks for it, and not before the 101: until then nothing more is read.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: State,
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, dict(app_state), _loop)
        self.conn = FrameConnection()
        self.queue: asyncio.Queue[Any] = asyncio.Queue()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """See `asyncio.Protocol`."""
        super().connection_made(transport)
        self.app_state["transport"] = transport

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        if not self.close_sent:
            super().data_received(data)

    def handle_connect(self, event: Request) -> None:
        """Begin with a handshake; what the client sends before its answer waits in the network."""
        super().handle_connect(event)
        self.transport.pause_reading()

    def handle_ping(self, event: Ping) -> None:
        """Let a ping wait for its turn, as a message does: a client may send them without end."""
        self.queue.put_nowait(event)
        self.read_paused = True
        self.transport.pause_reading()

    async def receive(self) -> Any:
        """Give what the application has to know next."""
        while isinstance(event := await self._next(), Ping):
            # RFC 6455, section 5.5.3: of several pings the last may be the only one that is answered.
            if self.writable.is_set() and not self.close_sent:
                self.transport.write(self.conn.send(event.response()))
            await asyncio.sleep(0)  # the turn of everybody else
        return event

    async def _next(self) -> Any:
        """Take what comes next, from the frames that are here if they have it."""
        if self.queue.empty():
            self.handle_events()
        if self.queue.empty() and self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        return await self.queue.get()

    async def send(self, message: Any) -> None:
        """Send what the application says.

        Raises:
            ClientDisconnected: the connection is being closed, whoever began with that.
        """
        if self.close_sent:
            raise ClientDisconnected
        if message["type"] == "websocket.close":
            self._close(message["code"], message["reason"])
            return
        is_opening = not self.handshake_complete
        await super().send(message)
        if is_opening:
            self.transport.resume_reading()
        if is_opening and self.conn.connection is not None:
            self.data_received(self.app_state["sent_early"])

    def handle_close(self, event: CloseConnection) -> None:
        """Take the end of the connection: the client's close, or a frame that cannot be read (not UTF-8: 1007)."""
        if self.conn.state is ConnectionState.OPEN:
            # Nobody has said so yet: uvicorn would only drop the connection.
            self._close(event.code, event.reason or "")
            return
        super().handle_close(event)

    def _close(self, code: int, reason: str) -> None:
        """Close with a code, and read on in vain: bytes left unread would make TCP drop the code on its way."""
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        if not self.transport.is_closing():
            self.transport.write(self.conn.send(CloseConnection(code=code, reason=reason)))
            self.transport.write_eof()
            self.transport.resume_reading()
            self.close_timer = self.loop.call_later(self.close_timeout, self.transport.close)


class _Headers(h11.Connection):
    """An HTTP connection that keeps the headers of each request as they were sent."""

    def __init__(self, state: State) -> None:
        super().__init__(h11.SERVER)
        self._state = state

    def next_event(self) -> Any:
        event = super().next_event()
        if isinstance(event, h11.Request):
            self._state["raw_headers"] = event.headers.raw_items()
        return event
