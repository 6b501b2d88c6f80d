"""How published reports stand in their bucket: a version stays as it was, whoever publishes afterwards."""

from __future__ import annotations

import pytest

from infra.reports.shelf import Shelf, report_key
from pipeline.core.report_text import ReportProblem
from tests.infra.reports.bucket import Bucket, version_key, version_of

TEXT, OTHER = "/* a = 1 */ select 1", "/* a = 2 */ select 2"


@pytest.fixture
def shelf(bucket: Bucket) -> Shelf:
    return Shelf(bucket.s3, bucket.name, "ana")


def test_an_object_says_the_hash_of_its_bytes_and_who_put_it_there(shelf: Shelf, bucket: Bucket) -> None:
    shelf.put(report_key("days"), TEXT.encode())
    assert bucket.get("reports/days.sql") == (TEXT, {"sha256": version_of(TEXT), "publisher": "ana"})


def test_a_shelf_holds_what_is_there_as_it_was_put(shelf: Shelf, bucket: Bucket) -> None:
    key = report_key("days")
    assert not shelf.holds(key, TEXT.encode())
    shelf.put(key, TEXT.encode())
    assert shelf.holds(key, TEXT.encode())
    assert not shelf.holds(key, OTHER.encode())


@pytest.mark.parametrize(("text", "said"), [(OTHER, TEXT), (TEXT, OTHER)])
def test_what_differs_in_bytes_or_in_the_hash_that_it_says_is_not_held(
    text: str, said: str, shelf: Shelf, bucket: Bucket
) -> None:
    bucket.put("reports/days.sql", text, sha256=version_of(said))
    assert not shelf.holds(report_key("days"), TEXT.encode())


def test_a_version_is_new_once(shelf: Shelf, bucket: Bucket) -> None:
    assert shelf.keep_version("days", TEXT.encode())
    assert not shelf.keep_version("days", TEXT.encode())
    assert bucket.get(version_key(TEXT)) == (TEXT, {"topics": "days"})


def test_two_reports_of_one_text_share_its_version(shelf: Shelf, bucket: Bucket) -> None:
    assert shelf.keep_version("days", TEXT.encode())
    assert shelf.keep_version("again", TEXT.encode())
    assert not shelf.keep_version("days", TEXT.encode())
    assert bucket.get(version_key(TEXT)) == (TEXT, {"topics": "again days"})


def test_a_version_with_other_bytes_than_its_hash_is_never_overwritten(shelf: Shelf, bucket: Bucket) -> None:
    bucket.put(version_key(TEXT), OTHER, topics="days")
    with pytest.raises(ReportProblem, match=r"^days\.sql:1: Somebody changed reports/versions/"):
        shelf.keep_version("days", TEXT.encode())
    assert bucket.get(version_key(TEXT)) == (OTHER, {"topics": "days"})


def test_a_report_that_is_removed_leaves_its_versions(shelf: Shelf, bucket: Bucket) -> None:
    shelf.keep_version("days", TEXT.encode())
    shelf.put(report_key("days"), TEXT.encode())
    shelf.remove(report_key("days"))
    assert bucket.names() == [version_key(TEXT)]
