"""What the specifications of the client share."""

from __future__ import annotations

import pytest

from tests.dashboard.client.virtual import VirtualClient


@pytest.fixture
def client() -> VirtualClient:
    """One that is connected and has asked for nothing yet."""
    opened = VirtualClient()
    opened.open()
    opened.forget_effects()
    return opened
