from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.infra.local import sample_handlers


@pytest.fixture(autouse=True)
def _fresh_sample_handlers() -> Iterator[None]:
    sample_handlers.GATE.clear()
    yield
    sample_handlers.GATE.set()
    while not sample_handlers.SEEN.empty():
        sample_handlers.SEEN.get()
