"""The contract of `Reports`, kept by the files in memory and by the adapter over S3."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import boto3
import pytest

from pipeline.aws.reports import S3Reports
from pipeline.core.errors import Refusal
from pipeline.core.reports import UNDESCRIBED, DataDescription, Report
from pipeline.core.schema import to_wire
from pipeline.ports import Reports
from tests.contract.clients import local_client
from tests.contract.stack import stack_output
from tests.fakes.others import DATA, FakeReports
from tests.fakes.ports import REPORT

BROKEN = REPORT.replace(":startDate::date", ":startDate")
CHANGED = REPORT.replace('title = "Trips"', 'title = "Rides"')


@dataclass
class Shelf:
    """The reports under test, and how an analyst publishes a file there."""

    reports: Reports
    publish: Callable[[str, str], None]


@pytest.fixture(scope="session")
def s3(moto_address: str) -> Iterator[Any]:
    client = local_client("s3", moto_address)
    yield client
    client.close()


def bucket_shelf(client: Any, bucket: str, prefix: str) -> Shelf:
    topics: dict[str, set[str]] = {}

    def publish(topic_name: str, text: str) -> None:
        content = text.encode()
        version = sha256(content).hexdigest()
        topics.setdefault(version, set()).add(topic_name)
        named = {"topics": " ".join(sorted(topics[version]))}
        client.put_object(Bucket=bucket, Key=f"{prefix}versions/{version}.sql", Body=content, Metadata=named)
        key = f"{prefix}{topic_name}.sql"
        client.put_object(Bucket=bucket, Key=key, Body=content, Metadata={"sha256": version})

    return Shelf(S3Reports(client, bucket, prefix), publish)


def fake_shelf() -> Shelf:
    reports = FakeReports()
    return Shelf(reports, reports.put)


def local_shelf(client: Any) -> Shelf:
    bucket = f"reports-{uuid.uuid4().hex}"
    client.create_bucket(Bucket=bucket)
    return bucket_shelf(client, bucket, "reports/")


def stack_shelf() -> Shelf:
    return bucket_shelf(
        boto3.client("s3"), stack_output("ReportsBucketName"), f"contract-{uuid.uuid4().hex}/"
    )


@pytest.fixture(params=["fake", "local", pytest.param("aws", marks=pytest.mark.aws)])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    kinds: dict[str, Callable[[], Shelf]] = {
        "fake": fake_shelf,
        "local": lambda: local_shelf(request.getfixturevalue("s3")),
        "aws": stack_shelf,
    }
    return kinds[request.param]()


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as caught:
        work()
    return caught.value.code


def test_a_published_file_is_a_report(shelf: Shelf) -> None:
    shelf.publish("daily-summary", REPORT)
    report = shelf.reports.report("daily-summary")
    assert (report.topic_name, report.title) == ("daily-summary", "Trips")
    assert report.version == sha256(REPORT.encode()).hexdigest()
    assert report.sql == REPORT.partition("*/")[2].strip()


def test_a_file_published_again_is_the_report_from_then_on(shelf: Shelf) -> None:
    shelf.publish("daily-summary", REPORT)
    shelf.publish("daily-summary", CHANGED)
    assert shelf.reports.report("daily-summary").title == "Rides"


def test_a_report_that_is_not_there_is_unknown(shelf: Shelf) -> None:
    assert code_of(lambda: shelf.reports.report("daily-summary")) == "unknown_report"


def test_a_file_that_is_no_report_is_invalid_and_says_where(shelf: Shelf) -> None:
    shelf.publish("broken", BROKEN)
    with pytest.raises(Refusal, match=r"broken\.sql:\d+: startDate is declared date") as caught:
        shelf.reports.report("broken")
    assert (caught.value.code, caught.value.status) == ("report_invalid", 409)


def test_every_version_that_was_published_stays(shelf: Shelf) -> None:
    for text in (REPORT, CHANGED):
        shelf.publish("daily-summary", text)
    versions = [sha256(text.encode()).hexdigest() for text in (REPORT, CHANGED)]
    titles = [shelf.reports.version("daily-summary", version).title for version in versions]
    assert titles == ["Trips", "Rides"]


def test_a_version_of_another_report_is_unknown(shelf: Shelf) -> None:
    shelf.publish("daily-summary", REPORT)
    shelf.publish("fares", CHANGED)
    version = sha256(CHANGED.encode()).hexdigest()
    assert shelf.reports.version("fares", version).title == "Rides"
    assert code_of(lambda: shelf.reports.version("daily-summary", version)) == "unknown_report"


def test_two_reports_of_one_text_share_its_version(shelf: Shelf) -> None:
    for name in ("daily-summary", "fares"):
        shelf.publish(name, REPORT)
    version = sha256(REPORT.encode()).hexdigest()
    names = [shelf.reports.version(name, version).topic_name for name in ("daily-summary", "fares")]
    assert names == ["daily-summary", "fares"]


@pytest.mark.parametrize("version", ["f" * 64, "", "../daily-summary", "F" * 64])
def test_a_version_that_was_never_published_is_unknown(shelf: Shelf, version: str) -> None:
    shelf.publish("daily-summary", REPORT)
    assert code_of(lambda: shelf.reports.version("daily-summary", version)) == "unknown_report"


def test_a_version_that_can_no_longer_be_read_is_invalid(shelf: Shelf) -> None:
    shelf.publish("broken", BROKEN)
    version = sha256(BROKEN.encode()).hexdigest()
    assert code_of(lambda: shelf.reports.version("broken", version)) == "report_invalid"


def test_the_catalogue_names_every_report_in_order(shelf: Shelf) -> None:
    for name in ("trips", "daily-summary", "fares"):
        shelf.publish(name, REPORT)
    catalogue = shelf.reports.catalogue()
    assert [report.topic_name for report in catalogue.reports] == ["daily-summary", "fares", "trips"]
    assert catalogue.problems == ()


def test_a_bad_file_is_named_and_hurts_no_other(shelf: Shelf) -> None:
    shelf.publish("daily-summary", REPORT)
    shelf.publish("broken", BROKEN)
    shelf.publish("Bad_Name", REPORT)
    catalogue = shelf.reports.catalogue()
    assert [report.topic_name for report in catalogue.reports] == ["daily-summary"]
    assert {problem.file for problem in catalogue.problems} == {"broken.sql", "Bad_Name.sql"}


def test_everything_that_is_wrong_with_a_file_is_listed(shelf: Shelf) -> None:
    shelf.publish("broken", REPORT.replace("maximumRows = 5", "maximumRows = 0").replace("::date + 1", ""))
    assert [problem.message for problem in shelf.reports.catalogue().problems] == [
        "maximumRows must be at least 1.",
        "endDate is declared date: write :endDate::date.",
    ]


@pytest.mark.parametrize("text", ["/*\nx = " + "[" * 5000 + "\n*/ select 1", "", "\ufeff", "/* */", "\x00"])
def test_a_file_made_to_break_the_reader_hurts_no_other(shelf: Shelf, text: str) -> None:
    shelf.publish("daily-summary", REPORT)
    shelf.publish("broken", text)
    catalogue = shelf.reports.catalogue()
    assert [report.topic_name for report in catalogue.reports] == ["daily-summary"]
    assert [problem.file for problem in catalogue.problems] == ["broken.sql"]


def test_an_empty_folder_is_an_empty_catalogue(shelf: Shelf) -> None:
    assert shelf.reports.catalogue().reports == ()


# what only the bucket has


@pytest.fixture
def bucket(s3: Any) -> str:
    name = f"reports-{uuid.uuid4().hex}"
    s3.create_bucket(Bucket=name)
    return name


def test_a_version_is_read_once_and_a_changed_list_of_choices_is_seen(s3: Any, bucket: str) -> None:
    put(s3, bucket, "reports/choices/boroughs.csv", b"value,label\nQueens,Queens\n")
    text = REPORT.replace("\n[[columns]]", f'{PARAMETER}choicesFrom = "boroughs"\n\n[[columns]]')
    text += "and :borough::varchar = b\n"
    bucket_shelf(s3, bucket, "reports/").publish("daily-summary", text)
    version, reports = sha256(text.encode()).hexdigest(), S3Reports(s3, bucket, "reports/")
    assert offered(reports.version("daily-summary", version)) == ["Queens"]
    s3.delete_object(Bucket=bucket, Key=f"reports/versions/{version}.sql")
    put(s3, bucket, "reports/choices/boroughs.csv", b"value,label\nBronx,The Bronx\n")
    assert offered(reports.version("daily-summary", version)) == ["Bronx"]


def test_a_version_that_was_tampered_with_is_refused_until_it_is_mended(s3: Any, bucket: str) -> None:
    bucket_shelf(s3, bucket, "reports/").publish("daily-summary", REPORT)
    version, reports = sha256(REPORT.encode()).hexdigest(), S3Reports(s3, bucket, "reports/")
    key, named = f"reports/versions/{version}.sql", {"topics": "daily-summary"}
    s3.put_object(Bucket=bucket, Key=key, Body=CHANGED.encode(), Metadata=named)
    assert code_of(lambda: reports.version("daily-summary", version)) == "report_invalid"
    s3.put_object(Bucket=bucket, Key=key, Body=REPORT.encode(), Metadata=named)
    assert reports.version("daily-summary", version).title == "Trips"


def offered(report: Report) -> list[str]:
    """Give the boroughs that a report's form offers."""
    borough = report.parameter("borough")
    assert borough is not None
    return [choice.value for choice in borough.choices or ()]


