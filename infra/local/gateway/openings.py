"""The handshake of a connection: its authorizer, then the `$connect` route; the upgrade waits for both."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from infra.local.functions import Functions, Outcome
from infra.local.gateway import event_parts as parts
from infra.local.gateway import socket_events as events
from infra.local.gateway.authorizer import Authorizers, RefusedError
from infra.local.gateway.http import Request, Response, json_response
from infra.local.gateway.limits import INTEGRATION_SECONDS
from infra.local.gateway.proxy_answers import BadAnswerError, status_code
from infra.local.gateway.routing import CONNECT, Routes
from infra.local.gateway.throttle import TOO_MANY, Throttle
from infra.local.permissions import API_GATEWAY, Permissions
from infra.local.wiring import SocketRoute, Wiring


class HandshakeRefusedError(Exception):
    """The handshake is answered with an HTTP status instead of 101."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


class Openings:
    """Opens connections."""

    def __init__(
        self,
        wiring: Wiring,
        authorizers: Authorizers,
        functions: Functions,
        permissions: Permissions,
        throttle: Throttle,
        port: int,
    ) -> None:
        self._wiring = wiring
        self._route = Routes(wiring.socket_api).find(CONNECT)
        self._authorizers = authorizers
        self._functions = functions
        self._permissions = permissions
        self._throttle = throttle
        self._port = port

    async def open(self, handshake: events.Handshake, request: Request) -> events.Handshake:
        """Let a caller in, and give the handshake with what the authorizer said of him.

        Raises:
            HandshakeRefusedError: he stays out.
        """
        if self._route is None:
            return handshake
        request_id = parts.new_id()
        if not self._throttle.admits(CONNECT):
            raise _refusal(429, TOO_MANY, handshake, request_id)
        if self._route.authorizer_id is not None:
            context = await self._authorize(self._route, handshake, request, request_id)
            handshake = replace(handshake, authorizer=context)
        if self._route.function_id is not None:
            await self._connect(self._route, self._route.function_id, handshake, request, request_id)
        return handshake

    async def _authorize(
        self, route: SocketRoute, handshake: events.Handshake, request: Request, request_id: str
    ) -> Mapping[str, Any]:
        arn = self._wiring.route_arn(route)
        event = events.authorizer_event(handshake, request, self._port, arn, request_id, time.time())
        try:
            return await self._authorizers.authorize(
                str(route.authorizer_id), handshake.api_id, request, event
            )
        except RefusedError as refused:
            message = "Forbidden" if refused.error.status == 403 else refused.error.message
            raise _refusal(refused.error.status, message, handshake, request_id) from refused

    async def _connect(
        self,
        route: SocketRoute,
        function_id: str,
        handshake: events.Handshake,
        request: Request,
        request_id: str,
    ) -> None:
        """Ask `$connect`: 2xx lets in, another status is the handshake's, a failure is 502."""
        if not self._permissions.allows(function_id, API_GATEWAY, self._wiring.route_arn(route)):
            raise _refusal(500, "Internal server error", handshake, request_id)
        event = events.connect_event(handshake, request, self._port, request_id, time.time())
        outcome = await self._functions.invoke(function_id, event, INTEGRATION_SECONDS)
        status = _status(outcome)
        if status >= 500 and outcome.failed:
            raise _refusal(status, "Internal server error", handshake, request_id)
        if not 200 <= status < 300:
            raise HandshakeRefusedError(Response(status))


def _status(outcome: Outcome) -> int:
    if outcome.gave_up:
        return 504
    if outcome.failed or not isinstance(outcome.payload, Mapping):
        return 502
    try:
        return status_code(outcome.payload)
    except BadAnswerError:
        return 502


def _refusal(
    status: int, message: str, handshake: events.Handshake, request_id: str
) -> HandshakeRefusedError:
    body = {"message": message, "connectionId": handshake.connection_id, "requestId": request_id}
    return HandshakeRefusedError(json_response(status, body))
