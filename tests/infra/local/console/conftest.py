from __future__ import annotations

from tests.infra.local.gateway.conftest import gateway

__all__ = ["gateway"]