def put(s3: Any, bucket: str, key: str, content: bytes, published: str | None = None) -> None:
    metadata = {"sha256": published} if published else {}
    s3.put_object(Bucket=bucket, Key=key, Body=content, Metadata=metadata)


@pytest.mark.parametrize("published", [None, "f" * 64])
def test_a_file_that_is_not_as_it_was_published_is_refused_and_named(
    s3: Any, bucket: str, published: str | None
) -> None:
    put(s3, bucket, "reports/daily-summary.sql", REPORT.encode(), published)
    reports = S3Reports(s3, bucket, "reports/")
    assert code_of(lambda: reports.report("daily-summary")) == "report_invalid"
    (problem,) = reports.catalogue().problems
    assert problem.message == "The file is not as it was published. Publish it again."


def test_what_is_no_sql_file_of_the_folder_is_no_report(s3: Any, bucket: str) -> None:
    for key in ("reports/readme.txt", "reports/deep/x.sql", "other/x.sql", "reports/versions/x.sql"):
        put(s3, bucket, key, REPORT.encode())
    catalogue = S3Reports(s3, bucket, "reports/").catalogue()
    assert (catalogue.reports, catalogue.problems) == ((), ())


PARAMETER = '\n[[parameters]]\nname = "borough"\nlabel = "In"\ntype = "choice"\n'


