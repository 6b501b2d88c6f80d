"""A connection gives its descriptor back, whoever closed first."""

from __future__ import annotations

import os
import selectors

import pytest

from dashboard.client.connection import Connection
from dashboard.client.tokens import LocalTokens
from tests.dashboard.client.pipeline_double import pipeline_double


@pytest.mark.parametrize("server_closes_first", [True, False])
def test_a_closed_connection_holds_no_descriptor(server_closes_first: bool) -> None:
    with pipeline_double() as double:
        endpoints = double.endpoints
        connection = Connection(endpoints.websocket, LocalTokens("analyst").token(endpoints))
        descriptor = connection.fileno()
        if server_closes_first:
            double.next_connection().close()
            wait_until_readable(connection)
            assert connection.receive() == ([], "The pipeline closed the connection.")
        connection.close()
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(descriptor)


def wait_until_readable(connection: Connection) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_READ)
        assert selector.select(10), "the close frame did not come"
