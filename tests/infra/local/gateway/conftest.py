from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.infra.local.gateway.rig import Rig, running
from tests.infra.local.wirings import wiring


@pytest.fixture
def gateway() -> Iterator[Rig]:
    with running(wiring()) as rig:
        yield rig