@pytest.mark.parametrize("named", ['choicesFrom = "boroughs"', "choicesFrom='boroughs'"])
def test_a_shared_list_of_choices_is_read_from_its_file(s3: Any, bucket: str, named: str) -> None:
    put(s3, bucket, "reports/choices/boroughs.csv", b"value,label\nAll,All boroughs\nQueens,Queens\n")
    with_choice = REPORT.replace("\n[[columns]]", f"{PARAMETER}{named}\n\n[[columns]]")
    bucket_shelf(s3, bucket, "reports/").publish("daily-summary", with_choice + "and :borough::varchar = b\n")
    assert offered(S3Reports(s3, bucket, "reports/").report("daily-summary")) == ["All", "Queens"]


@pytest.mark.parametrize(
    ("csv", "message"),
    [(b"value,label\nAll", "has a line that is not value,label"), (None, "There is no list of choices")],
)
def test_a_shared_list_that_is_broken_or_missing_is_named(
    s3: Any, bucket: str, csv: bytes | None, message: str
) -> None:
    if csv is not None:
        put(s3, bucket, "reports/choices/boroughs.csv", csv)
    text = REPORT.replace("\n[[columns]]", f'{PARAMETER}choicesFrom = "boroughs"\n\n[[columns]]')
    bucket_shelf(s3, bucket, "reports/").publish("daily-summary", text + "and :borough::varchar = b\n")
    (problem,) = S3Reports(s3, bucket, "reports/").catalogue().problems
    assert message in problem.message


def test_the_data_says_what_it_is(s3: Any, bucket: str) -> None:
    about = replace(DATA, synthetic=False, missing_days=("2015-01-27",))
    put(s3, bucket, "data/about.json", json.dumps({**to_wire(about), "novelty": 1}).encode())
    reports = S3Reports(s3, bucket, "reports/")
    assert reports.data() == about
    assert reports.catalogue().data == about


def test_data_that_does_not_say_what_it_is_counts_as_synthetic(s3: Any, bucket: str) -> None:
    described: DataDescription = S3Reports(s3, bucket, "reports/").data()
    assert described == UNDESCRIBED
    assert described.synthetic


def test_data_whose_description_cannot_be_read_counts_as_undescribed(s3: Any, bucket: str) -> None:
    put(s3, bucket, "data/about.json", b"{")
    assert S3Reports(s3, bucket, "reports/").data() == UNDESCRIBED
