"""A small real HTTP server for adapters to talk to: what it answers is the test's, what it was asked is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What it is answered."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"


Answer = Callable[[Request], Reply]


@dataclass
class Server:
    """A running server; `answer` may be changed while it runs."""

    address: str
    answer: Answer
    requests: list[Request] = field(default_factory=list)


@contextmanager
def serving(answer: Answer) -> Iterator[Server]:
    """Serve on a free port of this machine until the block ends."""
    listener = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server = Server(f"http://127.0.0.1:{listener.server_port}", answer)
    listener.RequestHandlerClass = _handler_of(server)
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Hands every request to the server's answer."""

    server_of: Server
    protocol_version = "HTTP/1.0"  # one request per connection, so that the server ends at once

    def do_GET(self) -> None:
        self._reply()

    def do_POST(self) -> None:
        self._reply()

    def _reply(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = Request(self.command, self.path, dict(self.headers), body)
        self.server_of.requests.append(request)
        reply = self.server_of.answer(request)
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing: a test's output is its own."""


def _handler_of(server: Server) -> type[_Handler]:
    return type("Handler", (_Handler,), {"server_of": server})
