"""The page for analysts, done as it says: its commands and its file in their order, and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from dashboard.links import question_link, read_link
from infra.local.data import prepare
from infra.local.data.serving import serve
from pipeline.core.reports import Report
from pipeline.core.schema import from_wire
from tests.docs.pages import ROOT, fenced, read
from tests.flow.client import User
from tests.flow.conftest import Pipeline, running

PAGE = "docs/adding-a-report.md"
STEP = re.compile(r"^```(sh|sql [\w./-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME = "trips-by-vendor"
_OF_MAKE = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")


@dataclass(frozen=True)
class Desk:
    """Where the analyst works: copies of the project's files, and small data."""

    sql: Path
    data: Path
    told: list[str]

    def do(self, command: str) -> None:
        """Run a command of the page. Set-up was done before the suite began, and is not done again."""
        # Run by make itself, a make within it would tell of the folders that it enters.
        ours = {name: value for name, value in os.environ.items() if name not in _OF_MAKE}
        place = {**ours, "SQL": str(self.sql), "DATA": str(self.data)}
        without_set_up = command.replace("make ", "make -o setup-run ", 1)
        done = subprocess.run(
            without_set_up, shell=True, cwd=ROOT, env=place, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        self.told.append(done.stdout)

    def write(self, name: str, text: str) -> None:
        """Save a file of the page, which names it from the checkout."""
        path = self.sql / Path(name).relative_to("sql")
        assert path.exists(), "the page changes a file that its commands have not made"
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The page up to the moment at which the product is opened."""
    data = tmp_path_factory.mktemp("data")
    serve(data, str(prepare(data, 0.001, lambda _: None).about["version"]))
    sql = tmp_path_factory.mktemp("analyst") / "sql"
    shutil.copytree(ROOT / "sql", sql)
    desk = Desk(sql, data, [])
    for kind, text in STEP.findall(read(PAGE)):
        if kind == "sh":
            desk.do(text.strip())
        else:
            desk.write(kind.removeprefix("sql "), text)
    return desk


@pytest.fixture(scope="module")
def pipeline(desk: Desk) -> Iterator[Pipeline]:
    with running(desk.data, 0.001, desk.sql) as pipeline:
        yield pipeline


@pytest.fixture(scope="module")
def report(pipeline: Pipeline) -> Report:
    status, catalogue = User.named(pipeline, "ana").get("/reports")
    assert status == 200
    served = [entry for entry in catalogue["reports"] if entry["topicName"] == NAME]
    assert served, catalogue["problems"]
    return from_wire(Report, served[0])


def test_the_page_makes_checks_and_previews_one_report(desk: Desk) -> None:
    made, checked, previewed = desk.told
    assert f"{NAME}.sql is there" in made
    assert checked.endswith("1 checked, 0 complaints\n")
    assert "2 of 2 rows" in previewed
    assert "numeric(18,2)" in previewed


def test_the_shared_link_asks_what_the_page_says(report: Report) -> None:
    (link,) = fenced(read(PAGE), "text link")
    address = urlsplit(link.strip())
    opened = read_link(dict(parse_qsl(address.query)), [report])
    assert opened.complaints == ()
    assert opened.question is not None
    assert question_link(f"{address.scheme}://{address.netloc}/", opened.question) == link.strip()


def test_whoever_opens_the_link_gets_the_answer(pipeline: Pipeline, report: Report) -> None:
    (link,) = fenced(read(PAGE), "text link")
    asked = dict(parse_qsl(urlsplit(link.strip()).query))
    user = User.named(pipeline, "bob")
    with user.connected() as session:
        session.run(asked.pop("topicName"), **asked)
        statement_id = session.by_type("accepted", "finished")["finished"]["statementId"]
    _, page = user.get(f"/results/{statement_id}")
    assert [column["name"] for column in page["columns"]] == [column.name for column in report.columns]
    assert page["totalRows"] == 2
