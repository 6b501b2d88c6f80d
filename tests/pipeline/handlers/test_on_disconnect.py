from __future__ import annotations

import json

import pytest

from pipeline.handlers import on_disconnect
from tests.fakes.ports import FakePorts, disconnect_event, message_event
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


def close(ports: FakePorts, connection_id: str = HERE) -> None:
    assert on_disconnect.handle(disconnect_event(connection_id), ports) == {"statusCode": 200}


def test_a_closed_connection_leaves_no_item_of_its_own(ports: FakePorts) -> None:
    submit(ports)
    submit(ports, OTHER_QUERY_ID)
    close(ports)
    assert ports.records.links == {}
    assert [r.connection_ids for r in ports.records.queries.values()] == [frozenset(), frozenset()]


def test_its_queries_go_on(ports: FakePorts) -> None:
    statement_id = submit(ports)
    close(ports)
    assert ports.warehouse.statements[statement_id].state == "STARTED"
    assert record(ports).state == "running"
    assert ports.records.places[OWNER].keys() == {QUERY_ID}
    ports.warehouse.finish(statement_id, rows=3)
    deliver_events(ports)
    assert (record(ports).state, record(ports).rows) == ("finished", 3)


def test_other_connections_keep_watching(ports: FakePorts) -> None:
    statement_id = submit(ports)
    send(ports, run_message(), connection_id=ELSEWHERE)
    send(ports, run_message(), owner=STRANGER, connection_id="c3=")
    close(ports)
    assert set(ports.records.links) == {(ELSEWHERE, QUERY_ID), ("c3=", QUERY_ID)}
    ports.notifier.open = {HERE, ELSEWHERE, "c3="}
    ports.warehouse.finish(statement_id)
    deliver_events(ports)
    assert [len(told(ports, one)) for one in (HERE, ELSEWHERE)] == [0, 1]


def test_a_connection_that_watched_nothing_closes_quietly(ports: FakePorts) -> None:
    submit(ports)
    close(ports, "stranger=")
    assert set(ports.records.links) == {(HERE, QUERY_ID)}


def test_it_leaves_the_queries_before_it_forgets_which_they_were(ports: FakePorts) -> None:
    submit(ports)
    with pytest.raises(Killed):
        on_disconnect.handle(disconnect_event(), RecordedPorts(ports, die_before="records.unlink"))
    assert record(ports).connection_ids == frozenset()
    close(ports)
    assert ports.records.links == {}


def test_the_event_needs_no_status_code_and_no_authorizer(ports: FakePorts) -> None:
    # fact WS-6
    event = disconnect_event()
    assert "disconnectStatusCode" not in event["requestContext"]
    close(ports)


def test_the_events_of_a_connection_are_json() -> None:
    for event in (disconnect_event(), message_event({"action": "ping"})):
        assert json.loads(json.dumps(event)) == event
