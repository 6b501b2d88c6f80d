"""`run` again: the same query is joined, completed or told, and never run twice."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.ports import REPORT, FakePorts
from tests.pipeline.builders import OWNER, QUERY_ID, STRANGER
from tests.pipeline.handlers.scene import (
    ELSEWHERE,
    HERE,
    deliver_events,
    record,
    run_message,
    send,
    submit,
)
from tests.pipeline.recording import Killed, RecordedPorts

pytestmark = pytest.mark.fast

OTHER_QUESTION = {"startDate": "2015-06-01", "endDate": "2015-06-29"}


@pytest.fixture
def ports() -> FakePorts:
    return FakePorts()


def ended_as(ports: FakePorts, how: str) -> dict[str, Any]:
    """Let the submitted query end, and give what the client was told."""
    statement_id = submit(ports)
    if how == "cancelled":
        send(ports, {"action": "cancel", "queryId": QUERY_ID})
    elif how == "failed":
        ports.warehouse.fail(statement_id, "ERROR: Divide by zero")
    else:
        ports.warehouse.finish(statement_id, rows=3)
    deliver_events(ports)
    outcome: dict[str, Any] = send(ports, run_message())
    return outcome


def test_a_repeat_from_another_connection_joins_the_running_query(ports: FakePorts) -> None:
    statement_id = submit(ports)
    accepted = send(ports, run_message(), connection_id=ELSEWHERE)
    assert (accepted["type"], accepted["statementId"]) == ("accepted", statement_id)
    assert len(ports.warehouse.executions) == 1
    assert record(ports).connection_ids == {HERE, ELSEWHERE}
    assert ports.records.links[ELSEWHERE, QUERY_ID].statement_id == statement_id


@pytest.mark.parametrize("how", ["finished", "failed", "cancelled"])
def test_a_repeat_of_an_ended_query_is_told_its_outcome(ports: FakePorts, how: str) -> None:
    outcome = ended_as(ports, how)
    assert (outcome["type"], outcome["queryId"]) == (how, QUERY_ID)
    assert len(ports.warehouse.executions) == 1
    assert ports.records.places == {}


@pytest.mark.parametrize("dies_after", ["records.create", "records.run"])
def test_a_repeat_whose_query_ends_before_it_joins_is_told_the_outcome(
    ports: FakePorts, dies_after: str
) -> None:
    """Nobody would tell it later: who joins an ended query watches nothing."""
    with pytest.raises(Killed):
        send(RecordedPorts(ports, die_after=dies_after), run_message())

    def it_ends() -> None:
        ports.warehouse.finish(submit(ports), rows=3)
        deliver_events(ports)

    repeat = RecordedPorts(ports, meanwhile={"records.create": it_ends})
    told = send(repeat, run_message(), connection_id=ELSEWHERE)
    assert (told["type"], told.get("rows")) == ("finished", 3)
    assert "warehouse.execute" not in repeat.calls


def test_a_repeat_may_spell_the_same_question_differently(ports: FakePorts) -> None:
    submit(ports)
    parameters = {"endDate": "2015-06-30", "startDate": "2015-06-01"}
    assert send(ports, run_message(parameters=parameters))["type"] == "accepted"


def test_a_query_id_used_for_another_question_is_a_conflict(ports: FakePorts) -> None:
    submit(ports)
    refused = send(ports, run_message(parameters=OTHER_QUESTION))
    assert (refused["type"], refused["code"], refused["field"]) == ("error", "query_conflict", "queryId")
    assert refused["retryable"] is False
    assert len(ports.warehouse.executions) == 1
    assert record(ports).parameters["endDate"] == "2015-06-30"


def test_a_conflict_with_an_ended_query_takes_no_place(ports: FakePorts) -> None:
    ended_as(ports, "finished")
    assert send(ports, run_message(parameters=OTHER_QUESTION))["code"] == "query_conflict"
    assert ports.records.places == {}


def test_the_same_query_id_of_another_owner_is_another_query(ports: FakePorts) -> None:
    submit(ports)
    accepted = send(ports, run_message(parameters=OTHER_QUESTION), owner=STRANGER, connection_id=ELSEWHERE)
    assert accepted["type"] == "accepted"
    assert len(ports.warehouse.executions) == 2
    assert record(ports).connection_ids == {HERE}


def test_a_query_that_never_started_ends_when_its_report_has_changed(ports: FakePorts) -> None:
    with pytest.raises(Killed):
        send(RecordedPorts(ports, die_after="records.create"), run_message())
    ports.reports.put("daily-summary", REPORT + "\n-- changed")
    failed = send(ports, run_message())
    assert (failed["type"], failed["code"], failed["retryable"]) == ("failed", "not_started", True)
    assert ports.warehouse.executions == []
    assert ports.records.places == {}


def test_a_query_that_runs_goes_on_when_its_report_has_changed(ports: FakePorts) -> None:
    submit(ports)
    ports.reports.put("daily-summary", REPORT + "\n-- changed")
    assert send(ports, run_message())["type"] == "accepted"
    assert len(ports.warehouse.executions) == 1


def test_a_repeat_that_finds_the_query_cancelled_says_so_and_starts_nothing(ports: FakePorts) -> None:
    with pytest.raises(Killed):
        send(RecordedPorts(ports, die_after="records.create"), run_message())
    send(ports, {"action": "cancel", "queryId": QUERY_ID})
    told = send(ports, run_message())
    assert (told["type"], told["by"], told["statementId"]) == ("cancelled", "user", None)
    assert ports.warehouse.executions == []
    assert OWNER not in ports.records.places


def test_a_repeat_after_the_deadline_ends_a_query_that_never_started(ports: FakePorts) -> None:
    ports.warehouse.refuse("busy")
    assert send(ports, run_message())["code"] == "warehouse_busy"
    ports.warehouse.refuse("no")
    ports.clock.pass_seconds(61)
    failed = send(ports, run_message())
    assert (failed["type"], failed["code"]) == ("failed", "not_started")
    assert ports.warehouse.executions == []
    assert ports.records.places == {}


WITHOUT_END = REPORT.replace('maximum = "2015-12-31"', 'maximum = "2015-06-15"')


@pytest.mark.parametrize("change", ["withdrawn", "narrower"])
def test_a_repeat_is_judged_by_the_report_as_it_was(ports: FakePorts, change: str) -> None:
    statement_id = submit(ports)
    if change == "withdrawn":
        ports.reports.withdraw("daily-summary")
    else:
        ports.reports.put("daily-summary", WITHOUT_END)
    joined = send(ports, run_message(), connection_id=ELSEWHERE)
    assert (joined["type"], joined["statementId"]) == ("accepted", statement_id)
    ports.warehouse.finish(statement_id)
    deliver_events(ports)
    assert send(ports, run_message())["type"] == "finished"
    assert len(ports.warehouse.executions) == 1


def test_a_query_that_never_started_ends_when_its_report_was_withdrawn(ports: FakePorts) -> None:
    ports.warehouse.refuse("busy")
    send(ports, run_message())
    ports.warehouse.refuse("no")
    ports.reports.withdraw("daily-summary")
    failed = send(ports, run_message())
    assert (failed["type"], failed["code"]) == ("failed", "not_started")
    assert ports.warehouse.executions == []
