"""Listening sockets."""

from __future__ import annotations

import socket

import pytest

from infra.local.errors import StartError
from infra.local.listening import listen, port_of


def test_a_socket_is_on_the_loopback_interface_without_nagle() -> None:
    with listen(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
        assert listener.proto == socket.IPPROTO_TCP
        with socket.create_connection(("127.0.0.1", port_of(listener)), timeout=10):
            accepted, _ = listener.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_taken_port_is_said_in_one_sentence() -> None:
    with listen(0) as listener, pytest.raises(StartError, match=rf"^Port {port_of(listener)} is in use"):
        listen(port_of(listener))
