"""Runs the gateway on an event loop in a thread of its own."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from concurrent.futures import Future

import uvicorn

from infra.local.gateway.app import Gateway
from infra.local.gateway.limits import CLOSING_SECONDS, OPENING_SECONDS
from infra.local.gateway.protocols import GatewayConfig, GatewayHttpProtocol, GatewaySocketProtocol

# Longer than any pause of a client's kept connection, so that it is never closed while a request is on its way.
_KEPT_SECONDS = 120

_log = logging.getLogger(__name__)


class GatewayServer:
    """A gateway that is served from `start` to `close`."""

    def __init__(
        self,
        gateway: Gateway,
        listener: socket.socket,
        opening_seconds: float = OPENING_SECONDS,
        closing_seconds: float = CLOSING_SECONDS,
    ) -> None:
        """Serve at a listening socket.

        A request must have been sent within `opening_seconds`, and a connection must have closed within
        `closing_seconds` when the server ends.
        """
        self._closing_seconds = closing_seconds
        self._server = uvicorn.Server(_config(gateway, opening_seconds))
        self._listener = listener
        self._gateway = gateway
        self._loop: Future[asyncio.AbstractEventLoop] = Future()
        self._thread = threading.Thread(target=self._run, name="gateway")

    def start(self) -> asyncio.AbstractEventLoop:
        """Start serving, and give the event loop."""
        self._thread.start()
        return self._loop.result()

    def close(self) -> None:
        """Close every connection and stop; does nothing before `start`."""
        if not self._thread.is_alive():
            return
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop.result()).result()
        self._thread.join()

    async def _stop(self) -> None:
        try:
            async with asyncio.timeout(self._closing_seconds):
                await self._gateway.sockets.close_all()
        except TimeoutError:
            _log.warning("Some connections did not close in %s s: they are cut.", self._closing_seconds)
        self._gateway.feed.close()
        self._server.should_exit = True

    def _run(self) -> None:
        # In a thread that is not the main one uvicorn leaves the signals alone.
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop.set_result(asyncio.get_running_loop())
        await self._server.serve(sockets=[self._listener])


def _config(gateway: Gateway, opening_seconds: float) -> GatewayConfig:
    return GatewayConfig(
        gateway,
        opening_seconds,
        http=GatewayHttpProtocol,
        ws=GatewaySocketProtocol,
        ws_ping_interval=None,  # API Gateway sends no pings
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEPT_SECONDS,
        timeout_graceful_shutdown=int(CLOSING_SECONDS),
    )
