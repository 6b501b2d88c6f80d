"""How clients of AWS behave towards the network: real connections to a real server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from infra.local.aws_http import AwsHttpServer, HttpAnswer, HttpRequest
from infra.local.listening import listen, port_of
from pipeline.aws.clients import client

AT_ONCE = 64


class CountingServer(AwsHttpServer):
    """Counts the connections that were opened to it."""

    opened = 0

    def get_request(self) -> tuple[socket.socket, Any]:
        self.opened += 1
        return super().get_request()


@pytest.fixture
def server() -> Iterator[tuple[CountingServer, str]]:
    """Give a server that answers only when as many calls as may run at once are in it."""
    together = threading.Barrier(AT_ONCE)

    def respond(_: HttpRequest) -> HttpAnswer:
        together.wait(20)
        return HttpAnswer(200, [("Content-Type", "application/x-amz-json-1.0")], b'{"TableNames": []}')

    listener = listen(0)
    running = CountingServer(listener, respond)
    running.start()
    yield running, f"http://127.0.0.1:{port_of(listener)}"
    running.close()


def test_calls_at_once_keep_their_connections_for_the_next_ones(
    server: tuple[CountingServer, str],
) -> None:
    """A connection that is thrown away is opened again by the next call: a handshake (and TLS) more each time."""
    counting, address = server
    dynamodb = client(
        "dynamodb",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )
    with ThreadPoolExecutor(AT_ONCE) as callers:
        for _ in range(2):
            list(callers.map(lambda _: dynamodb.list_tables(), range(AT_ONCE)))
    dynamodb.close()
    assert counting.opened == AT_ONCE
