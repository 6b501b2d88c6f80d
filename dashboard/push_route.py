"""The server's half of the wake-up: one small frame to one browser when its session's inbox is not empty.

It is a WebSocket beside Streamlit's own. Nobody asks for news: the route waits for the inbox's event. While
the inbox is not empty the frame is repeated each second, because the run that it asks for may have been lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboard.client.bridge import Bridge

_UNKNOWN_TOKEN = 4404
_REPEAT_SECONDS = 1.0


def push_path(base_path: str, push_token: str) -> str:
    """Give the path of a session's push socket; Streamlit puts its base path only before its own routes."""
    base = base_path.strip("/")
    return f"/{base}/push/{push_token}" if base else f"/push/{push_token}"


def push_route(base_path: str, find_bridge: Callable[[str], Bridge | None]) -> WebSocketRoute:
    """Make the route; `find_bridge` gives the open bridge of a push token."""

    async def push(socket: WebSocket) -> None:
        if not _is_same_origin(socket):
            await socket.close()  # before the handshake is accepted: the browser gets HTTP 403
            return
        await socket.accept()
        bridge = find_bridge(socket.path_params["push_token"])
        if bridge is not None:
            await _serve(socket, bridge)
        await _close(socket)

    return WebSocketRoute(push_path(base_path, "{push_token}"), push)


async def _serve(socket: WebSocket, bridge: Bridge) -> None:
    """Send until the browser or the bridge has gone."""
    sender = asyncio.ensure_future(_send_notices(socket, bridge))
    reader = asyncio.ensure_future(_read_until_gone(socket))
    try:
        await asyncio.wait((sender, reader), return_when=asyncio.FIRST_COMPLETED)
    finally:
        sender.cancel()
        reader.cancel()
        await asyncio.gather(sender, reader, return_exceptions=True)


async def _send_notices(socket: WebSocket, bridge: Bridge) -> None:
    loop = asyncio.get_running_loop()
    news = asyncio.Event()
    unsubscribe = bridge.subscribe(lambda: _call_soon(loop, news.set))
    number = 0
    try:
        while not bridge.closed:
            if bridge.waiting():
                number += 1
                await socket.send_text(str(number))
            await _wait(news, _REPEAT_SECONDS if bridge.waiting() else None)
            news.clear()
    except WebSocketDisconnect:
        return
    finally:
        unsubscribe()


async def _read_until_gone(socket: WebSocket) -> None:
    """Notice a closed tab now, not at the next frame; what a browser says is of no interest."""
    async for _ in socket.iter_text():
        pass


async def _wait(news: asyncio.Event, seconds: float | None) -> None:
    try:
        await asyncio.wait_for(news.wait(), seconds)
    except TimeoutError:
        return


async def _close(socket: WebSocket) -> None:
    """Tell the browser that the token is of no use (any more): its page then gets a new one."""
    try:
        await socket.close(_UNKNOWN_TOKEN)
    except (RuntimeError, WebSocketDisconnect):
        return  # It has already gone.


def _call_soon(loop: asyncio.AbstractEventLoop, callback: Callable[[], None]) -> None:
    """Run something on the server's loop from a session's thread."""
    try:
        loop.call_soon_threadsafe(callback)
    except RuntimeError:
        return  # The server has stopped: there is no browser left to tell.


def _is_same_origin(socket: WebSocket) -> bool:
    """Refuse other sites' pages: a browser always says which page opens a WebSocket."""
    origin = socket.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == socket.headers.get("host")
