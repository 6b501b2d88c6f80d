"""A test's client ends its socket, whichever side closes first, and no test opens one past the helper."""

from __future__ import annotations

from pathlib import Path

import pytest
import websocket

from tests.infra.local.gateway.rig import running
from tests.infra.local.wirings import wiring
from tests.sockets import websocket_client

TESTS = Path(__file__).parent


def test_a_client_that_the_server_closed_first_leaves_no_open_socket() -> None:
    with running(wiring()) as rig:
        address = f"ws://127.0.0.1:{rig.port}/prod"
        with websocket_client(address, {"Authorization": "ana"}) as client:
            socket = client.sock
            assert socket is not None
            client.send_binary(b"not taken")  # the gateway closes: binary frames are refused
            opcode, _ = client.recv_data()
            assert opcode == websocket.ABNF.OPCODE_CLOSE
            client.close()
    assert socket.fileno() == -1


@pytest.mark.fast
def test_every_websocket_client_of_the_tests_is_opened_by_the_helper() -> None:
    direct = "websocket." + "create_connection("
    opened = {path.name for path in TESTS.rglob("*.py") if direct in path.read_text("utf-8")}
    assert opened == {"sockets.py"}
