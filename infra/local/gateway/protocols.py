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
from wsproto.events import BytesMessage, CloseConnection, TextMessage
from wsproto.frame_protocol import CloseReason

from infra.local.gateway.handshakes import is_handshake
from infra.local.gateway.limits import MAXIMUM_FRAME_BYTES, MAXIMUM_MESSAGE_BYTES

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
    """Puts `transport` into the scope's state, and closes with its code what sends a wrong frame."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: State,
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, dict(app_state), _loop)
        self._frame_bytes = 0
        self._message_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """See `asyncio.Protocol`."""
        super().connection_made(transport)
        self.app_state["transport"] = transport

    async def send(self, message: Any) -> None:
        """Send what the application says.

        Raises:
            ClientDisconnected: the connection is being closed, whoever began with that.
        """
        if self.close_sent:
            raise ClientDisconnected
        await super().send(message)

    def handle_message(self, event: TextMessage | BytesMessage) -> None:
        """Take a frame, or a part of one."""
        data = event.data.encode() if isinstance(event, TextMessage) else event.data
        self._frame_bytes += len(data)
        self._message_bytes += len(data)
        if self._frame_bytes > MAXIMUM_FRAME_BYTES:
            self._close_as_too_big("Frame", MAXIMUM_FRAME_BYTES)
            return
        if self._message_bytes > MAXIMUM_MESSAGE_BYTES:
            self._close_as_too_big("Message", MAXIMUM_MESSAGE_BYTES)
            return
        if event.frame_finished:
            self._frame_bytes = 0
        if event.message_finished:
            self._message_bytes = 0
        super().handle_message(event)

    def handle_close(self, event: CloseConnection) -> None:
        """Take the end of the connection: the client's close, or a frame that cannot be read (not UTF-8: 1007)."""
        if self.conn.state is ConnectionState.OPEN:
            # Nobody has said so yet: uvicorn would only drop the connection.
            self._close(event.code, event.reason or "")
            return
        super().handle_close(event)

    def _close_as_too_big(self, what: str, most: int) -> None:
        self._close(CloseReason.MESSAGE_TOO_BIG, f"{what} exceeds the maximum size ({most} bytes)")

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
