from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.core.reports import UNDESCRIBED, Catalogue
from pipeline.core.schema import from_wire
from pipeline.handlers import list_reports
from tests.fakes.ports import REPORT, FakePorts, rest_event

pytestmark = pytest.mark.fast

FOR_FINANCE = REPORT.replace("maximumRows = 5", 'maximumRows = 5\ngroups = ["finance"]')


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.reports.put("earnings", FOR_FINANCE)
    return ports


def get(ports: FakePorts, groups: str = "", **query: str) -> tuple[int, Any]:
    answer = list_reports.handle(rest_event(query=query or None, groups=groups), ports)
    return answer["statusCode"], json.loads(answer["body"])


def topics(ports: FakePorts, groups: str = "") -> list[str]:
    status, body = get(ports, groups)
    assert status == 200
    return [report["topicName"] for report in body["reports"]]


def test_everybody_sees_the_reports_without_groups(ports: FakePorts) -> None:
    assert topics(ports) == ["daily-summary"]


def test_a_group_sees_its_reports_too(ports: FakePorts) -> None:
    assert topics(ports, "ops,finance") == ["daily-summary", "earnings"]
    assert topics(ports, "ops") == ["daily-summary"]


def test_the_catalogue_can_be_read_back_and_says_what_the_data_is(ports: FakePorts) -> None:
    _, body = get(ports)
    catalogue = from_wire(Catalogue, body, refuse_unknown=False)
    assert catalogue.data == ports.reports.about
    assert catalogue.reports == (ports.reports.report("daily-summary"),)
    assert body["data"]["synthetic"] is True
    assert body["problems"] == []


def test_a_bad_file_is_named_and_hurts_no_other(ports: FakePorts) -> None:
    ports.reports.put("broken", REPORT.replace(":startDate::date", ":startDate"))
    _, body = get(ports)
    assert [report["topicName"] for report in body["reports"]] == ["daily-summary"]
    (problem,) = body["problems"]
    assert problem["file"] == "broken.sql"
    assert problem["line"] > 1


def test_data_that_does_not_say_what_it_is_is_shown_as_synthetic(ports: FakePorts) -> None:
    ports.reports.about = UNDESCRIBED
    _, body = get(ports)
    assert (body["data"]["synthetic"], body["data"]["source"]) == (
        True,
        "The data does not say what it is",
    )


def test_a_report_is_given_as_it_was_in_a_version(ports: FakePorts) -> None:
    old = ports.reports.report("daily-summary")
    ports.reports.put("daily-summary", REPORT.replace('title = "Trips"', 'title = "Rides"'))
    status, body = get(ports, topicName="daily-summary", version=old.version)
    assert (status, [report["title"] for report in body["reports"]]) == (200, ["Trips"])
    assert [report["title"] for report in get(ports)[1]["reports"]] == ["Rides"]


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ({"topicName": "daily-summary"}, "missing_parameter", "version"),
        ({"version": "f" * 64}, "missing_parameter", "topicName"),
        ({"topic": "daily-summary"}, "unknown_parameter", "topic"),
        ({"topicName": "", "version": "f" * 64}, "invalid_parameter", "topicName"),
    ],
)
def test_half_a_question_is_told_what_it_lacks(
    ports: FakePorts, query: dict[str, str], code: str, field: str
) -> None:
    status, body = get(ports, **query)
    assert (status, body["error"]["code"], body["error"]["field"]) == (400, code, field)


@pytest.mark.parametrize(("topic", "version"), [("daily-summary", "f" * 64), ("../x", "f" * 64)])
def test_a_version_that_is_not_there_is_unknown(ports: FakePorts, topic: str, version: str) -> None:
    status, body = get(ports, topicName=topic, version=version)
    assert (status, body["error"]["code"]) == (404, "unknown_report")


def test_a_version_of_another_report_is_unknown_under_this_name(ports: FakePorts) -> None:
    ports.reports.put("fares", REPORT.replace('title = "Trips"', 'title = "Fares"'))
    version = ports.reports.report("fares").version
    status, body = get(ports, topicName="daily-summary", version=version)
    assert (status, body["error"]["code"]) == (404, "unknown_report")
    assert get(ports, topicName="fares", version=version)[0] == 200


def test_a_version_of_another_groups_report_is_unknown(ports: FakePorts) -> None:
    version = ports.reports.report("earnings").version
    status, body = get(ports, topicName="earnings", version=version)
    assert (status, body["error"]["code"]) == (404, "unknown_report")
    assert get(ports, "finance", topicName="earnings", version=version)[0] == 200


def test_without_an_authorizer_nothing_is_listed(ports: FakePorts) -> None:
    event = rest_event()
    del event["requestContext"]["authorizer"]
    assert list_reports.handle(event, ports)["statusCode"] == 401
