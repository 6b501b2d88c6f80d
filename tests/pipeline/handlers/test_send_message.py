from __future__ import annotations

import logging

import pytest

from pipeline.handlers import send_message
from tests.fakes.ports import FakePorts
from tests.pipeline.builders import QUERY_ID
from tests.pipeline.handlers.scene import HERE, deliver_events, submit, told

pytestmark = pytest.mark.fast


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.notifier.open = {HERE}
    return ports


def test_the_end_of_a_statement_reaches_its_connection(ports: FakePorts) -> None:
    statement_id = submit(ports)
    ports.clock.pass_seconds(1.25)
    ports.warehouse.finish(statement_id, rows=30)
    deliver_events(ports)
    assert told(ports) == [
        {
            "type": "finished",
            "queryId": QUERY_ID,
            "topicName": "daily-summary",
            "statementId": statement_id,
            "rows": 30,
            "finishedAt": "2026-11-24T15:00:01.250Z",
            "resultExpiresAt": "2026-11-25T15:00:00.000Z",
        }
    ]


def test_an_event_of_somebody_elses_statement_is_logged_and_left_alone(
    ports: FakePorts, caplog: pytest.LogCaptureFixture
) -> None:
    ports.warehouse.finish(submit(ports))
    (event,) = ports.warehouse.events
    event["detail"]["statementName"] = "nightly-load"
    with caplog.at_level(logging.WARNING, logger="pipeline"):
        send_message.handle(event, ports)
    assert told(ports) == []
    assert '"event": "foreign_event"' in caplog.text


def test_one_query_costs_one_execution_one_notice_and_no_description(ports: FakePorts) -> None:
    ports.warehouse.finish(submit(ports))
    deliver_events(ports)
    assert (len(ports.warehouse.executions), len(told(ports)), ports.warehouse.described) == (1, 1, [])
