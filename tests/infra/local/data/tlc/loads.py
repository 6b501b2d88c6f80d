"""What the tests of the load share: how they load, and what they look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from infra.local.data import DataError
from infra.local.data.progress import Progress
from infra.local.data.tlc import TlcYear, insert_trips
from tests.infra.local.data.conftest import quiet

Warehouse = duckdb.DuckDBPyConnection


def load(warehouse: Warehouse, folder: Path) -> TlcYear:
    return insert_trips(warehouse, folder, Progress(quiet))


def refusal(warehouse: Warehouse, folder: Path) -> str:
    with pytest.raises(DataError) as caught:
        load(warehouse, folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def rows(warehouse: Warehouse, columns: str = "*", condition: str = "true") -> list[tuple[Any, ...]]:
    return warehouse.execute(f"SELECT {columns} FROM nyc_yellow_taxi WHERE {condition}").fetchall()
