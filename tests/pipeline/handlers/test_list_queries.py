from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from pipeline.handlers import list_queries
from pipeline.ports import Limits
from tests.fakes.ports import JUNE, FakePorts, rest_event
from tests.pipeline.builders import OTHER_QUERY_ID, OWNER, QUERY_ID, STRANGER
from tests.pipeline.handlers.scene import deliver_events, record, run_message, send, submit

pytestmark = pytest.mark.fast


@pytest.fixture
def ports() -> FakePorts:
    return FakePorts()


def history(ports: FakePorts, owner: str = OWNER) -> list[dict[str, Any]]:
    answer = list_queries.handle(rest_event(owner=owner), ports)
    assert answer["statusCode"] == 200
    queries: list[dict[str, Any]] = json.loads(answer["body"])["queries"]
    return queries


def test_the_list_says_how_many_queries_may_run_at_once(ports: FakePorts) -> None:
    answer = json.loads(list_queries.handle(rest_event(owner=OWNER), ports)["body"])
    assert answer == {"queries": [], "maximumActive": ports.limits.active_queries}


def test_a_query_is_listed_as_published(ports: FakePorts) -> None:
    statement_id = submit(ports)
    ports.clock.pass_seconds(1.25)
    ports.warehouse.finish(statement_id, rows=30)
    deliver_events(ports)
    assert history(ports) == [
        {
            "queryId": QUERY_ID,
            "topicName": "daily-summary",
            "parameters": JUNE,
            "state": "finished",
            "statementId": statement_id,
            "submittedAt": "2026-11-24T15:00:00.000Z",
            "finishedAt": "2026-11-24T15:00:01.250Z",
            "rows": 30,
            "resultExpiresAt": "2026-11-25T15:00:00.000Z",
            "reportVersion": record(ports).report_version,
            "dataVersion": "2015-synthetic-0.01-test",
            "synthetic": True,
            "error": None,
        }
    ]


def test_the_newest_query_comes_first(ports: FakePorts) -> None:
    for query_id in (QUERY_ID, OTHER_QUERY_ID):
        submit(ports, query_id)
        ports.clock.pass_seconds(1)
    assert [line["queryId"] for line in history(ports)] == [OTHER_QUERY_ID, QUERY_ID]


def test_only_the_newest_hundred_are_listed(ports: FakePorts) -> None:
    ports.limits = Limits(active_queries=200, deadline_seconds=900)
    ids = [str(uuid.UUID(int=n)) for n in range(101)]
    for query_id in ids:
        submit(ports, query_id)
        ports.clock.pass_seconds(0.01)
    assert [line["queryId"] for line in history(ports)] == ids[:0:-1]


def test_you_see_your_own_queries_alone(ports: FakePorts) -> None:
    submit(ports)
    assert history(ports, STRANGER) == []


def test_a_failed_query_says_why(ports: FakePorts) -> None:
    ports.warehouse.fail(submit(ports), "ERROR: Divide by zero")
    deliver_events(ports)
    (line,) = history(ports)
    assert (line["state"], line["error"]["code"], line["resultExpiresAt"]) == ("failed", "sql_error", None)
    assert "Divide by zero" in line["error"]["message"]


def test_a_silent_query_is_mended_on_the_way_by_one_question(ports: FakePorts) -> None:
    statement_id = submit(ports)
    ports.warehouse.finish(statement_id)
    ports.warehouse.events.clear()
    ports.clock.pass_seconds(11)
    assert [line["state"] for line in history(ports)] == ["finished"]
    history(ports)
    assert ports.warehouse.described == [statement_id]
    assert ports.records.places == {}


def test_of_many_silent_queries_the_five_oldest_are_asked_after_and_then_the_next(ports: FakePorts) -> None:
    ports.limits = Limits(active_queries=20, deadline_seconds=900)
    statements = []
    for n in range(7):
        statements.append(submit(ports, str(uuid.UUID(int=n))))
        ports.warehouse.finish(statements[-1])
        ports.clock.pass_seconds(1)
    ports.warehouse.events.clear()
    ports.clock.pass_seconds(11)
    states = [line["state"] for line in history(ports)]
    assert states == ["running"] * 2 + ["finished"] * 5
    assert sorted(ports.warehouse.described) == sorted(statements[:5])
    assert [line["state"] for line in history(ports)] == ["finished"] * 7
    assert sorted(ports.warehouse.described) == sorted(statements)


def test_an_overdue_query_is_ended_on_the_way(ports: FakePorts) -> None:
    ports.warehouse.refuse("busy")
    send(ports, run_message())
    ports.clock.pass_seconds(61)
    (line,) = history(ports)
    assert (line["state"], line["error"]["code"]) == ("failed", "not_started")


def test_what_the_table_has_not_yet_removed_is_not_listed(ports: FakePorts) -> None:
    submit(ports)
    send(ports, {"action": "cancel", "queryId": QUERY_ID})
    ports.clock.pass_seconds(48 * 3600 - 1)
    assert len(history(ports)) == 1
    ports.clock.pass_seconds(1)
    assert history(ports) == []


def test_without_an_authorizer_nothing_is_listed(ports: FakePorts) -> None:
    event = rest_event()
    del event["requestContext"]["authorizer"]
    assert list_queries.handle(event, ports)["statusCode"] == 401
