"""A plain client of the console's stream."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

STEP = re.compile(
    r'data: <li data-kind="(?P<kind>[a-z ]+)" data-queries="(?P<queries>[0-9a-f -]*)"(?P<bad> class=bad)?>'
    r"<time>\d\d:\d\d:\d\d\.\d{3}</time> <b>(?P=kind)</b> (?P<text>.*)</li>\n"
)


@dataclass(frozen=True)
class Seen:
    """A step as the page gets it."""

    kind: str
    text: str
    queries: tuple[str, ...]
    well: bool


@dataclass
class Stream:
    """An open stream; `raw` is every byte that has been read of it."""

    response: http.client.HTTPResponse
    raw: bytearray = field(default_factory=bytearray)

    def line(self) -> str:
        line = self.response.readline()
        self.raw += line
        return line.decode()

    def next(self) -> Seen:
        found = STEP.fullmatch(self.line())
        assert found
        assert self.line() == "\n"
        return Seen(found["kind"], found["text"], tuple(found["queries"].split()), not found["bad"])

    def until(self, holds: Callable[[Seen], bool]) -> list[Seen]:
        """Read steps up to the first of this kind."""
        steps = [self.next()]
        while not holds(steps[-1]):
            steps.append(self.next())
        return steps


@contextmanager
def watching(port: int) -> Iterator[Stream]:
    """Watch the stand-in whose gateway is at this port."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/_local/stream")
    stream = Stream(connection.getresponse())
    assert (stream.response.status, stream.response.headers["Content-Type"]) == (200, "text/event-stream")
    assert (stream.line(), stream.line()) == ("retry: 1000\n", "\n")
    try:
        yield stream
    finally:
        stream.response.close()
        connection.close()
