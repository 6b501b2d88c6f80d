"""Stands between a dashboard and its pipeline, writes down what passes, and can cut, fail or hold it back.

It copies bytes, and reads along: requests by their first line, WebSocket messages as JSON. Ping and pong frames
are part of the connection, no messages.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from dashboard.client.upstream import Endpoints

_TEXT = 1
_BLOCK = 65_536
_FAILURE = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class CountingProxy:
    """What passed: `gets` (paths), `sent` (messages of the dashboard), `received` (messages of the pipeline)."""

    def __init__(self, target: Endpoints, port: int) -> None:
        parts = urlsplit(target.rest)
        self._target = (parts.hostname or "", parts.port or 0)
        self.endpoints = Endpoints(
            f"ws://127.0.0.1:{port}{parts.path}", f"http://127.0.0.1:{port}{parts.path}", target.token_url
        )
        self.gets: list[str] = []
        self.sent: list[dict[str, Any]] = []
        self.received: list[dict[str, Any]] = []
        self._open: list[socket.socket] = []
        self._to_fail: list[str] = []
        self._to_hold: str | None = None
        self._passing = 0
        self._let_go = threading.Event()
        self._is_down = False

    def forget(self) -> None:
        """Start counting anew."""
        for seen in (self.gets, self.sent, self.received):
            seen.clear()

    def fail_once(self, part: str) -> None:
        """Answer the next GET whose address has this part with status 500; the pipeline does not see it."""
        self._to_fail.append(part)

    def hold(self, part: str, after: int = 0) -> None:
        """Hold back each GET whose address has this part, but for so many, until they are let go."""
        self._to_hold, self._passing = part, after
        self._let_go.clear()

    def let_go(self) -> None:
        """Let what was held back pass, and hold nothing any more."""
        self._to_hold = None
        self._let_go.set()

    def cut(self) -> None:
        """Cut every WebSocket that is open now."""
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def go_down(self) -> None:
        """Cut everything, and let nobody through until `come_back`."""
        self._is_down = True
        self.cut()

    def come_back(self) -> None:
        """Let connections through again."""
        self._is_down = False

    def serve(self, browser: socket.socket) -> None:
        """Copy one connection in both directions until one side ends it."""
        if self._is_down:
            browser.close()
            return
        with browser, socket.create_connection(self._target) as pipeline:
            for end in (browser, pipeline):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            reads = _Requests(self._passes, self.sent, lambda: self._open.append(browser))
            answers = _Answers(self.received)
            back = threading.Thread(target=_copy, args=(pipeline, browser, answers.read), daemon=True)
            back.start()
            try:
                _copy(browser, pipeline, reads.read)
            except _Failed:
                browser.sendall(_FAILURE)
                pipeline.shutdown(socket.SHUT_WR)
            back.join(5)

    def _passes(self, path: str) -> None:
        """Write a GET down; raise `_Failed` where it shall not pass, and wait where it is held back."""
        self.gets.append(path)
        if self._is_down:
            raise _Failed
        for part in self._to_fail:
            if part in path:
                self._to_fail.remove(part)
                raise _Failed
        if self._to_hold is not None and self._to_hold in path:
            self._passing -= 1
            if self._passing < 0:
                self._let_go.wait()


class _Failed(Exception):
    """This request is answered here."""


class _Requests:
    """Reads along what a client sends: requests without bodies, and after an upgrade frames."""

    def __init__(
        self, passes: Callable[[str], None], sent: list[dict[str, Any]], upgraded: Callable[[], None]
    ) -> None:
        self._passes = passes
        self._upgraded = upgraded
        self._frames = _Frames(sent)
        self._buffer = b""
        self._is_socket = False

    def read(self, data: bytes) -> None:
        if self._is_socket:
            self._frames.read(data)
            return
        self._buffer += data
        while b"\r\n\r\n" in self._buffer:
            head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
            if b"upgrade: websocket" in head.lower():
                self._is_socket = True
                self._upgraded()
                self._frames.read(self._buffer)
                return
            self._passes(head.split(b" ")[1].decode())


class _Answers:
    """Reads along what the pipeline sends over a WebSocket; HTTP answers are of no interest here."""

    def __init__(self, received: list[dict[str, Any]]) -> None:
        self._frames = _Frames(received)
        self._head: bytes | None = b""

    def read(self, data: bytes) -> None:
        if self._head is None:
            self._frames.read(data)
            return
        self._head += data
        head, end, rest = self._head.partition(b"\r\n\r\n")
        if end and head.startswith(b"HTTP/1.1 101"):
            self._head = None
            self._frames.read(rest)


class _Frames:
    """Takes the text messages out of a stream of WebSocket frames (RFC 6455, section 5.2)."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self._messages = messages
        self._buffer = b""

    def read(self, data: bytes) -> None:
        self._buffer += data
        while (frame := self._next()) is not None:
            opcode, payload = frame
            if opcode == _TEXT:
                self._messages.append(json.loads(payload))

    def _next(self) -> tuple[int, bytes] | None:
        if len(self._buffer) < 2:
            return None
        length, start = self._buffer[1] & 0x7F, 2
        if length == 126:
            length, start = int.from_bytes(self._buffer[2:4]), 4
        mask_length = 4 if self._buffer[1] & 0x80 else 0
        end = start + mask_length + length
        if len(self._buffer) < end:
            return None
        opcode, mask = self._buffer[0] & 0x0F, self._buffer[start : start + mask_length]
        payload = self._buffer[start + mask_length : end]
        self._buffer = self._buffer[end:]
        return opcode, bytes(b ^ mask[n % 4] for n, b in enumerate(payload)) if mask else payload


@contextmanager
def counting_proxy(target: Endpoints) -> Iterator[CountingProxy]:
    """Run one in front of a pipeline."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        proxy = CountingProxy(target, listening.getsockname()[1])
        threading.Thread(target=_accept, args=(listening, proxy), daemon=True).start()
        try:
            yield proxy
        finally:
            proxy.let_go()
            proxy.cut()


def _accept(listening: socket.socket, proxy: CountingProxy) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=proxy.serve, args=(connection,), daemon=True).start()


def _copy(source: socket.socket, destination: socket.socket, read: Callable[[bytes], None]) -> None:
    with suppress(OSError):
        while data := source.recv(_BLOCK):
            read(data)
            destination.sendall(data)
    with suppress(OSError):
        destination.shutdown(socket.SHUT_WR)
