"""One small year for all comparisons: loaded as files of the TLC, served by the Data API, exported for the twins."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.data import serving as data_in_use
from infra.local.redshift import Engine
from tests.infra.local.redshift.service import serving
from tests.reports.odd_trips import add_odd_trips
from tests.reports.twins.common.rows import Export, read_export
from tests.reports.warehouse import Warehouse

REPOSITORY = Path(__file__).resolve().parents[2]
SHARE_OF_THE_YEAR = "0.001"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the warehouse: a thousandth of the synthetic year, and the odd trips."""
    synthetic, files, data = (tmp_path_factory.mktemp(name) for name in ("synthetic", "files", "data"))
    _run("infra.local.data", "--scale", SHARE_OF_THE_YEAR, "--data", str(synthetic))
    _run("infra.local.data.export", "--data", str(synthetic), "--out", str(files))
    add_odd_trips(files / "trips")
    _run("infra.local.data", "--tlc", str(files / "trips"), "--data", str(data))
    return data


@pytest.fixture(scope="session")
def export(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Export:
    """The rows that the twins read: what the warehouse itself gives away."""
    folder = tmp_path_factory.mktemp("export")
    _run("infra.local.data.export", "--data", str(data), "--out", str(folder))
    return read_export(folder)


@pytest.fixture(scope="session")
def warehouse(data: Path) -> Iterator[Warehouse]:
    """The Data API over the same rows."""
    dataset = data_in_use(data)
    assert dataset is not None
    engine = Engine(dataset.database)
    try:
        with serving(engine) as service:
            client = service.client()
            yield Warehouse(client)
            client.close()
    finally:
        engine.close()


def _run(module: str, *arguments: str) -> None:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
