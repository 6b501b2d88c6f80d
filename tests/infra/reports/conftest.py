from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.local.redshift import Engine
from infra.reports.check import Bench
from tests.fakes.others import DATA
from tests.infra.reports.bucket import Bucket, local_s3, new_bucket
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


@pytest.fixture(scope="session")
def s3() -> Iterator[Any]:
    with local_s3() as client:
        yield client


@pytest.fixture
def bucket(s3: Any, request: pytest.FixtureRequest) -> Bucket:
    return new_bucket(s3, request)
