from __future__ import annotations

import gc
import importlib
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="package", autouse=True)
def small_heap() -> Iterator[None]:
    """Streamlit collects garbage after every run; as in the server, what lives for long is not looked at."""
    for name in ("pandas", "plotly.graph_objects", "pyarrow"):
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
