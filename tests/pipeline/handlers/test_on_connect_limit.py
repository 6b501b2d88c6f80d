"""The limit of running queries per owner: it holds, it cannot drift, and it repairs itself."""

from __future__ import annotations

import uuid
from itertools import count

import pytest

from pipeline.ports import Limits
from tests.fakes.ports import FakePorts
from tests.pipeline.builders import OWNER, STRANGER
from tests.pipeline.handlers.scene import deliver_events, nothing_happened, run_message, send, submit
from tests.pipeline.recording import Killed, RecordedPorts

pytestmark = pytest.mark.fast


def new_id() -> str:
    return str(uuid.uuid4())


@pytest.fixture
def ports() -> FakePorts:
    return FakePorts(limits=Limits(active_queries=2, deadline_seconds=900))


def test_one_more_than_the_limit_is_refused_and_not_recorded(ports: FakePorts) -> None:
    submit(ports, new_id())
    submit(ports, new_id())
    refused = send(ports, run_message(new_id()))
    assert (refused["type"], refused["code"], refused["retryable"]) == ("error", "too_many_queries", True)
    assert refused["message"].startswith("2 queries are running")
    assert len(ports.records.queries) == len(ports.warehouse.executions) == 2


def test_a_repeat_of_a_running_query_is_never_over_the_limit(ports: FakePorts) -> None:
    first = new_id()
    submit(ports, first)
    submit(ports, new_id())
    assert send(ports, run_message(first))["type"] == "accepted"


def test_a_repeat_of_an_ended_query_is_never_over_the_limit(ports: FakePorts) -> None:
    first = new_id()
    ports.warehouse.finish(submit(ports, first))
    deliver_events(ports)
    submit(ports, new_id())
    submit(ports, new_id())
    assert send(ports, run_message(first))["type"] == "finished"
    assert send(ports, run_message(new_id()))["code"] == "too_many_queries"


def test_the_limit_is_one_owners_own(ports: FakePorts) -> None:
    submit(ports, new_id())
    submit(ports, new_id())
    assert send(ports, run_message(new_id()), owner=STRANGER)["type"] == "accepted"


@pytest.mark.parametrize("how", ["finish", "cancel"])
def test_a_query_that_ends_gives_its_place_back(ports: FakePorts, how: str) -> None:
    first = new_id()
    statement_id = submit(ports, first)
    submit(ports, new_id())
    if how == "finish":
        ports.warehouse.finish(statement_id)
        deliver_events(ports)
    else:
        send(ports, {"action": "cancel", "queryId": first})
    assert send(ports, run_message(new_id()))["type"] == "accepted"


def test_places_of_queries_that_were_never_recorded_are_taken_back(ports: FakePorts) -> None:
    for _ in range(2):
        with pytest.raises(Killed):
            send(RecordedPorts(ports, die_before="records.create"), run_message(new_id()))
    ports.clock.pass_seconds(39.999)
    assert send(ports, run_message(new_id()))["code"] == "too_many_queries"  # they may still be recorded
    ports.clock.pass_seconds(0.001)
    assert send(ports, run_message(new_id()))["type"] == "accepted"
    assert len(ports.records.places[OWNER]) == 1


def test_a_place_of_the_dead_is_taken_back_however_busy_its_owner_is(ports: FakePorts) -> None:
    with pytest.raises(Killed):
        send(RecordedPorts(ports, die_before="records.create"), run_message(new_id()))
    ports.clock.pass_seconds(6 * 3600)
    submit(ports, new_id())
    ports.clock.pass_seconds(1)
    assert send(ports, run_message(new_id()))["type"] == "accepted"
    assert send(ports, run_message(new_id()))["code"] == "too_many_queries"


def test_a_query_that_is_just_being_recorded_keeps_its_place() -> None:
    ports = FakePorts(limits=Limits(active_queries=1, deadline_seconds=900))
    second: list[str] = []

    def press_once_more() -> None:
        second.append(send(ports, run_message(new_id()))["code"])

    first = RecordedPorts(ports, meanwhile={"records.reserve": press_once_more})
    assert send(first, run_message(new_id()))["type"] == "accepted"
    assert second == ["too_many_queries"]
    assert len(ports.warehouse.executions) == 1


def test_a_place_that_its_query_keeps_meanwhile_is_not_taken_back() -> None:
    ports = FakePorts(limits=Limits(active_queries=1, deadline_seconds=900))
    late, other = new_id(), new_id()
    with pytest.raises(Killed):
        send(RecordedPorts(ports, die_before="records.create"), run_message(late))
    ports.clock.pass_seconds(40)

    looks = count()

    def run_again() -> None:
        if next(looks) == 1:  # after the look at the query itself, that at the holder of the place
            assert send(ports, run_message(late))["type"] == "accepted"

    finder = RecordedPorts(ports, meanwhile={"records.find": run_again})
    assert send(finder, run_message(other))["code"] == "too_many_queries"
    assert len(ports.warehouse.executions) == 1


def test_places_of_queries_whose_event_was_lost_are_taken_back(ports: FakePorts) -> None:
    for _ in range(2):
        ports.warehouse.finish(submit(ports, new_id()))
    ports.warehouse.events.clear()
    ports.clock.pass_seconds(11)
    assert send(ports, run_message(new_id()))["type"] == "accepted"
    assert sorted(r.state for r in ports.records.queries.values()) == ["finished", "finished", "running"]


def test_a_refused_question_takes_no_place(ports: FakePorts) -> None:
    send(ports, run_message(new_id(), parameters={}))
    assert nothing_happened(ports)
