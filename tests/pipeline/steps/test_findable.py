"""Whoever is told that a query finished can ask for its rows, though whoever moved the record died right after."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from pipeline.handlers import get_results, list_queries, send_message
from tests.fakes.ports import FakePorts, rest_event
from tests.pipeline.builders import OWNER, QUERY_ID
from tests.pipeline.handlers.scene import ELSEWHERE, record, run_message, send
from tests.pipeline.recording import Killed, RecordedPorts

pytestmark = pytest.mark.fast


@pytest.fixture
def ports() -> FakePorts:
    """A query that finished; submit died after ExecuteStatement, and SendMessage after moving the record."""
    ports = FakePorts()
    with pytest.raises(Killed):
        send(RecordedPorts(ports, die_after="warehouse.execute"), run_message())
    (statement_id,) = ports.warehouse.statements
    ports.warehouse.finish(statement_id)
    with pytest.raises(Killed):
        send_message.handle(ports.warehouse.events.pop(), RecordedPorts(ports, die_after="records.end"))
    assert record(ports).state == "finished"
    assert ports.records.statements == {}
    return ports


def resume(ports: FakePorts) -> str:
    answer = send(ports, {"action": "resume", "queryIds": [QUERY_ID]}, connection_id=ELSEWHERE)
    return str(answer["queries"][0]["statementId"])


def run(ports: FakePorts) -> str:
    return str(send(ports, run_message(), connection_id=ELSEWHERE)["statementId"])


def cancel(ports: FakePorts) -> str:
    return str(send(ports, {"action": "cancel", "queryId": QUERY_ID})["statementId"])


def look_into_the_history(ports: FakePorts) -> str:
    answer = list_queries.handle(rest_event(owner=OWNER), ports)
    return str(json.loads(answer["body"])["queries"][0]["statementId"])


@pytest.mark.parametrize("ask", [resume, run, cancel, look_into_the_history])
def test_who_is_told_of_a_finished_query_can_read_its_rows(
    ports: FakePorts, ask: Callable[[FakePorts], str]
) -> None:
    answer = get_results.handle(rest_event({"statementId": ask(ports)}, owner=OWNER), ports)
    assert answer["statusCode"] == 200
