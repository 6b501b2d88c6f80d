"""The warehouse changes over to whole data that are put in use, and to nothing else."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from infra.local.data import Dataset, prepare
from infra.local.data.loading import load
from infra.local.data.serving import serve
from infra.local.data.synthetic import SyntheticYear
from infra.local.data_watcher import DataWatcher
from infra.local.redshift import Engine, Warehouse

OLD, OLD_ROWS = 0.00001, 1461
NEW, NEW_ROWS = SyntheticYear(0.00002), 2922


def quiet(_: str) -> None:
    """For loads whose progress nobody follows."""


def nothing_is_said(about: Mapping[str, Any]) -> None:
    pytest.fail(f"{about['version']} was described")


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return prepare(tmp_path_factory.mktemp("old"), OLD, quiet)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which new data are in use; for all tests: not to be changed."""
    folder = tmp_path_factory.mktemp("loaded")
    load(folder, NEW, quiet)
    return folder


@pytest.fixture
def folder(loaded: Path, tmp_path: Path) -> Path:
    """The same folder, but of the test's own."""
    return Path(shutil.copytree(loaded, tmp_path / "loaded"))


@pytest.fixture
def warehouse(old: Dataset) -> Iterator[Warehouse]:
    warehouse = Warehouse(Engine(old.database))
    yield warehouse
    warehouse.close()


def rows(warehouse: Warehouse) -> int:
    with warehouse.session() as session:
        count = session.run("select count(*) as trips from trips limit 1", {}).page(0)[0][0]
    return int(count["longValue"])


def test_what_was_in_use_at_the_start_is_no_news(warehouse: Warehouse, loaded: Path) -> None:
    DataWatcher(loaded, NEW.version, warehouse, nothing_is_said).look()

    assert rows(warehouse) == OLD_ROWS


def test_what_is_put_in_use_later_is_changed_over_to_once(warehouse: Warehouse, folder: Path) -> None:
    said: list[Mapping[str, Any]] = []
    (folder / "in-use.json").unlink()
    watcher = DataWatcher(folder, None, warehouse, said.append)
    watcher.look()
    assert rows(warehouse) == OLD_ROWS

    serve(folder, NEW.version)
    watcher.look()
    watcher.look()

    assert rows(warehouse) == NEW_ROWS
    assert [about["version"] for about in said] == [NEW.version]


def test_when_new_data_are_described_statements_get_their_rows_already(
    warehouse: Warehouse, loaded: Path
) -> None:
    seen: list[tuple[int, int]] = []

    def describe(about: Mapping[str, Any]) -> None:
        seen.append((about["rows"], rows(warehouse)))

    DataWatcher(loaded, None, warehouse, describe).look()

    assert seen == [(NEW_ROWS, NEW_ROWS)]


def test_data_that_are_still_being_moved_are_named_once_and_changed_over_to_when_they_are_whole(
    warehouse: Warehouse, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[Mapping[str, Any]] = []
    database = folder / f"{NEW.version}.duckdb"
    elsewhere = database.replace(folder / "elsewhere")
    watcher = DataWatcher(folder, None, warehouse, said.append)

    with caplog.at_level(logging.WARNING):
        watcher.look()
        watcher.look()
    assert [record.message for record in caplog.records] == [
        f"The data set {NEW.version} is damaged or incomplete: the one in use stays, until this one is whole."
    ]
    assert (rows(warehouse), said) == (OLD_ROWS, [])

    elsewhere.replace(database)
    watcher.look()
    assert (rows(warehouse), len(said)) == (NEW_ROWS, 1)


def test_each_data_set_that_is_not_whole_is_named(
    warehouse: Warehouse, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watcher = DataWatcher(tmp_path, None, warehouse, nothing_is_said)

    with caplog.at_level(logging.WARNING):
        for version in ("2015-tlc-0123456789ab", "2015-tlc-abcdefabcdef"):
            serve(tmp_path, version)
            watcher.look()

    assert "2015-tlc-0123456789ab is damaged" in caplog.text
    assert "2015-tlc-abcdefabcdef is damaged" in caplog.text


def test_a_change_over_that_broke_off_is_made_again_at_the_next_look(
    warehouse: Warehouse, loaded: Path
) -> None:
    described: list[str] = []

    def describe(about: Mapping[str, Any]) -> None:
        described.append(about["version"])
        if len(described) == 1:
            raise ConnectionError("the bucket does not answer")

    watcher = DataWatcher(loaded, None, warehouse, describe)

    with pytest.raises(ConnectionError):
        watcher.look()
    watcher.look()
    watcher.look()

    assert described == [NEW.version, NEW.version]
    assert rows(warehouse) == NEW_ROWS
