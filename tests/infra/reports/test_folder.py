"""One file that cannot be read hurts no other, and nothing outside the folder is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.reports.folder import read_choices, read_folder
from pipeline.core.reports import Choice, Problem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("reports", "choices"):
        (tmp_path / "sql" / name).mkdir(parents=True)
    (tmp_path / "sql" / "reports" / "days.sql").write_text("days")
    (tmp_path / "sql" / "choices" / "zones.csv").write_text('value,label\n3,"Allerton, Bronx"\n')
    return tmp_path / "sql"


def test_reports_and_lists_are_read_by_name(folder: Path) -> None:
    found = read_folder(folder)
    assert found.reports == {"days": b"days"}
    assert read_choices(found) == ({"zones": (Choice("3", "Allerton, Bronx"),)}, ())
    assert found.refused == ()


def test_a_link_that_leads_out_of_the_folder_is_refused_and_not_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "reports" / "linked.sql").symlink_to(tmp_path / "secret.txt")
    found = read_folder(folder)
    assert found.reports == {"days": b"days"}
    assert found.refused == (
        Problem("linked.sql", 1, "The file cannot be read: it is a link that leads out of the folder."),
    )


def test_a_link_inside_the_folder_is_followed(folder: Path) -> None:
    (folder / "reports" / "again.sql").symlink_to(folder / "reports" / "days.sql")
    assert read_folder(folder).reports == {"again": b"days", "days": b"days"}


def test_a_link_to_nothing_is_left_out(folder: Path) -> None:
    (folder / "reports" / "gone.sql").symlink_to(folder / "reports" / "nothing.sql")
    assert read_folder(folder).reports == {"days": b"days"}


def test_links_in_a_circle_are_refused(folder: Path) -> None:
    (folder / "reports" / "loop.sql").symlink_to(folder / "reports" / "loop.sql")
    found = read_folder(folder)
    assert found.reports == {"days": b"days"}
    said = "The file cannot be read: Too many levels of symbolic links."
    assert found.refused == (Problem("loop.sql", 1, said),)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_what_is_no_regular_file_is_refused_and_not_waited_for(
    make: Callable[[Path], None], folder: Path
) -> None:
    make(folder / "reports" / "nest.sql")
    found = read_folder(folder)
    assert found.reports == {"days": b"days"}
    assert found.refused == (Problem("nest.sql", 1, "The file cannot be read: it is no regular file."),)


@pytest.mark.parametrize(
    ("name", "shown"), [("a\u200bb.sql", "a\\u200bb.sql"), ("tägliches.sql", "tägliches.sql")]
)
def test_a_name_that_no_report_can_have_is_refused_so_that_it_can_be_read(
    name: str, shown: str, folder: Path
) -> None:
    (folder / "reports" / name).write_text("x")
    found = read_folder(folder)
    assert found.reports == {"days": b"days"}
    said = "The file cannot be read: its name has characters other than a–z, 0–9 and hyphens."
    assert found.refused == (Problem(shown, 1, said),)


def test_a_list_that_is_none_is_named_and_the_others_are_read(folder: Path) -> None:
    (folder / "choices" / "bad.csv").write_text("value,label\nonly one cell\n")
    choices, problems = read_choices(read_folder(folder))
    assert list(choices) == ["zones"]
    assert problems == (Problem("bad.csv", 1, "The list has a line that is not value,label."),)


def test_an_empty_folder_has_nothing(tmp_path: Path) -> None:
    assert read_folder(tmp_path).reports == {}
