"""A pipeline of a few lines behind real sockets, which does what a test tells it.

WebSocket and REST listen on ports of their own; `/token` gives a token as the local pipeline does.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from typing import Any
from urllib.parse import urlsplit

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from dashboard.client.upstream import Endpoints
from pipeline.core.messages import Accepted, Finished, encode

STATEMENT_ID = "d9b6c0c9-0747-4bf4-b142-e8883122f766"


class PipelineDouble:
    """Records what comes in; `on_message` answers each socket message (None: silence)."""

    def __init__(self) -> None:
        self.on_message: Callable[[dict[str, Any]], str | None] = accept
        self.on_get: Callable[[str], tuple[int, Any]] = lambda path: (404, {})
        self.refuse_with: list[int] = []
        self.messages: Queue[dict[str, Any]] = Queue()
        self.opened: Queue[ServerConnection] = Queue()
        self.gets: list[tuple[str, str]] = []
        self.handshakes: list[dict[str, str]] = []
        self.tokens_given = 0
        self.token_life = 3600
        self.ports = (0, 0)

    @property
    def endpoints(self) -> Endpoints:
        socket_port, rest_port = self.ports
        rest = f"http://127.0.0.1:{rest_port}"
        return Endpoints(f"ws://127.0.0.1:{socket_port}/prod", f"{rest}/prod", f"{rest}/token")

    def next_message(self, action: str, timeout: float = 10) -> dict[str, Any]:
        """Wait for the next message, which must have this action."""
        message = self.messages.get(timeout=timeout)
        assert message["action"] == action, message
        return message

    def next_connection(self, timeout: float = 15) -> ServerConnection:
        return self.opened.get(timeout=timeout)

    def no_message(self, seconds: float) -> bool:
        try:
            self.messages.get(timeout=seconds)
        except Empty:
            return True
        return False

    def _handshake(self, _: ServerConnection, request: Request) -> Response | None:
        self.handshakes.append({name.lower(): value for name, value in request.headers.raw_items()})
        if not self.refuse_with:
            return None
        status = self.refuse_with.pop(0)
        return Response(status, "Refused", Headers({"Content-Length": "0"}), b"")

    def _serve(self, connection: ServerConnection) -> None:
        self.opened.put(connection)
        try:
            for text in connection:
                message = json.loads(text)
                self.messages.put(message)
                answer = self.on_message(message)
                if answer is not None:
                    connection.send(answer)
        except ConnectionClosed:
            return

    def _get(self, path: str, authorization: str) -> tuple[int, Any]:
        if urlsplit(path).path == "/token":
            self.tokens_given += 1
            return 200, {"id_token": f"token-{self.tokens_given}", "expires_in": self.token_life}
        self.gets.append((path, authorization))
        return self.on_get(path.removeprefix("/prod"))


def accept(message: dict[str, Any]) -> str | None:
    """Accept every run at once; say nothing to anything else."""
    return accepted(message["queryId"]) if message["action"] == "run" else None


def accepted(query_id: str, topic_name: str = "daily-summary") -> str:
    now = datetime.now(UTC)
    return encode(Accepted(query_id, topic_name, STATEMENT_ID, now, now + timedelta(seconds=60)))


def finished(query_id: str, topic_name: str = "daily-summary") -> str:
    now = datetime.now(UTC)
    return encode(Finished(query_id, topic_name, STATEMENT_ID, 30, now, now + timedelta(hours=24)))


@contextmanager
def pipeline_double() -> Iterator[PipelineDouble]:
    """Run one; everything ends with the block."""
    double = PipelineDouble()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, content = double._get(self.path, self.headers.get("Authorization", ""))
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            return

    rest = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    rest.daemon_threads = True
    sockets = serve(
        double._serve, "127.0.0.1", 0, process_request=double._handshake, ping_interval=None, close_timeout=1
    )
    double.ports = (sockets.socket.getsockname()[1], rest.server_address[1])
    threads = [
        threading.Thread(target=rest.serve_forever, args=(0.02,), daemon=True),
        threading.Thread(target=sockets.serve_forever, daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield double
    finally:
        sockets.shutdown()
        rest.shutdown()
        rest.server_close()
        for thread in threads:
            thread.join(5)
