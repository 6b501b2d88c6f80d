"""The analyst's commands, as they are typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra.local.data import prepare
from infra.local.data.serving import serve
from infra.reports.__main__ import main
from tests.infra.reports.days import DAYS


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    serve(folder, str(prepare(folder, 0.001, lambda _: None).about["version"]))
    return folder


@pytest.fixture
def sql(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    return tmp_path


def test_a_new_report_is_a_file_that_passes_its_own_check(
    sql: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--sql", str(sql), "new", "my-question"]) == 0
    made = (sql / "reports" / "my-question.sql").read_text(encoding="utf-8")
    assert 'title = "My question"' in made
    assert main(["--sql", str(sql), "--data", str(data), "check", "my-question"]) == 0
    told = capsys.readouterr().out
    assert "my-question.sql: good; 1 of 1 examples tried; 365 rows over the whole range; run time not" in told
    assert told.endswith("1 checked, 0 complaints\n")


@pytest.mark.parametrize("name", ["My-Question", "a_b", "../a", "", "a" * 65])
def test_a_name_that_cannot_be_one_is_refused_in_a_sentence(
    name: str, sql: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--sql", str(sql), "new", name]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "cannot name a report" in said
    assert list((sql / "reports").iterdir()) == []


def test_a_file_that_is_there_is_left_alone(sql: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sql / "reports" / "days.sql").write_text("mine")
    assert main(["--sql", str(sql), "new", "days"]) == 2
    assert (sql / "reports" / "days.sql").read_text() == "mine"
    assert capsys.readouterr().err.endswith(
        "days.sql is there already: choose another name, or change that file.\n"
    )


def test_complaints_come_file_by_file_with_line_and_a_status(
    sql: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (sql / "reports" / "bad.sql").write_text("select 1")
    (sql / "reports" / "days.sql").write_text(DAYS.replace("rows = 3", "rows = 4"))
    (sql / "choices").mkdir()
    (sql / "choices" / "list.csv").write_text("value,label\n1")
    assert main(["--sql", str(sql), "--data", str(data), "check"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "list.csv:1: The list has a line that is not value,label."
    assert told[1] == "bad.sql:1: The file must begin with its declaration in a comment: /* … */."
    assert "days.sql:55: Example 1: 4 rows were expected; there are 3." in told
    assert told[-1].startswith("2 checked, ")


def test_a_report_that_is_not_there_is_named_beside_those_that_are(
    sql: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (sql / "reports" / "days.sql").write_text(DAYS)
    assert main(["--sql", str(sql), "--data", str(data), "check", "nights"]) == 2
    assert capsys.readouterr().err == "There is no report nights: there are days.\n"


def test_a_preview_of_no_report_asks_which(sql: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sql / "reports" / "days.sql").write_text(DAYS)
    assert main(["--sql", str(sql), "--data", str(data), "preview", ""]) == 2
    assert capsys.readouterr().err == "Say which report, as in NAME=tips-by-hour: there are days.\n"


def test_a_preview_shows_rows_types_and_plan(
    sql: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--sql", str(sql), "new", "my-question"])
    arguments = ["--sql", str(sql), "--data", str(data), "preview", "my-question", "startDate=2015-06-28"]
    assert main(arguments) == 0
    told = capsys.readouterr().out
    assert "startDate=2015-06-28 endDate=2015-06-30" in told
    assert "3 of 3 rows, in " in told
    assert [line.split() for line in told.splitlines() if line.startswith("trips ")] == [
        ["trips", "integer", "int8"]
    ]
    assert "trips_by_hour_zone" in told[told.index("Plan of the stand-in's engine") :]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("startDate", "startDate is no parameter: write name=value, such as startDate=2015-06-01.\n"),
        ("day=2015-06-01", "This report has no parameter day.\n"),
        ("startDate=soon", "startDate must be a date such as 2015-06-01.\n"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_in_a_sentence(
    given: str, sentence: str, sql: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--sql", str(sql), "new", "my-question"])
    assert main(["--sql", str(sql), "--data", str(data), "preview", "my-question", given]) == 2
    assert capsys.readouterr().err == sentence


def test_a_preview_of_sql_that_fails_names_the_line(
    sql: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--sql", str(sql), "new", "my-question"])
    file = sql / "reports" / "my-question.sql"
    text = file.read_text().replace("sum(trips)", "sum(rides)")
    file.write_text(text)
    assert main(["--sql", str(sql), "--data", str(data), "preview", "my-question"]) == 1
    line = text[: text.index("sum(rides)")].count("\n") + 1
    assert f'my-question.sql:{line}: Column "rides" does not exist.' in capsys.readouterr().out


def test_the_wrong_folder_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--sql", str(tmp_path), "check"]) == 2
    assert capsys.readouterr().err.startswith(f"There is no folder {tmp_path / 'reports'}")


def test_a_new_report_is_made_without_loading_an_engine(sql: Path) -> None:
    program = (
        "import sys; from infra.reports.__main__ import main; "
        f"main(['--sql', {str(sql)!r}, 'new', 'quick']); "
        "sys.exit(bool({'duckdb', 'sqlglot', 'numpy', 'boto3'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(("name", "status"), [("quick", 0), ("broken", 1)])
def test_a_reader_that_has_seen_enough_leaves_the_status_as_it_was_and_no_traceback(
    name: str, status: int, sql: Path, data: Path
) -> None:
    (sql / "reports" / "broken.sql").write_text("select 1")
    main(["--sql", str(sql), "new", "quick"])
    command = [sys.executable, "-m", "infra.reports", "--sql", str(sql), "--data", str(data), "check", name]
    read, write = os.pipe()
    os.close(read)
    try:
        ended = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(write)
    assert ended.returncode == status
    assert b"BrokenPipe" not in ended.stderr


def test_publishing_without_a_bucket_is_refused_in_a_sentence(
    sql: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--sql", str(sql), "publish", "--bucket", ""]) == 2
    assert capsys.readouterr().err.startswith("Say where to: make reports-publish BUCKET=")


@pytest.mark.parametrize("publisher", ["Zoë", "Zo\n"])
def test_a_publisher_whom_s3_cannot_name_is_refused_before_anything_is_put_there(
    publisher: str, sql: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--sql", str(sql), "publish", "--bucket", "reports", "--publisher", publisher]) == 2
    said = f"{publisher!a} cannot stand beside a report: write PUBLISHER in plain letters, A to Z.\n"
    assert capsys.readouterr().err == said
