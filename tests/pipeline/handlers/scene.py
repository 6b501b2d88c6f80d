"""What clients and AWS do to the handlers, in the words of the specifications."""

from __future__ import annotations

import json
from typing import Any

from pipeline.core.records import QueryRecord
from pipeline.handlers import on_connect, send_message
from pipeline.ports import Ports
from tests.fakes.ports import JUNE, FakePorts, connect_event, message_event
from tests.pipeline.builders import OWNER, QUERY_ID

HERE = "c1="
ELSEWHERE = "c2="


def run_message(query_id: str = QUERY_ID, **changes: Any) -> dict[str, Any]:
    """Give the message of a press of Submit for June."""
    return {
        "action": "run",
        "queryId": query_id,
        "topicName": "daily-summary",
        "parameters": JUNE,
        **changes,
    }


def send(ports: Ports, message: Any, owner: str = OWNER, connection_id: str = HERE, groups: str = "") -> Any:
    """Send a message over a connection; give the answer, which always has status 200."""
    answer = on_connect.handle(message_event(message, owner, connection_id, groups), ports)
    assert answer["statusCode"] == 200
    return json.loads(answer["body"])


def submit(ports: Ports, query_id: str = QUERY_ID, connection_id: str = HERE) -> str:
    """Press Submit; give the statement's id."""
    accepted = send(ports, run_message(query_id), connection_id=connection_id)
    assert accepted["type"] == "accepted"
    return str(accepted["statementId"])


def connect(ports: Ports, **query: str) -> tuple[int, Any]:
    """Open a connection with these keys in its address; give status and body."""
    event = connect_event({name: [value] for name, value in query.items()})
    answer = on_connect.handle(event, ports)
    return answer["statusCode"], json.loads(answer["body"])


def deliver_events(ports: FakePorts) -> None:
    """Let every event that waits reach SendMessage."""
    while ports.warehouse.events:
        send_message.handle(ports.warehouse.events.pop(0), ports)


def told(ports: FakePorts, connection_id: str = HERE) -> list[dict[str, Any]]:
    """Give the notices that a connection was posted."""
    return [json.loads(text) for text in ports.notifier.told(connection_id)]


def record(ports: FakePorts, query_id: str = QUERY_ID) -> QueryRecord:
    """Give a query of the owner as the table has it."""
    return ports.records.queries[OWNER, query_id]


def nothing_happened(ports: FakePorts) -> bool:
    """Say whether table and warehouse are untouched."""
    records = ports.records
    return not (records.queries or records.links or records.places or ports.warehouse.executions)
