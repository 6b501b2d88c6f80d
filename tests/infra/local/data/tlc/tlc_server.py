"""A server on the loopback that offers files as the TLC's does, and misbehaves where a test asks it to."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECONDS_OF_SILENCE_AT_MOST = 30


@dataclass
class TlcServer:
    """`misdeeds` are done one for each request of a file, in order, GET and HEAD apart; then it is honest again.

    `rubbish` counts the megabytes that were sent behind a file's end.
    """

    address: str
    files: dict[str, bytes]
    misdeeds: dict[tuple[str, str], list[Misdeed]] = field(default_factory=dict)
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)
    rubbish: int = 0
    closing: threading.Event = field(default_factory=threading.Event)

    def fetched(self, name: str) -> list[str | None]:
        """The ranges in which a file was asked for, None for the whole."""
        return [extent for method, asked, extent in self.asked if (method, asked) == ("GET", name)]


class Handler(BaseHTTPRequestHandler):
    """Answers for a `TlcServer`, with connections that stay open."""

    protocol_version = "HTTP/1.1"
    tlc: TlcServer

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def content(self) -> bytes:
        return self.tlc.files[self.name]

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.tlc.asked.append((self.command, self.name, self.headers["Range"]))
        misdeeds = self.tlc.misdeeds.get((self.command, self.name))
        (misdeeds.pop(0) if misdeeds else honestly)(self)

    def head(self, status: int, length: int, **more: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        if self.name in self.tlc.files:
            self.send_header("ETag", etag_of(self.content))
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def body(self, content: bytes) -> None:
        if self.command == "GET":
            self.wfile.write(content)
            self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


Misdeed = Callable[[Handler], None]


def etag_of(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:16]}"'


def honestly(handler: Handler) -> None:
    if handler.name not in handler.tlc.files:
        handler.head(404, 0)
        return
    _send(handler, _begin(handler))


def _send(handler: Handler, begin: int) -> None:
    content = handler.content
    if begin == 0:
        handler.head(200, len(content))
    else:
        handler.head(
            206,
            len(content) - begin,
            Content_Range=f"bytes {begin}-{len(content) - 1}/{len(content)}",
        )
    handler.body(content[begin:])


def _begin(handler: Handler) -> int:
    extent = re.fullmatch(r"bytes=(\d+)-", handler.headers["Range"] or "")
    same = handler.headers["If-Range"] in {None, etag_of(handler.content)}
    return int(extent[1]) if extent and same else 0


def status(code: int) -> Misdeed:
    return lambda handler: handler.head(code, 0)


def breaks_off_after(size: int) -> Misdeed:
    """Announces everything, sends so many bytes and closes the connection."""

    def misdeed(handler: Handler) -> None:
        handler.head(200, len(handler.content))
        handler.body(handler.content[:size])
        handler.close_connection = True

    return misdeed


def falls_silent_after(size: int) -> Misdeed:
    """Announces everything, sends so many bytes and then nothing more."""

    def misdeed(handler: Handler) -> None:
        handler.head(200, len(handler.content))
        handler.body(handler.content[:size])
        handler.tlc.closing.wait(SECONDS_OF_SILENCE_AT_MOST)
        handler.close_connection = True

    return misdeed


def announces(more: int) -> Misdeed:
    """Says that the file is so much longer than it is, and closes the connection behind its end."""

    def misdeed(handler: Handler) -> None:
        handler.head(200, len(handler.content) + more)
        handler.body(handler.content)
        handler.close_connection = True

    return misdeed


def ignores_the_range(handler: Handler) -> None:
    handler.head(200, len(handler.content))
    handler.body(handler.content)


def continues_elsewhere(handler: Handler) -> None:
    """Begins a hundred bytes later than it was asked to."""
    begin, size = _begin(handler) + 100, len(handler.content)
    handler.head(206, size - begin, Content_Range=f"bytes {begin}-{size - 1}/{size}")
    handler.body(handler.content[begin:])


def continues_without_saying_where(handler: Handler) -> None:
    handler.head(206, 100)
    handler.body(handler.content[:100])


def does_not_say_how_long(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.close_connection = True


def redirects_to_itself(handler: Handler) -> None:
    handler.head(302, 0, Location=handler.path)


def says_two_lengths(handler: Handler) -> None:
    handler.head(200, len(handler.content), Content_Length=f"{len(handler.content) + 7}")
    handler.close_connection = True


def sends_it_damaged(handler: Handler) -> None:
    handler.head(200, len(handler.content))
    handler.body(b"\xff" * len(handler.content))


def changes_it_first(content: bytes) -> Misdeed:
    """Puts another file in the place of this one, then answers."""

    def misdeed(handler: Handler) -> None:
        handler.tlc.files[handler.name] = content
        honestly(handler)

    return misdeed


def changes_it_first_and_continues_all_the_same(content: bytes) -> Misdeed:
    """Puts another file in the place of this one, and sends the rest of that one."""

    def misdeed(handler: Handler) -> None:
        handler.tlc.files[handler.name] = content
        _send(handler, int(handler.headers["Range"].removeprefix("bytes=").removesuffix("-")))

    return misdeed


def sends_more_than_announced(handler: Handler) -> None:
    """Sends the file and a little more, without a word about the length."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.body(handler.content + b"more")
    handler.close_connection = True


def sends_for_ever(handler: Handler) -> None:
    """Sends the file, and then rubbish for as long as anybody takes it: 64 MB here."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.body(handler.content)
    handler.close_connection = True
    with suppress(ConnectionError):
        for _ in range(64):
            handler.body(bytes(1_000_000))
            handler.tlc.rubbish += 1


@contextmanager
def serving(files: dict[str, bytes]) -> Iterator[TlcServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler_", (Handler,), {}))
    server.daemon_threads = True
    tlc = TlcServer(f"http://127.0.0.1:{server.server_port}/trip-data", files)
    server.RequestHandlerClass.tlc = tlc  # type: ignore[attr-defined]  # the class made above has it
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield tlc
    finally:
        tlc.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
