"""A year of small files, an empty warehouse to load it into, and a server to fetch it from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from infra.local.data.checked_trips import make_tables
from infra.local.data.storage import connect
from tests.infra.local.data.tlc import tlc_server
from tests.infra.local.data.tlc.downloads import JANUARY, NAMES
from tests.infra.local.data.tlc.made import month_of, write_month, write_year
from tests.infra.local.data.tlc.tlc_server import TlcServer


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The year, for all tests: not to be changed."""
    return write_year(tmp_path_factory.mktemp("published"))


@pytest.fixture
def folder(published: Path, tmp_path: Path) -> Path:
    """The same year in a folder of the test's own."""
    return Path(shutil.copytree(published, tmp_path / "year"))


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with connect() as connection:
        make_tables(connection)
        yield connection


@pytest.fixture(scope="session")
def offered(published: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The year, with a January large enough to break off in the middle."""
    january = write_month(tmp_path_factory.mktemp("january"), 1, month_of(1, trips=8_000))
    return {name: (published / name).read_bytes() for name in NAMES} | {JANUARY: january.read_bytes()}


@pytest.fixture
def tlc(offered: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> Iterator[TlcServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")  # whatever the network of this machine needs elsewhere
    with tlc_server.serving(dict(offered)) as server:
        yield server


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where a download goes: not there yet."""
    return tmp_path / "new" / "tlc"
