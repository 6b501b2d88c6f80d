"""The warehouse changes over to whole data that are put in use, and to nothing else."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from infra.local.data import Dataset
from infra.local.data.loading import load
from infra.local.data.serving import serve
from infra.local.data.synthetic import SyntheticYear
from infra.local.data_watcher import DataWatcher

FEW = SyntheticYear(0.00002)


def quiet(_: str) -> None:
    """For loads whose progress nobody follows."""


def test_what_was_in_use_at_the_start_is_no_news(tmp_path: Path) -> None:
    load(tmp_path, FEW, quiet)

    DataWatcher(tmp_path, FEW.version, lambda _: pytest.fail("it changed over")).look()


def test_what_is_loaded_later_is_changed_over_to_once(tmp_path: Path) -> None:
    changes: list[Dataset] = []
    watcher = DataWatcher(tmp_path, None, changes.append)
    watcher.look()
    load(tmp_path, FEW, quiet)

    watcher.look()
    watcher.look()

    assert [dataset.about["version"] for dataset in changes] == [FEW.version]


def test_data_that_are_not_whole_are_named_and_not_changed_over_to(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watcher = DataWatcher(tmp_path, None, lambda _: pytest.fail("it changed over"))
    serve(tmp_path, "2015-tlc-0123456789ab")

    with caplog.at_level(logging.WARNING):
        watcher.look()

    assert "2015-tlc-0123456789ab is damaged or incomplete: the one in use stays" in caplog.text
