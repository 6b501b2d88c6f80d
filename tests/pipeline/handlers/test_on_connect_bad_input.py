"""What makes no sense is answered with a code and a sentence, and starts nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import CODES
from pipeline.core.messages import MAXIMUM_MESSAGE_BYTES
from pipeline.handlers import on_connect
from tests.fakes.ports import JUNE, REPORT, FakePorts, message_event
from tests.pipeline.builders import QUERY_ID
from tests.pipeline.handlers.scene import nothing_happened, run_message, send
from tests.pipeline.properties import PROPERTY, any_text, hostile_text, json_values

pytestmark = pytest.mark.fast

FOR_FINANCE = REPORT.replace("maximumRows = 5", 'maximumRows = 5\ngroups = ["finance"]')
FLAG = """
[[parameters]]
name = "flag"
label = "Flag"
type = "boolean"

[[columns]]
"""
WITH_FLAG = REPORT.replace("\n[[columns]]\n", FLAG) + "and :flag::bool\n"


@pytest.fixture
def ports() -> FakePorts:
    return FakePorts()


def dates(start: str, end: str) -> dict[str, Any]:
    return run_message(parameters={"startDate": start, "endDate": end})


@pytest.mark.parametrize(
    ("message", "code", "field"),
    [
        (run_message(topicName="no-such-report"), "unknown_report", "topicName"),
        (run_message(topicName="x'; drop table trips; --"), "unknown_report", "topicName"),
        (dates("2014-12-31", "2015-06-30"), "out_of_range", "startDate"),
        (dates("2015-06-01", "2016-01-01"), "out_of_range", "endDate"),
        (dates("2015-06-30", "2015-06-01"), "out_of_range", "endDate"),
        (dates("2015-06-01'; drop table trips; --", "2015-06-30"), "invalid_parameter", "startDate"),
        (dates("", "2015-06-30"), "invalid_parameter", "startDate"),
        (run_message(parameters={"startDate": "2015-06-01"}), "missing_parameter", "endDate"),
        (run_message(parameters={**JUNE, "limit": "1"}), "unknown_parameter", "limit"),
        (run_message(queryId="1"), "invalid_message", "queryId"),
        (run_message(extra=1), "invalid_message", "extra"),
        ({"action": "fly"}, "unknown_action", "action"),
        ({"action": "ping"}, "unknown_action", "action"),
        ({"action": "resume", "queryIds": []}, "invalid_message", "queryIds"),
        ({"action": "cancel", "queryId": QUERY_ID}, "not_found", "queryId"),
        ("not json", "invalid_message", None),
        ("", "invalid_message", None),
        ([1, 2], "invalid_message", None),
        (json.dumps(run_message())[:-1] + ', "queryId": "x"}', "invalid_message", "queryId"),
    ],
)
def test_bad_input_gets_its_code_and_starts_nothing(
    ports: FakePorts, message: Any, code: str, field: str | None
) -> None:
    refused = send(ports, message)
    assert (refused["type"], refused["code"], refused["field"]) == ("error", code, field)
    assert refused["message"].endswith(".")
    assert refused["retryable"] is False
    assert nothing_happened(ports)


def test_a_refusal_is_addressed_to_the_message_that_it_answers(ports: FakePorts) -> None:
    refused = send(ports, run_message(topicName="no-such-report"))
    assert (refused["action"], refused["queryId"]) == ("run", QUERY_ID)
    unreadable = send(ports, "not json")
    assert (unreadable["action"], unreadable["queryId"]) == (None, None)


def test_a_report_of_another_group_does_not_exist_for_you(ports: FakePorts) -> None:
    ports.reports.put("daily-summary", FOR_FINANCE)
    absent = send(ports, run_message(topicName="no-such-report"))
    hidden = send(ports, run_message(), groups="ops")
    assert {**hidden, "message": ""} == {**absent, "message": ""}
    assert hidden["message"] == absent["message"]
    assert nothing_happened(ports)
    assert send(ports, run_message(), groups="finance,ops")["type"] == "accepted"


def test_a_report_that_is_broken_says_so_and_where(ports: FakePorts) -> None:
    ports.reports.put("daily-summary", REPORT.replace(":startDate::date", ":startDate"))
    refused = send(ports, run_message())
    assert (refused["code"], refused["field"]) == ("report_invalid", "topicName")
    assert "daily-summary.sql:" in refused["message"]
    assert nothing_happened(ports)


def test_without_an_authorizer_nothing_is_answered_but_that(ports: FakePorts) -> None:
    event = message_event(run_message())
    del event["requestContext"]["authorizer"]
    answer = json.loads(on_connect.handle(event, ports)["body"])
    assert (answer["type"], answer["code"]) == ("error", "unauthorized")
    assert nothing_happened(ports)


@given(
    st.dictionaries(st.sampled_from(["startDate", "endDate", "flag"]) | any_text, json_values | hostile_text)
)
@PROPERTY
def test_whatever_the_parameters_the_sql_is_the_files_and_the_answer_has_a_code(given_values: Any) -> None:
    ports = FakePorts()
    ports.reports.put("daily-summary", WITH_FLAG)
    answer = send(ports, run_message(parameters={**JUNE, "flag": True, **given_values}))
    assert answer["type"] == "accepted" or answer["code"] in CODES
    sent = {statement.sql for statement in ports.warehouse.statements.values()}
    assert sent <= {WITH_FLAG.partition("*/")[2].strip() + "\nlimit 6"}


@given(any_text | json_values.map(json.dumps) | st.dictionaries(any_text, json_values).map(json.dumps))
@PROPERTY
def test_whatever_the_frame_the_answer_is_one_frame_that_can_be_sent(frame: str) -> None:
    answer = on_connect.handle(message_event(frame), FakePorts())
    assert answer["statusCode"] == 200
    assert len(answer["body"].encode()) < MAXIMUM_MESSAGE_BYTES
    assert json.loads(answer["body"])["type"] == "error"
