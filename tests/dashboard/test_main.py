"""`make run` opens the dashboard, or says in one sentence why it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Answering(BaseHTTPRequestHandler):
    """A program that answers as another one would, or as a dashboard does."""

    body = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Dashboard(Answering):
    body = b"ok"


class OtherProgram(Answering):
    body = b"hello"


@contextmanager
def listening(handler: type[Answering]) -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def make_run(port: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dashboard"],
        env={**os.environ, "PORT": port},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("handler", "sentence"),
    [
        (
            Dashboard,
            "A dashboard is running already: open http://localhost:{port}, or end it with Ctrl-C first.",
        ),
        (
            OtherProgram,
            "Port {port} is in use by another program: end it, or choose another port with make run PORT={next}.",
        ),
    ],
)
def test_a_taken_port_is_one_sentence(handler: type[Answering], sentence: str) -> None:
    with listening(handler) as port:
        refused = make_run(str(port))

    assert refused.returncode == 2
    assert refused.stderr == sentence.format(port=port, next=port + 1) + "\n"


def test_a_port_that_is_none_is_one_sentence() -> None:
    refused = make_run("many")

    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
