"""Listening sockets on the loopback interface, made so that no notice waits for Nagle's algorithm."""

from __future__ import annotations

import socket

from infra.local.errors import StartError
from infra.local.place import LOOPBACK

_BACKLOG = 1024
_HIGHEST_PORT = 65_535


def listen(port: int) -> socket.socket:
    """Bind and listen; 0 takes any free port.

    The protocol is named: asyncio switches Nagle's algorithm off only for sockets whose `proto` is IPPROTO_TCP, and
    with it on, a small frame may wait 40 ms for the other side's delayed acknowledgement.

    Raises:
        StartError: something else has the port, or there is no such port.
    """
    if not 0 <= port <= _HIGHEST_PORT:
        raise StartError(
            f"There is no port {port}: choose one from 1 to {_HIGHEST_PORT}, or 0 for any free one."
        )
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
    except OSError as error:
        listener.close()
        raise StartError(
            f"Port {port} is in use on {LOOPBACK}: end what has it, or choose another."
        ) from error
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.listen(_BACKLOG)
    return listener


def port_of(listener: socket.socket) -> int:
    """Give the port that a socket listens on."""
    port: int = listener.getsockname()[1]
    return port
