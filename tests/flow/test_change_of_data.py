"""Data that are loaded while the product is used: every answer is of the old rows or of the new ones."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.flow.client import Session, User
from tests.flow.conftest import REPOSITORY, Pipeline, running
from tests.waiting import wait_until

FEW, OLD_ROWS = 0.00002, 2922
MORE, NEW_ROWS = 0.00004, 5845
MOVED, MOVED_ROWS = 0.00003, 4383
YEAR = {"startDate": "2015-01-01", "endDate": "2015-12-31"}


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    with running(tmp_path_factory.mktemp("few"), FEW) as pipeline:
        yield pipeline


def load(folder: Path, scale: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "infra.local.data", "--data", str(folder), "--scale", str(scale)]
    return subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL)


def totals(user: User, session: Session) -> tuple[int, int]:
    """The year's trips, by the roll-up and by the rows."""
    session.run("daily-summary", **YEAR)
    finished = session.by_type("accepted", "finished")["finished"]
    _, page = user.get(f"/results/{finished['statementId']}")
    records = [dict(zip(_names(page), record, strict=True)) for record in page["records"]]
    return sum(record["trips"] for record in records), records[0]["control_trips"]


def _names(page: dict[str, Any]) -> list[str]:
    return [column["name"] for column in page["columns"]]


def test_a_reader_in_a_loop_sees_old_or_new_totals_and_never_a_mix(few: Pipeline) -> None:
    user = User.named(few, "reader")
    seen: list[tuple[int, int]] = []
    with user.connected() as session, load(few.data, MORE) as loading:
        while not seen or seen[-1] != (NEW_ROWS, NEW_ROWS):
            seen.append(totals(user, session))
            assert len(seen) < 500, "the new rows never came"
        assert loading.wait(60) == 0

    changes = [totals for index, totals in enumerate(seen) if index == 0 or totals != seen[index - 1]]
    assert changes == [(OLD_ROWS, OLD_ROWS), (NEW_ROWS, NEW_ROWS)]


def test_what_the_data_say_of_themselves_changes_with_them(few: Pipeline) -> None:
    user = User.named(few, "reader")
    with user.connected() as session:
        assert totals(user, session) == (NEW_ROWS, NEW_ROWS)
    _, answer = user.get("/reports")

    assert answer["data"]["rows"] == NEW_ROWS
    assert answer["data"]["version"].startswith("2015-synthetic-4e-05-")


def test_data_that_are_still_being_moved_in_come_into_use_when_they_are_there(
    few: Pipeline, tmp_path: Path
) -> None:
    user = User.named(few, "reader")
    with load(tmp_path, MOVED) as loading:
        assert loading.wait() == 0
    (tmp_path / "in-use.json").rename(few.data / "in-use.json")
    wait_until(lambda: "damaged or incomplete" in few.log.text)
    with user.connected() as session:
        assert totals(user, session) == (NEW_ROWS, NEW_ROWS)

    for file in tmp_path.glob("2015-*"):
        shutil.move(file, few.data / file.name)
    wait_until(lambda: f"changed over to 2015-synthetic-{MOVED:g}" in few.log.text)
    with user.connected() as session:
        assert totals(user, session) == (MOVED_ROWS, MOVED_ROWS)
    assert few.log.text.count("damaged or incomplete") == 1
