"""The limits of API Gateway. Source: AWS, API Gateway quotas for WebSocket and for REST APIs."""

from __future__ import annotations

from dataclasses import dataclass

MAXIMUM_FRAME_BYTES = 32 * 1024
MAXIMUM_MESSAGE_BYTES = 128 * 1024
MAXIMUM_POST_BYTES = 128 * 1024
MAXIMUM_BODY_BYTES = 10 * 1024 * 1024
MAXIMUM_SOCKET_ADDRESS = 4096
INTEGRATION_SECONDS = 29.0
OPENING_SECONDS = 10.0
"""How long a request may take to be sent. API Gateway does not publish its own number."""


@dataclass(frozen=True, slots=True)
class SocketLimits:
    """How long a connection may be silent, and how long it may live at all; in seconds."""

    idle_seconds: float = 600.0
    life_seconds: float = 7200.0
    integration_seconds: float = INTEGRATION_SECONDS
