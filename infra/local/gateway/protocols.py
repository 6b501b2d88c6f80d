"""uvicorn's protocols, with what API Gateway needs beyond ASGI: headers as they were sent, and the frame limit."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.wsproto_impl import WSProtocol
from uvicorn.server import ServerState
from wsproto.events import BytesMessage, TextMessage

from infra.local.gateway.limits import MAXIMUM_FRAME_BYTES

State = dict[str, Any]


class GatewayHttpProtocol(H11Protocol):
    """Puts `raw_headers` into the scope's state: header names in the client's case (fact RP-7)."""

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


class GatewaySocketProtocol(WSProtocol):
    """Puts `transport` into the scope's state, and closes with 1009 what sends a frame over 32 KiB."""

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
            # uvicorn knows a limit for messages only: none is left for this one.
            self.buffer.max_length = 0
        if event.frame_finished:
            self._frame_bytes = 0
        super().handle_message(event)


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
