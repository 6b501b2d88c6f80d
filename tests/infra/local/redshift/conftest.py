"""The warehouse and the service of these tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.local.redshift import Engine
from tests.infra.local.redshift.service import Service, serving
from tests.infra.local.redshift.warehouse import make_warehouse


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("warehouse") / "taxi.duckdb"
    make_warehouse(path)
    return path


@pytest.fixture(scope="session")
def engine(database: Path) -> Iterator[Engine]:
    engine = Engine(database)
    yield engine
    engine.close()


@pytest.fixture
def service(engine: Engine) -> Iterator[Service]:
    with serving(engine) as running:
        yield running


@pytest.fixture
def client(service: Service) -> Any:
    return service.client()
