"""`resume`: a connection watches queries again, and each is told as it stands."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.ports import FakePorts
from tests.pipeline.builders import OTHER_QUERY_ID, OWNER, QUERY_ID, STRANGER
from tests.pipeline.handlers.scene import (
    ELSEWHERE,
    HERE,
    deliver_events,
    record,
    run_message,
    send,
    submit,
    told,
)
from tests.pipeline.recording import Killed, RecordedPorts

pytestmark = pytest.mark.fast


@pytest.fixture
def ports() -> FakePorts:
    return FakePorts()


def resume(ports: Any, *query_ids: str, owner: str = OWNER) -> list[dict[str, Any]]:
    message = {"action": "resume", "queryIds": list(query_ids or (QUERY_ID,))}
    answer = send(ports, message, owner=owner, connection_id=ELSEWHERE)
    assert answer["type"] == "resumed"
    queries: list[dict[str, Any]] = answer["queries"]
    return queries


def test_a_running_query_is_watched_by_the_new_connection(ports: FakePorts) -> None:
    statement_id = submit(ports)
    (standing,) = resume(ports)
    assert (standing["type"], standing["statementId"]) == ("accepted", statement_id)
    assert record(ports).connection_ids == {HERE, ELSEWHERE}
    assert ports.records.links[ELSEWHERE, QUERY_ID].statement_id == statement_id


def test_every_watching_connection_gets_the_notice(ports: FakePorts) -> None:
    statement_id = submit(ports)
    resume(ports)
    ports.notifier.open = {HERE, ELSEWHERE}
    ports.warehouse.finish(statement_id)
    deliver_events(ports)
    assert [len(told(ports, one)) for one in (HERE, ELSEWHERE)] == [1, 1]


def test_a_query_whose_statement_is_not_known_yet_is_watched_without_one(ports: FakePorts) -> None:
    with pytest.raises(Killed):
        send(RecordedPorts(ports, die_after="records.create"), run_message())
    (standing,) = resume(ports)
    assert (standing["type"], standing["statementId"]) == ("accepted", None)
    assert ports.records.links[ELSEWHERE, QUERY_ID].statement_id is None


def test_a_resume_that_a_run_overtakes_leaves_the_statement_in_the_attachment(ports: FakePorts) -> None:
    with pytest.raises(Killed):
        send(RecordedPorts(ports, die_after="records.create"), run_message())
    overtaken = RecordedPorts(
        ports, meanwhile={"records.attach": lambda: submit(ports, connection_id=ELSEWHERE)}
    )
    (standing,) = resume(overtaken)
    assert standing["type"] == "accepted"
    assert ports.records.links[ELSEWHERE, QUERY_ID].statement_id == record(ports).statement_id is not None


def test_an_ended_query_is_told_and_no_longer_watched(ports: FakePorts) -> None:
    ports.warehouse.finish(submit(ports), rows=7)
    deliver_events(ports)
    (standing,) = resume(ports)
    assert (standing["type"], standing["rows"]) == ("finished", 7)
    assert (ELSEWHERE, QUERY_ID) not in ports.records.links


def test_unknown_queries_and_those_of_others_look_alike(ports: FakePorts) -> None:
    submit(ports)
    unknown = [{"type": "unknown", "queryId": OTHER_QUERY_ID}, {"type": "unknown", "queryId": QUERY_ID}]
    assert resume(ports, OTHER_QUERY_ID, QUERY_ID, owner=STRANGER) == unknown
    assert record(ports).connection_ids == {HERE}


def test_standings_come_in_the_order_asked(ports: FakePorts) -> None:
    submit(ports)
    submit(ports, OTHER_QUERY_ID)
    asked = [OTHER_QUERY_ID, "00000000-0000-0000-0000-000000000000", QUERY_ID]
    assert [standing["queryId"] for standing in resume(ports, *asked)] == asked


def test_a_query_named_twice_is_watched_once_and_told_twice(ports: FakePorts) -> None:
    submit(ports)
    standings = resume(ports, QUERY_ID, QUERY_ID)
    assert [standing["type"] for standing in standings] == ["accepted", "accepted"]
    assert set(ports.records.links) == {(HERE, QUERY_ID), (ELSEWHERE, QUERY_ID)}


def test_a_silent_query_named_often_costs_one_question_to_the_warehouse(ports: FakePorts) -> None:
    statement_id = submit(ports)
    ports.clock.pass_seconds(11)
    assert len(resume(ports, *[QUERY_ID] * 20)) == 20
    assert ports.warehouse.described == [statement_id]


def test_a_young_query_costs_no_question_to_the_warehouse(ports: FakePorts) -> None:
    submit(ports)
    ports.clock.pass_seconds(10)
    resume(ports)
    assert ports.warehouse.described == []


def test_a_lost_event_is_healed_by_one_question(ports: FakePorts) -> None:
    statement_id = submit(ports)
    ports.warehouse.finish(statement_id, rows=7)
    ports.warehouse.events.clear()
    ports.clock.pass_seconds(11)
    (standing,) = resume(ports)
    assert (standing["type"], standing["rows"]) == ("finished", 7)
    assert ports.warehouse.described == [statement_id]
    assert (ports.records.places, ports.records.statements) == ({}, {(OWNER, statement_id): QUERY_ID})


def test_an_overdue_query_is_ended_and_its_statement_stopped(ports: FakePorts) -> None:
    statement_id = submit(ports)
    ports.clock.pass_seconds(61)
    (standing,) = resume(ports)
    assert (standing["type"], standing["code"], standing["retryable"]) == (
        "failed",
        "deadline_exceeded",
        True,
    )
    assert ports.warehouse.statements[statement_id].state == "ABORTED"
    deliver_events(ports)
    assert record(ports).state == "failed"


def test_an_overdue_query_that_never_started_says_so(ports: FakePorts) -> None:
    ports.warehouse.refuse("busy")
    send(ports, run_message())
    ports.clock.pass_seconds(61)
    (standing,) = resume(ports)
    assert (standing["type"], standing["code"]) == ("failed", "not_started")
    assert ports.records.places == {}
