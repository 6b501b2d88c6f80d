"""The @connections API: posts to open connections.

Source: AWS, API Gateway developer guide, "Use @connections commands in your backend service".
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable

from infra.local.console.feed import Feed, message_type
from infra.local.faults import Faults
from infra.local.gateway.connections import NORMAL, BusyError, Connection, Connections
from infra.local.gateway.http import Request, Response, json_response
from infra.local.gateway.limits import MAXIMUM_POST_BYTES

Act = Callable[[Connection, Request], Awaitable[Response]]


class Management:
    """Answers calls about one connection."""

    def __init__(self, connections: Connections, faults: Faults, feed: Feed) -> None:
        self._connections = connections
        self._faults = faults
        self._feed = feed
        self._acts: dict[str, Act] = {"POST": self._post, "GET": self._get, "DELETE": self._delete}

    async def answer(self, request: Request, connection_id: str) -> Response:
        """Answer a call; a connection that is not open is gone, whatever is asked of it."""
        act = self._acts.get(request.method)
        if act is None:
            return _error(403, "MissingAuthenticationTokenException", "Missing Authentication Token")
        connection = self._connections.find(connection_id)
        response = _gone() if connection is None else await act(connection, request)
        if request.method == "POST":
            self._tell(connection, request.body, response.status)
        return response

    def _tell(self, connection: Connection | None, body: bytes, status: int) -> None:
        name = connection.handshake.connection_id if connection else "a socket that is gone"
        what = message_type(body.decode("utf-8", "replace"))
        self._feed.tell("post", f"{what} to {name}: {status}", body, status == 200)

    async def _post(self, connection: Connection, request: Request) -> Response:
        if len(request.body) > MAXIMUM_POST_BYTES:
            return _error(413, "PayloadTooLargeException", "Payload too large")
        fault = self._fault()
        if fault is not None:
            return fault
        try:
            await connection.send_text(request.body.decode("utf-8", "replace"))
        except BusyError:
            return _error(429, "LimitExceededException", "Rate exceeded")
        except OSError:
            return _gone()
        return _done(200)

    async def _get(self, connection: Connection, request: Request) -> Response:  # noqa: ARG002 - as every act
        return json_response(200, self._connections.describe(connection))

    async def _delete(self, connection: Connection, request: Request) -> Response:  # noqa: ARG002 - as every act
        await connection.close(NORMAL, "Connection Closed Normally")
        return _done(204)

    def _fault(self) -> Response | None:
        """Answer as a fault wants it; `lost` says that a notice was sent, and sends none."""
        if self._faults.take("posts", "gone"):
            return _gone()
        if self._faults.take("posts", "throttle"):
            return _error(429, "LimitExceededException", "Rate exceeded")
        if self._faults.take("posts", "error"):
            return _error(500, "InternalServerErrorException", "Internal server error")
        return _done(200) if self._faults.take("posts", "lost") else None


def _done(status: int) -> Response:
    return Response(status, [("x-amzn-RequestId", str(uuid.uuid4()))])


def _gone() -> Response:
    """Answer 410, whose body is empty on AWS."""
    return Response(410, [("x-amzn-ErrorType", "GoneException"), ("x-amzn-RequestId", str(uuid.uuid4()))])


def _error(status: int, error_type: str, message: str) -> Response:
    return json_response(status, {"message": message}, [("x-amzn-ErrorType", error_type)])
