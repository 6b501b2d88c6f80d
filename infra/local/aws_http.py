"""A small HTTP/1.1 server with kept connections: the door of the port at which boto3 finds AWS.

Werkzeug's own server closes each connection and waits a moment after each answer; every call of a handler would pay.
"""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from io import BufferedIOBase
from socketserver import BaseServer, ThreadingMixIn
from typing import Any

_log = logging.getLogger(__name__)
_NO_BODY = frozenset({204, 304})


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request as it came; the names of `headers` are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An answer as it goes."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes


Respond = Callable[[HttpRequest], HttpAnswer]


class AwsHttpServer(ThreadingMixIn, BaseServer):
    """Serves a listening socket, one thread for each connection, until `close`."""

    daemon_threads = True

    def __init__(self, listener: socket.socket, respond: Respond) -> None:
        super().__init__(listener.getsockname(), _RequestHandler)
        self.respond = respond
        self._listener = listener
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, name="aws-port", args=(0.1,))

    def start(self) -> None:
        """Serve in a thread of its own."""
        self._thread.start()

    def close(self) -> None:
        """Stop, and cut the connections that are still open; does nothing before `start`."""
        if not self._thread.is_alive():
            return
        self.shutdown()
        self._thread.join()
        self._listener.close()
        with self._lock:
            for connection in self._open:
                connection.shutdown(socket.SHUT_RDWR)

    def fileno(self) -> int:
        """See `socketserver.BaseServer`: what its loop waits for."""
        return self._listener.fileno()

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection, without Nagle's algorithm."""
        connection, address = self._listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        """Close a connection that has been served."""
        with self._lock:
            self._open.discard(request)
        request.close()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - as the base class has it
        """Note a connection that broke; the client sees that it did."""
        _log.debug("The connection of %s broke.", client_address, exc_info=True)


class _RequestHandler(BaseHTTPRequestHandler):
    """Reads requests from one connection until it ends."""

    protocol_version = "HTTP/1.1"
    server: AwsHttpServer
    # Headers and body of an answer go out together.
    wbufsize = -1

    def setup(self) -> None:
        self.connection: socket.socket = self.request
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = self.connection.makefile("wb", -1)

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline:
            self.close_connection = True
            return
        if self.parse_request():
            self._send(self.server.respond(self._request()))

    def handle_expect_100(self) -> bool:
        """Say `100 Continue` at once: boto3 waits for it before it sends an object's bytes."""
        going_on = super().handle_expect_100()
        self.wfile.flush()
        return going_on

    def _request(self) -> HttpRequest:
        headers = {name.lower(): value for name, value in self.headers.items()}
        if headers.get("transfer-encoding", "").lower() == "chunked":
            body = b"".join(iter(lambda: _chunk(self.rfile), b""))
        else:
            body = self.rfile.read(int(headers.get("content-length", 0)))
        return HttpRequest(self.command, self.path, headers, body)

    def _send(self, answer: HttpAnswer) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            if name.lower() not in {"content-length", "connection", "transfer-encoding"}:
                self.send_header(name, value)
        if answer.status not in _NO_BODY:
            self.send_header("Content-Length", str(_length(self.command, answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)
        self.wfile.flush()


def _length(method: str, answer: HttpAnswer) -> int:
    """Give the length to announce: an answer to HEAD announces that of the body which it leaves out."""
    announced = {name.lower(): value for name, value in answer.headers}.get("content-length")
    return int(announced) if method == "HEAD" and announced else len(answer.body)


def _chunk(stream: BufferedIOBase) -> bytes:
    """Read one chunk of a body that comes in chunks (RFC 9112, section 7.1); empty at its end."""
    size = int(stream.readline().partition(b";")[0], 16)
    content = stream.read(size)
    stream.readline()
    return content


def operation_of(request: HttpRequest) -> str:
    """Name the operation of a call of a JSON protocol."""
    return request.headers.get("x-amz-target", "").partition(".")[2]
