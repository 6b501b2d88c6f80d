"""Messages of open connections: each is a task of its own, so that a slow one holds up no other.

A connection has a few such tasks at a time. What comes beyond is not read, so that TCP holds its client back; it is
lost with a connection that breaks, like all that is on its way. What has begun goes on to its end, as on AWS.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Mapping
from typing import Any

from infra.local.console.feed import Feed, message_type
from infra.local.functions import Functions, Outcome
from infra.local.gateway import event_parts as parts
from infra.local.gateway import socket_events as events
from infra.local.gateway.connections import BusyError, Connection
from infra.local.gateway.limits import SocketLimits
from infra.local.gateway.routing import Routes
from infra.local.gateway.throttle import TOO_MANY, Throttle
from infra.local.permissions import API_GATEWAY, Permissions
from infra.local.wiring import SocketRoute, Wiring

_log = logging.getLogger(__name__)

_FORBIDDEN = "Forbidden"
_FAILED = "Internal server error"
_TIMED_OUT = "Endpoint request timed out"


class Messages:
    """Runs the route of each message, and sends back what the route responds."""

    def __init__(
        self,
        wiring: Wiring,
        functions: Functions,
        permissions: Permissions,
        throttle: Throttle,
        limits: SocketLimits,
        feed: Feed,
    ) -> None:
        self._wiring = wiring
        self._routes = Routes(wiring.socket_api)
        self._functions = functions
        self._permissions = permissions
        self._throttle = throttle
        self._limits = limits
        self._feed = feed
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = False

    async def take(self, connection: Connection, text: str) -> None:
        """Begin with a message when it is its turn; it is dropped where the connection was closed before."""
        await connection.turns.acquire()
        if connection.closed_with is not None:
            return
        task = asyncio.get_running_loop().create_task(self._answer(connection, text))
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        task.add_done_callback(lambda _: connection.turns.release())

    def stop(self) -> None:
        """Run no `$disconnect` from now on: the state that it would mend goes away with the server."""
        self._stopped = True

    async def run_silently(self, route_key: str, connection: Connection, event: Mapping[str, Any]) -> None:
        """Run a route whose answer nobody hears; a failure is in the log."""
        route = self._routes.find(route_key)
        if route is not None and route.function_id is not None and not self._stopped:
            await self._invoke(route, route.function_id, connection, event)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            _log.error("A message was lost inside the gateway.", exc_info=task.exception())

    async def _answer(self, connection: Connection, text: str) -> None:
        request_id = parts.new_id()
        reply = await self._reply(connection, text, request_id)
        if reply is None:
            return
        try:
            await connection.send_text(reply)
            self._tell(connection, f"hears {message_type(reply)}", reply)
        except (BusyError, OSError):
            _log.info("Connection %s was gone before its answer.", connection.handshake.connection_id)

    async def _reply(self, connection: Connection, text: str, request_id: str) -> str | None:
        route = self._routes.choose(text)
        self._tell(connection, f"says {route.route_key if route else 'what has no route'}", text)
        if route is None:
            return _error_frame(_FORBIDDEN, connection, request_id)
        if not self._throttle.admits(route.route_key):
            return _error_frame(TOO_MANY, connection, request_id)
        if route.function_id is None:
            return route.mock_body if route.responds else None
        event = events.message_event(connection.handshake, route.route_key, text, request_id, time.time())
        outcome = await self._invoke(route, route.function_id, connection, event)
        if outcome is None or outcome.failed:
            gave_up = outcome is not None and outcome.gave_up
            return _error_frame(_TIMED_OUT if gave_up else _FAILED, connection, request_id)
        return _body(route, outcome)

    def _tell(self, connection: Connection, what: str, text: str) -> None:
        self._feed.tell("socket", f"{connection.handshake.connection_id} {what}", text)

    async def _invoke(
        self, route: SocketRoute, function_id: str, connection: Connection, event: Mapping[str, Any]
    ) -> Outcome | None:
        """Invoke a route's function; None when it may not be invoked."""
        if not self._permissions.allows(function_id, API_GATEWAY, self._wiring.route_arn(route)):
            return None
        outcome = await self._functions.invoke(function_id, event, self._limits.integration_seconds)
        if outcome.failed:
            _log.error(
                "%s failed on route %s of connection %s (request %s).",
                function_id,
                route.logical_id,
                connection.handshake.connection_id,
                outcome.request_id,
            )
        return outcome


def _body(route: SocketRoute, outcome: Outcome) -> str | None:
    """Give the body of an answer; its status means nothing on these routes."""
    body = outcome.payload.get("body") if isinstance(outcome.payload, Mapping) else None
    if not body:
        return None
    if not route.responds:
        _log.warning("%s has no route response: the answer of its function is dropped.", route.logical_id)
        return None
    return str(body)


def _error_frame(message: str, connection: Connection, request_id: str) -> str:
    """Write the frame that API Gateway sends in place of an answer, in its spacing."""
    connection_id = connection.handshake.connection_id
    return (
        f'{{"message": {json.dumps(message)}, "connectionId":{json.dumps(connection_id)}, '
        f'"requestId":{json.dumps(request_id)}}}'
    )
