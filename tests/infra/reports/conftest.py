from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.redshift import Engine
from infra.reports.check import Bench
from tests.fakes.others import DATA
from tests.infra.reports.days import make_database


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("warehouse") / "june.duckdb"
    make_database(path)
    return path


@pytest.fixture(scope="session")
def bench(database: Path) -> Iterator[Bench]:
    engine = Engine(database)
    yield Bench(engine, DATA)
    engine.close()
