"""`cancel`: it wins or the end wins, never both."""

from __future__ import annotations

import pytest

from tests.fakes.ports import FakePorts
from tests.pipeline.builders import OTHER_QUERY_ID, OWNER, QUERY_ID, STRANGER
from tests.pipeline.handlers.scene import HERE, deliver_events, record, run_message, send, submit, told
from tests.pipeline.recording import Killed, RecordedPorts

pytestmark = pytest.mark.fast

CANCEL = {"action": "cancel", "queryId": QUERY_ID}


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.notifier.open = {HERE}
    return ports


def test_a_running_query_is_cancelled_and_its_statement_stopped(ports: FakePorts) -> None:
    statement_id = submit(ports)
    assert send(ports, CANCEL) == {
        "type": "cancelled",
        "queryId": QUERY_ID,
        "topicName": "daily-summary",
        "statementId": statement_id,
        "by": "user",
    }
    assert ports.warehouse.statements[statement_id].state == "ABORTED"
    assert ports.records.places == {}


def test_the_record_is_moved_before_the_statement_is_stopped(ports: FakePorts) -> None:
    submit(ports)
    recorded = RecordedPorts(ports)
    send(recorded, CANCEL)
    assert recorded.calls == ["records.end", "records.leave", "warehouse.cancel"]


def test_cancel_wins_and_the_late_event_only_tells_of_it(ports: FakePorts) -> None:
    submit(ports)
    send(ports, CANCEL)
    deliver_events(ports)
    assert [(notice["type"], notice["by"]) for notice in told(ports)] == [("cancelled", "user")]
    assert record(ports).state == "cancelled"


def test_cancel_wins_over_a_statement_that_finished_at_the_same_time(ports: FakePorts) -> None:
    statement_id = submit(ports)
    ports.warehouse.finish(statement_id)
    assert send(ports, CANCEL)["type"] == "cancelled"
    deliver_events(ports)
    assert [notice["type"] for notice in told(ports)] == ["cancelled"]


def test_finish_wins_and_cancel_is_told_so(ports: FakePorts) -> None:
    statement_id = submit(ports)
    ports.warehouse.finish(statement_id, rows=7)
    deliver_events(ports)
    outcome = send(ports, CANCEL)
    assert (outcome["type"], outcome["rows"]) == ("finished", 7)
    assert ports.warehouse.statements[statement_id].state == "FINISHED"
    assert record(ports).state == "finished"


def test_a_query_without_statement_is_cancelled_too(ports: FakePorts) -> None:
    with pytest.raises(Killed):
        send(RecordedPorts(ports, die_after="records.create"), run_message())
    assert send(ports, CANCEL)["statementId"] is None
    assert ports.records.places == {}


def test_a_submit_that_finds_its_query_cancelled_stops_its_own_statement(ports: FakePorts) -> None:
    meanwhile = {"warehouse.execute": lambda: send(ports, CANCEL)}
    outcome = send(RecordedPorts(ports, meanwhile=meanwhile), run_message())
    (statement,) = ports.warehouse.statements.values()
    assert (outcome["type"], outcome["by"], outcome["statementId"]) == ("cancelled", "user", statement.id)
    assert statement.state == "ABORTED"


def test_a_second_cancel_stops_a_statement_that_the_first_could_not(ports: FakePorts) -> None:
    statement_id = submit(ports)
    with pytest.raises(Killed):
        send(RecordedPorts(ports, die_before="warehouse.cancel"), CANCEL)
    assert ports.warehouse.statements[statement_id].state == "STARTED"
    assert send(ports, CANCEL)["by"] == "user"
    assert ports.warehouse.statements[statement_id].state == "ABORTED"
    assert ports.records.places == {}


@pytest.mark.parametrize("owner", [OWNER, STRANGER])
def test_a_query_that_is_not_there_or_not_yours_is_not_found(ports: FakePorts, owner: str) -> None:
    statement_id = submit(ports)
    message = {"action": "cancel", "queryId": QUERY_ID if owner == STRANGER else OTHER_QUERY_ID}
    refused = send(ports, message, owner=owner)
    assert (refused["type"], refused["code"], refused["action"]) == ("error", "not_found", "cancel")
    assert ports.warehouse.statements[statement_id].state == "STARTED"
