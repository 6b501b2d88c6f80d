"""uvicorn's protocols, with what API Gateway needs beyond ASGI: headers as they were sent, and the frame limit."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.wsproto_impl import WSProtocol
from uvicorn.server import ServerState
from wsproto.connection import ConnectionState
from wsproto.events import BytesMessage, CloseConnection, TextMessage
from wsproto.frame_protocol import CloseReason

from infra.local.gateway.limits import MAXIMUM_FRAME_BYTES

State = dict[str, Any]


class GatewayHttpProtocol(H11Protocol):
    """Puts `transport` and `raw_headers` into the scope's state: names in the client's case (fact RP-7)."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: State,
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        state = dict(app_state)
        super().__init__(config, server_state, state, _loop)
        self.conn = _Headers(state)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """See `asyncio.Protocol`."""
        super().connection_made(transport)
        self.app_state["transport"] = transport


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

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """See `asyncio.Protocol`."""
        super().connection_made(transport)
        self.app_state["transport"] = transport

    def handle_message(self, event: TextMessage | BytesMessage) -> None:
        """Take a frame, or a part of one."""
        data = event.data.encode() if isinstance(event, TextMessage) else event.data
        self._frame_bytes += len(data)
        if self._frame_bytes > MAXIMUM_FRAME_BYTES:
            reason = f"Frame exceeds the maximum size ({MAXIMUM_FRAME_BYTES} bytes)"
            self._close(CloseReason.MESSAGE_TOO_BIG, reason)
            return
        if event.frame_finished:
            self._frame_bytes = 0
        super().handle_message(event)

    def handle_close(self, event: CloseConnection) -> None:
        """Take the end of the connection: the client's close, or a frame that cannot be read (not UTF-8: 1007)."""
        if self.conn.state is ConnectionState.OPEN:
            # Nobody has said so yet: uvicorn would only drop the connection.
            self._close(event.code, event.reason or "")
            return
        super().handle_close(event)

    def _close(self, code: int, reason: str) -> None:
        """Close, as uvicorn does where a message is over its limit."""
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        if not self.transport.is_closing():
            self.transport.write(self.conn.send(CloseConnection(code=code, reason=reason)))
            self.transport.close()


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
