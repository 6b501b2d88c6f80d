"""`$connect`: the handshake's status is the answer, and the address may bring a query."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.core.identifiers import is_query_id
from pipeline.handlers import on_connect
from pipeline.ports import Limits
from tests.fakes.ports import REPORT, FakePorts, connect_event
from tests.pipeline.builders import OTHER_QUERY_ID, OWNER, QUERY_ID
from tests.pipeline.handlers.scene import (
    HERE,
    connect,
    deliver_events,
    nothing_happened,
    record,
    submit,
    told,
)

pytestmark = pytest.mark.fast

ASKED = {"topicName": "daily-summary", "startDate": "2015-06-01", "endDate": "2015-06-30"}


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.notifier.open = {HERE}
    return ports


def code(body: Any) -> str:
    return str(body["error"]["code"])


def test_a_plain_connection_is_let_in_and_touches_nothing(ports: FakePorts) -> None:
    # fact WS-1
    assert connect(ports) == (200, {})
    assert nothing_happened(ports)


def test_the_query_of_an_address_starts_and_its_notice_comes_by_itself(ports: FakePorts) -> None:
    assert connect(ports, **ASKED) == (200, {})
    (held,) = ports.records.queries.values()
    assert is_query_id(held.query_id)
    assert held.connection_ids == {HERE}
    ports.warehouse.finish(str(held.statement_id), rows=30)
    deliver_events(ports)
    assert [(n["type"], n["rows"], n["queryId"]) for n in told(ports)] == [("finished", 30, held.query_id)]


def test_the_address_may_bring_its_own_query_id(ports: FakePorts) -> None:
    connect(ports, **ASKED, queryId=QUERY_ID)
    assert record(ports).state == "running"


def test_a_second_connection_with_the_same_query_id_joins_it(ports: FakePorts) -> None:
    connect(ports, **ASKED, queryId=QUERY_ID)
    assert connect(ports, **ASKED, queryId=QUERY_ID)[0] == 200
    assert len(ports.warehouse.executions) == 1


@pytest.mark.parametrize(
    ("change", "status", "expected"),
    [
        ({"startDate": "2014-01-01"}, 400, "out_of_range"),
        ({"startDate": "soon"}, 400, "invalid_parameter"),
        ({"borough": "Queens"}, 400, "unknown_parameter"),
        ({"queryId": "x"}, 400, "invalid_parameter"),
        ({"topicName": "no-such-report"}, 404, "unknown_report"),
        ({"topicName": "../x"}, 404, "unknown_report"),
    ],
)
def test_bad_input_refuses_the_handshake_with_its_status(
    ports: FakePorts, change: dict[str, str], status: int, expected: str
) -> None:
    answered, body = connect(ports, **{**ASKED, **change})
    assert (answered, code(body)) == (status, expected)
    assert nothing_happened(ports)


def test_a_missing_parameter_refuses_the_handshake(ports: FakePorts) -> None:
    status, body = connect(ports, topicName="daily-summary", startDate="2015-06-01")
    assert (status, code(body)) == (400, "missing_parameter")


def test_a_repeated_parameter_refuses_the_handshake(ports: FakePorts) -> None:
    # fact RP-5
    event = connect_event({name: [value, value] for name, value in ASKED.items()})
    answer = on_connect.handle(event, ports)
    assert (answer["statusCode"], code(json.loads(answer["body"]))) == (400, "duplicate_parameter")


def test_a_parameter_without_a_topic_refuses_the_handshake(ports: FakePorts) -> None:
    status, body = connect(ports, startDate="2015-06-01")
    assert (status, code(body)) == (400, "unknown_parameter")


def test_a_connection_without_authorizer_is_refused(ports: FakePorts) -> None:
    event = connect_event()
    del event["requestContext"]["authorizer"]
    assert on_connect.handle(event, ports)["statusCode"] == 401


def test_another_question_under_the_same_query_id_is_a_conflict(ports: FakePorts) -> None:
    connect(ports, **ASKED, queryId=QUERY_ID)
    status, body = connect(ports, **{**ASKED, "endDate": "2015-06-29"}, queryId=QUERY_ID)
    assert (status, code(body)) == (409, "query_conflict")


def test_too_many_queries_refuse_the_handshake(ports: FakePorts) -> None:
    ports.limits = Limits(active_queries=1, deadline_seconds=900)
    submit(ports, OTHER_QUERY_ID)
    status, body = connect(ports, **ASKED)
    assert (status, code(body)) == (429, "too_many_queries")


def test_a_busy_warehouse_refuses_the_handshake_and_the_same_address_may_try_again(ports: FakePorts) -> None:
    ports.warehouse.refuse("busy")
    status, body = connect(ports, **ASKED, queryId=QUERY_ID)
    assert (status, code(body)) == (503, "warehouse_busy")
    ports.warehouse.refuse("no")
    assert connect(ports, **ASKED, queryId=QUERY_ID)[0] == 200
    assert len(ports.warehouse.executions) == 1


def test_sql_that_the_warehouse_will_not_take_refuses_the_handshake(ports: FakePorts) -> None:
    ports.warehouse.refuse("invalid")
    status, body = connect(ports, **ASKED)
    assert (status, code(body)) == (409, "query_failed")
    assert "no such table" in body["error"]["message"]


def test_an_ended_query_lets_the_connection_in_without_a_notice(ports: FakePorts) -> None:
    ports.warehouse.finish(submit(ports))
    deliver_events(ports)
    before = len(told(ports))
    assert connect(ports, **ASKED, queryId=QUERY_ID)[0] == 200
    assert len(told(ports)) == before


def test_a_query_that_failed_in_the_warehouse_lets_the_connection_in_too(ports: FakePorts) -> None:
    ports.warehouse.fail(submit(ports), "ERROR: Divide by zero")
    deliver_events(ports)
    assert connect(ports, **ASKED, queryId=QUERY_ID)[0] == 200


def test_values_of_an_address_are_texts_and_are_read_as_the_declaration_says(ports: FakePorts) -> None:
    least = REPORT.replace(
        "\n[[columns]]", '\n[[parameters]]\nname = "least"\nlabel = "Least"\ntype = "integer"\n\n[[columns]]'
    )
    ports.reports.put("daily-summary", least + "having count(*) > :least::int\n")
    connect(ports, **ASKED, least="025")
    (statement,) = ports.warehouse.statements.values()
    assert statement.parameters["least"] == "25"
    assert OWNER in ports.records.places
