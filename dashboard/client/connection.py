"""One WebSocket over websocket-client, made safe for a thread that must never hang.

The library has no limit for what comes in, follows redirects with our token, sends an `Origin`, and waits for
ever where no time-out is set; here each of that is settled.
"""

from __future__ import annotations

import ssl
from typing import Any

import websocket
from websocket import ABNF

from dashboard.client.events import Heard, Received

OPEN_TIMEOUT_SECONDS = 10.0
SEND_TIMEOUT_SECONDS = 5.0
# AWS: API Gateway, quotas: a WebSocket message holds at most 128 KB.
LONGEST_MESSAGE_BYTES = 131_072
_NOTHING_MORE = (BlockingIOError, ssl.SSLWantReadError)


class HandshakeFailed(Exception):
    """The connection could not be opened; `status` is the HTTP status, None where none came."""

    def __init__(self, detail: str, status: int | None = None) -> None:
        super().__init__(detail)
        self.status = status


class ConnectionLost(Exception):
    """The connection is no longer usable."""


class Connection:
    """An open WebSocket, used by one thread."""

    def __init__(self, url: str, token: str) -> None:
        """Open it, within ten seconds of silence.

        Raises:
            HandshakeFailed: nobody answered, or not with 101.
        """
        self._socket = _bounded_socket()
        try:
            self._socket.connect(
                url,
                header=[f"Authorization: Bearer {token}"],
                suppress_origin=True,
                redirect_limit=0,
                timeout=OPEN_TIMEOUT_SECONDS,
            )
        except websocket.WebSocketBadStatusException as error:
            raise HandshakeFailed(_refusal(error.status_code), error.status_code) from error
        except (websocket.WebSocketException, OSError, ValueError) as error:
            raise HandshakeFailed("The pipeline does not answer.") from error

    def fileno(self) -> int:
        """Give the descriptor that becomes readable when something came."""
        return int(self._socket.fileno())

    def send_text(self, text: str) -> None:
        """Send a text frame.

        Raises:
            ConnectionLost: it could not be sent.
        """
        self._send(text, ABNF.OPCODE_TEXT)

    def send_ping(self) -> None:
        """Send a ping frame.

        Raises:
            ConnectionLost: it could not be sent.
        """
        self._send("", ABNF.OPCODE_PING)

    def receive(self) -> tuple[list[Received | Heard], str | None]:
        """Take what has come, without waiting: the events, and why the connection has ended (None: it lives)."""
        events: list[Received | Heard] = []
        self._socket.settimeout(0)
        try:
            while True:
                events.append(self._next())
        except _NOTHING_MORE:
            return events, None
        except ConnectionLost as error:
            return events, str(error)
        except (websocket.WebSocketException, OSError, UnicodeDecodeError) as error:
            return events, f"The connection broke ({type(error).__name__})."

    def close(self) -> None:
        """Say goodbye (code 1000) and close at once, whether or not the other side answers."""
        self._socket.settimeout(SEND_TIMEOUT_SECONDS)
        self._socket.close(timeout=0)
        self._socket.shutdown()  # where the other side closed first, `close` above leaves the descriptor open

    def _next(self) -> Received | Heard:
        opcode, frame = self._socket.recv_data_frame(control_frame=True)
        self._socket.received_bytes = 0
        if opcode == ABNF.OPCODE_CLOSE:
            raise ConnectionLost("The pipeline closed the connection.")
        if opcode == ABNF.OPCODE_TEXT:
            return Received(frame.data.decode("utf-8"))
        return Heard()

    def _send(self, text: str, opcode: int) -> None:
        self._socket.settimeout(SEND_TIMEOUT_SECONDS)
        try:
            self._socket.send(text, opcode)
        except (websocket.WebSocketException, OSError) as error:
            raise ConnectionLost(f"The connection broke ({type(error).__name__}).") from error


class _BoundedSocket(websocket.WebSocket):
    """Counts what comes in since the last whole message, and stops reading above the limit."""

    received_bytes = 0

    def _recv(self, bufsize: int) -> bytes:
        data: bytes = super()._recv(bufsize)  # type: ignore[no-untyped-call]  # the library has no type here
        self.received_bytes += len(data)
        if self.received_bytes > LONGEST_MESSAGE_BYTES:
            raise websocket.WebSocketPayloadException("The message is longer than any message may be.")
        return data


def _bounded_socket() -> Any:
    """Make the socket; Any, because the library's own annotations are incomplete."""
    return _BoundedSocket(enable_multithread=False)


def _refusal(status: int) -> str:
    return f"The pipeline refused the connection (HTTP {status})."
