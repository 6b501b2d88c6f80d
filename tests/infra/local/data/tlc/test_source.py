"""Real trips as a data set of the stand-in, from the files to what every page says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from infra.local.data import DataError
from infra.local.data.loading import load
from infra.local.data.serving import serving
from infra.local.data.tlc import open_year, tlc_version
from tests.infra.local.data.conftest import quiet
from tests.infra.local.data.tlc.made import TRIPS, month_of, write_month


def test_the_same_files_have_the_same_version_wherever_they_are(published: Path, folder: Path) -> None:
    assert re.fullmatch("2015-tlc-[0-9a-f]{12}", tlc_version(published))
    assert tlc_version(folder) == tlc_version(published) == open_year(folder).version


def test_other_files_have_another_version(published: Path, folder: Path) -> None:
    columns = month_of(5)
    columns["fare_amount"][0] = 99.0
    write_month(folder, 5, columns)

    assert tlc_version(folder) != tlc_version(published)


def test_loaded_trips_say_that_they_are_real_and_what_is_wrong_with_them(
    folder: Path, tmp_path: Path
) -> None:
    about = load(tmp_path / "var", open_year(folder), quiet).about

    assert about["synthetic"] is False
    assert about["source"] == "trip records of the NYC TLC"
    assert about["rows"] == open_year(folder).trips == 12 * TRIPS
    assert "June has 200 trips in these files; the TLC published 12,324,936." in about["knownDefects"]


def test_a_second_load_of_the_same_files_finds_the_first(folder: Path, tmp_path: Path) -> None:
    first = load(tmp_path / "var", open_year(folder), quiet)

    assert load(tmp_path / "var", open_year(folder), pytest.fail) == first


def test_a_refused_file_leaves_what_was_loaded_before(folder: Path, tmp_path: Path) -> None:
    before = load(tmp_path / "var", open_year(folder), quiet)
    columns = month_of(5)
    columns["fare_amount"][0] = 1e12
    write_month(folder, 5, columns)

    with pytest.raises(DataError, match="the column fare_amount holds the value"):
        load(tmp_path / "var", open_year(folder), quiet)
    assert serving(tmp_path / "var") == before
    assert [file.name for file in (tmp_path / "var").glob("*unfinished*")] == []
