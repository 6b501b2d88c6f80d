"""Counts the calls of the Redshift Data API: a relay that the handlers reach in place of the stand-in's own port."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class DataApiCalls(ThreadingHTTPServer):
    """Passes each call on to `target`, and counts it by its operation."""

    daemon_threads = True
    target = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Relay)
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def passed(self, operation: str, request: bytes, answer: bytes) -> None:
        """Note a call before its answer goes back."""
        with self._lock:
            self._counts[operation] += 1

    def counts(self) -> Counter[str]:
        """Give the number of calls so far; subtract two of them for what happened between."""
        with self._lock:
            return Counter(self._counts)


class _Relay(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: DataApiCalls

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        onward = HTTPConnection(urlsplit(self.server.target).netloc, timeout=30)
        onward.request("POST", self.path, body, dict(self.headers))
        answer = onward.getresponse()
        content = answer.read()
        onward.close()
        self.server.passed(self.headers["X-Amz-Target"].partition(".")[2], body, content)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers["Content-Type"])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing: the calls are counted."""


@contextmanager
def running_relay(relay: DataApiCalls) -> Iterator[DataApiCalls]:
    """Run the relay; its `target` is set once the stand-in is there."""
    with relay:
        thread = threading.Thread(target=relay.serve_forever)
        thread.start()
        try:
            yield relay
        finally:
            relay.shutdown()
            thread.join()
