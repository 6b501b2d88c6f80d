"""What `make reports-publish` puts into the bucket, what it refuses, and what it says."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import boto3
import pytest

from infra.local.data import prepare
from infra.local.data.serving import serve
from infra.reports.errors import CommandError
from infra.reports.folder import read_folder
from infra.reports.publishing import publish_all, s3_shelf
from infra.reports.shelf import Shelf
from tests.infra.reports.bucket import Bucket, version_key, version_of
from tests.infra.reports.days import DAYS

ONLY_ROWS = DAYS[: DAYS.index("value = {")] + DAYS[DAYS.index("*/") :]
BOROUGH = """[[parameters]]
name = "borough"
label = "In"
type = "choice"
required = false
default = "Queens"
choicesFrom = "boroughs"

[[columns]]"""
WITH_LIST = ONLY_ROWS.replace("[[columns]]", BOROUGH, 1).replace(
    "group by 1", "    and :borough::varchar = 'Queens'\ngroup by 1"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    serve(folder, str(prepare(folder, 0.001, lambda _: None).about["version"]))
    return folder


@pytest.fixture
def sql(tmp_path: Path) -> Path:
    for name in ("reports", "choices"):
        (tmp_path / name).mkdir()
    (tmp_path / "reports" / "days.sql").write_text(ONLY_ROWS)
    return tmp_path


@pytest.fixture
def shelf(bucket: Bucket) -> Shelf:
    return Shelf(bucket.s3, bucket.name, "ana")


def published(sql: Path, data: Path, shelf: Shelf, name: str | None = None) -> int:
    return publish_all(read_folder(sql), data, name, shelf)


def test_a_checked_report_stands_under_its_hash_and_under_its_name(
    sql: Path, data: Path, shelf: Shelf, bucket: Bucket, capsys: pytest.CaptureFixture[str]
) -> None:
    assert published(sql, data, shelf) == 0
    assert bucket.names() == ["reports/days.sql", version_key(ONLY_ROWS)]
    assert bucket.get(version_key(ONLY_ROWS)) == (ONLY_ROWS, {"topics": "days"})
    assert capsys.readouterr().out == f"days.sql: published, version {version_of(ONLY_ROWS)[:12]}\n"


def test_a_second_time_there_is_nothing_to_do(
    sql: Path, data: Path, shelf: Shelf, bucket: Bucket, capsys: pytest.CaptureFixture[str]
) -> None:
    published(sql, data, shelf)
    put_at = bucket.s3.head_object(Bucket=bucket.name, Key="reports/days.sql")["LastModified"]
    capsys.readouterr()
    assert published(sql, data, shelf) == 0
    assert capsys.readouterr().out == "Nothing to publish: everything is there as it is here.\n"
    assert bucket.s3.head_object(Bucket=bucket.name, Key="reports/days.sql")["LastModified"] == put_at


def test_the_older_file_published_again_is_the_report_again(
    sql: Path, data: Path, shelf: Shelf, bucket: Bucket, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = ONLY_ROWS.replace('title = "Days"', 'title = "Trips"')
    for text in (ONLY_ROWS, newer, ONLY_ROWS):
        (sql / "reports" / "days.sql").write_text(text)
        published(sql, data, shelf)
    assert bucket.get("reports/days.sql")[0] == ONLY_ROWS
    assert bucket.get(version_key(newer))[0] == newer
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == f"days.sql: published again, version {version_of(ONLY_ROWS)[:12]}"


def test_what_the_check_refuses_is_not_published_and_keeps_no_other_back(
    sql: Path, data: Path, shelf: Shelf, bucket: Bucket, capsys: pytest.CaptureFixture[str]
) -> None:
    (sql / "reports" / "bad.sql").write_text(ONLY_ROWS.replace("rows = 3", "rows = 4"))
    (sql / "reports" / "nest.sql").mkdir()
    assert published(sql, data, shelf) == 2
    assert "reports/bad.sql" not in bucket.names()
    assert "reports/days.sql" in bucket.names()
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "nest.sql:1: The file cannot be read: it is no regular file."
    assert told[1].endswith("Example 1: 4 rows were expected; there are 3.")
    assert told[2] == "bad.sql: not published"


def test_where_all_is_refused_nothing_is_said_to_be_as_it_should(
    sql: Path, data: Path, shelf: Shelf, bucket: Bucket, capsys: pytest.CaptureFixture[str]
) -> None:
    (sql / "reports" / "days.sql").write_text("select 1")
    assert published(sql, data, shelf, "days") == 1
    assert bucket.names() == []
    assert capsys.readouterr().out.endswith("\ndays.sql: not published\n")


def test_one_report_is_published_with_the_lists_that_it_names_and_no_other(
    sql: Path, data: Path, shelf: Shelf, bucket: Bucket, capsys: pytest.CaptureFixture[str]
) -> None:
    boroughs = "value,label\nQueens,Queens\n"
    (sql / "reports" / "named.sql").write_text(WITH_LIST)
    for name in ("boroughs", "zones"):
        (sql / "choices" / f"{name}.csv").write_text(boroughs)
    assert published(sql, data, shelf, "named") == 0
    assert bucket.names() == ["reports/choices/boroughs.csv", "reports/named.sql", version_key(WITH_LIST)]
    assert bucket.get("reports/choices/boroughs.csv")[0] == boroughs
    first, second = capsys.readouterr().out.splitlines()
    assert first == "choices/boroughs.csv: published"
    assert second.startswith("named.sql: published, version ")


def test_a_file_that_somebody_changed_in_the_bucket_is_published_again(
    sql: Path, data: Path, shelf: Shelf, bucket: Bucket
) -> None:
    published(sql, data, shelf)
    bucket.put("reports/days.sql", "select 1", sha256=version_of(ONLY_ROWS))
    published(sql, data, shelf)
    assert bucket.get("reports/days.sql")[0] == ONLY_ROWS


def test_a_version_that_went_missing_is_kept_again(
    sql: Path, data: Path, shelf: Shelf, bucket: Bucket, capsys: pytest.CaptureFixture[str]
) -> None:
    published(sql, data, shelf)
    bucket.s3.delete_object(Bucket=bucket.name, Key=version_key(ONLY_ROWS))
    published(sql, data, shelf)
    assert bucket.get(version_key(ONLY_ROWS))[0] == ONLY_ROWS
    assert capsys.readouterr().out.endswith("was missing, and is kept now\n")


def test_a_report_whose_version_has_other_bytes_is_refused_and_keeps_no_other_back(
    sql: Path, data: Path, shelf: Shelf, bucket: Bucket, capsys: pytest.CaptureFixture[str]
) -> None:
    (sql / "reports" / "later.sql").write_text(ONLY_ROWS.replace('title = "Days"', 'title = "Later"'))
    bucket.put(version_key(ONLY_ROWS), "select 1", topics="days")
    assert published(sql, data, shelf) == 1
    assert "reports/days.sql" not in bucket.names()
    assert "reports/later.sql" in bucket.names()
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("days.sql:1: Somebody changed reports/versions/")
    assert told[1] == "days.sql: not published"


class Recorder:
    """An S3 that writes down in which order things are put there."""

    def __init__(self, s3: Any) -> None:
        self._s3 = s3
        self.put: list[str] = []

    def get_object(self, **asked: Any) -> Any:
        return self._s3.get_object(**asked)

    def put_object(self, **given: Any) -> Any:
        self.put.append(given["Key"])
        return self._s3.put_object(**given)


def test_a_version_is_put_there_first_and_the_name_that_leads_to_it_last(
    sql: Path, data: Path, bucket: Bucket
) -> None:
    (sql / "reports" / "days.sql").write_text(WITH_LIST)
    (sql / "choices" / "boroughs.csv").write_text("value,label\nQueens,Queens\n")
    recorder = Recorder(bucket.s3)
    published(sql, data, Shelf(recorder, bucket.name, "ana"))
    assert recorder.put == [version_key(WITH_LIST), "reports/choices/boroughs.csv", "reports/days.sql"]


def test_a_bucket_that_is_not_there_is_told_in_a_sentence(sql: Path, data: Path, s3: Any) -> None:
    with pytest.raises(CommandError, match=r"days\.sql could not be published: .*bucket does not exist"):
        published(sql, data, Shelf(s3, "no-such-bucket", "ana"))


def test_an_s3_that_does_not_answer_is_told_in_a_sentence(sql: Path, data: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        session = boto3.Session("local", "local", region_name="us-east-1")
        with pytest.raises(CommandError, match=r"days\.sql could not be published: Could not connect"):
            published(sql, data, Shelf(session.client("s3", endpoint_url=address), "reports", "ana"))


def test_without_a_bucket_the_command_says_how_to_name_one() -> None:
    with pytest.raises(CommandError, match="make reports-publish BUCKET="):
        s3_shelf("", "ana")
