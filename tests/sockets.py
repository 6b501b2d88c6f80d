"""WebSocket clients that leave nothing behind: every test that opens a connection opens it here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import websocket


@contextmanager
def websocket_client(
    address: str,
    header: Mapping[str, str] | None = None,
    timeout: float = 20,
    options: Sequence[tuple[int, int, int]] = (),
) -> Iterator[websocket.WebSocket]:
    """Open a connection, and end it without the closing handshake unless the block has closed it.

    `options` are those of the socket.

    websocket-client's `close()` leaves the socket open when the other side closed first; `shutdown()` never does.
    A socket that is left to the collector fails whichever test runs when it is met.
    """
    client = websocket.create_connection(address, timeout=timeout, header=dict(header or {}), sockopt=options)
    try:
        yield client
    finally:
        client.shutdown()
