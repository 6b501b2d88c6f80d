"""The limits of API Gateway. Source: AWS, API Gateway quotas for WebSocket and for REST APIs."""

from __future__ import annotations

from dataclasses import dataclass

MAXIMUM_FRAME_BYTES = 32 * 1024
MAXIMUM_MESSAGE_BYTES = 128 * 1024
MAXIMUM_FRAMES = 1024
"""Of one message. API Gateway does not publish its own number."""
MAXIMUM_POST_BYTES = 128 * 1024
MAXIMUM_BODY_BYTES = 10 * 1024 * 1024
MAXIMUM_SOCKET_ADDRESS = 4096
INTEGRATION_SECONDS = 29.0
OPENING_SECONDS = 10.0
"""How long a request may take to be sent. API Gateway does not publish its own number."""

CLOSING_SECONDS = 2.0
"""How long connections have to close when the stand-in ends; on AWS nothing of the kind happens."""


@dataclass(frozen=True, slots=True)
class SocketLimits:
    """How long a connection may be silent, and how long it may live at all; in seconds.

    `messages_at_once` is how many messages of one connection run at once: one client shall not have all the threads.
    API Gateway does not publish its own number.
    """

    idle_seconds: float = 600.0
    life_seconds: float = 7200.0
    integration_seconds: float = INTEGRATION_SECONDS
    messages_at_once: int = 8
