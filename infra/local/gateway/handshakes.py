"""Which requests may become a WebSocket: what RFC 6455, section 4.2.1 asks for and wsproto does not look at."""

from __future__ import annotations

import base64
from collections.abc import Sequence

_KEY = b"sec-websocket-key"
_KEY_BYTES = 16


def is_handshake(http_version: bytes, headers: Sequence[tuple[bytes, bytes]]) -> bool:
    """Say whether a request to upgrade can be read; method, version and what is missing are wsproto's.

    Args:
        http_version: For example `b"1.1"`; HTTP/1.0 knows no upgrade.
        headers: The request's headers, their names in lower case.
    """
    keys = [value for name, value in headers if name == _KEY]
    try:
        for name, value in headers:
            _read(name, value)
        return http_version == b"1.1" and all(_is_nonce(key) for key in keys) and len(keys) <= 1
    except ValueError:
        return False


def _read(name: bytes, value: bytes) -> None:
    """Read a header as wsproto does, which takes for granted that it can be read."""
    if name == b"host":
        value.decode("idna")
    elif name in {b"connection", b"upgrade"} or name.startswith(b"sec-websocket-"):
        value.decode("ascii")


def _is_nonce(key: bytes) -> bool:
    return len(base64.b64decode(key, validate=True)) == _KEY_BYTES
