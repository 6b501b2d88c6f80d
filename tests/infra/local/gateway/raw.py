"""A client that speaks in bytes, so that it can say what no library would."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from typing import Any

import pytest

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
HANDSHAKE = (
    b"GET /prod HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ana\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
_MASK = b"\x37\xfa\x21\x3d"


@dataclass(frozen=True)
class Raw:
    """A connection by its socket, and by the stream of what comes back."""

    socket: socket.socket
    stream: BufferedReader

    def send(self, content: bytes) -> None:
        self.socket.sendall(content)

    def finish(self) -> None:
        """Say that nothing more will come, and go on listening."""
        self.socket.shutdown(socket.SHUT_WR)

    def status(self) -> int:
        """Read the head of an HTTP answer, and give its status."""
        line = self.stream.readline()
        while self.stream.readline().strip():
            pass
        return int(line.split()[1])

    def frame(self) -> tuple[int, bytes]:
        """Read a frame of the server: its opcode and its payload."""
        head, length = self.stream.read(2)
        if length == 126:
            length = int.from_bytes(self.stream.read(2), "big")
        return head & 0x0F, self.stream.read(length)

    def close_code(self) -> int | None:
        """Read the server's close, hang up, and read the end; None for a close without a code."""
        opcode, payload = self.frame()
        assert opcode == CLOSE, payload
        self.finish()
        assert self.has_ended()
        return int.from_bytes(payload[:2], "big") if payload else None

    def frames(self) -> Iterator[tuple[int, bytes]]:
        """Read frames to the end of the connection."""
        while self.stream.peek(1):
            yield self.frame()

    def has_ended(self) -> bool:
        """Read to the end; true where nothing but the end came."""
        return not self.stream.read()


@contextmanager
def connected(port: int) -> Iterator[Raw]:
    """A connection on which nothing has been said."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as plain, plain.makefile("rb") as stream:
        yield Raw(plain, stream)


@contextmanager
def opened(port: int, handshake: bytes = HANDSHAKE) -> Iterator[Raw]:
    """A WebSocket whose handshake is done."""
    with connected(port) as client:
        client.send(handshake)
        assert client.status() == 101
        yield client


def frame(
    opcode: int, payload: bytes = b"", *, last: bool = True, reserved: int = 0, masked: bool = True
) -> bytes:
    """Write a frame; `reserved` are its three reserved bits (4, 2, 1)."""
    head = bytes([last << 7 | reserved << 4 | opcode])
    return head + length_of(len(payload), masked=masked) + (_masked(payload) if masked else payload)


def length_of(size: int, *, masked: bool = True, octets: int | None = None) -> bytes:
    """Write a length in its shortest form, or in the form of 2 or 8 `octets`."""
    if octets is None:
        octets = 0 if size < 126 else 2 if size < 65_536 else 8
    short = {0: size, 2: 126, 8: 127}[octets]
    return bytes([masked << 7 | short]) + (size.to_bytes(octets, "big") if octets else b"")


def _masked(payload: bytes) -> bytes:
    return _MASK + bytes(byte ^ _MASK[n % 4] for n, byte in enumerate(payload))


def close(code: int, reason: bytes = b"") -> bytes:
    """Write a close frame with a code."""
    return frame(CLOSE, code.to_bytes(2, "big") + reason)


def assert_unhurt(bystander: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever one connection did, another goes on, and the gateway met no error of its own."""
    bystander.send('{"action": "ping"}')
    assert json.loads(bystander.recv()) == {"type": "pong"}
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
