"""Every port in memory, and the events by which API Gateway would call."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from pipeline.ports import Limits
from tests.fakes.others import FakeClock, FakeNotifier, FakeReports, FakeTokens
from tests.fakes.records import FakeRecords
from tests.fakes.warehouse import FakeWarehouse

REPORT = """/*
title = "Trips"
question = "How many trips?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 5

[[parameters]]
name = "startDate"
label = "From"
type = "date"
minimum = "2015-01-01"
maximum = "2015-12-31"

[[parameters]]
name = "endDate"
label = "To"
type = "date"
minimum = "2015-01-01"
maximum = "2015-12-31"

[[columns]]
name = "trips"
type = "integer"
label = "Trips"
role = "measure"
*/
select count(*) as trips from trips
where tpep_pickup_datetime >= :startDate::date and tpep_pickup_datetime < :endDate::date + 1
"""

JUNE = {"startDate": "2015-06-01", "endDate": "2015-06-30"}


@dataclass
class FakePorts:
    """All ports of one test."""

    clock: FakeClock = field(default_factory=FakeClock)
    records: FakeRecords = field(default_factory=FakeRecords)
    notifier: FakeNotifier = field(default_factory=FakeNotifier)
    reports: FakeReports = field(default_factory=lambda: FakeReports(daily_summary=REPORT))
    tokens: FakeTokens = field(default_factory=FakeTokens)
    limits: Limits = field(default_factory=lambda: Limits(active_queries=5, deadline_seconds=900))
    warehouse: FakeWarehouse = field(init=False)

    def __post_init__(self) -> None:
        self.warehouse = FakeWarehouse(self.clock)


def message_event(
    body: Any, owner: str = "a" * 32, connection_id: str = "c1=", groups: str = ""
) -> dict[str, Any]:
    """Build the event of a WebSocket message; `body` is sent as JSON unless it is text."""
    return {
        "requestContext": {
            "routeKey": "run",
            "eventType": "MESSAGE",
            "connectionId": connection_id,
            "requestId": "r1",
            "authorizer": {"owner": owner, "name": "ana", "groups": groups},
        },
        "body": body if isinstance(body, str) else json.dumps(body),
        "isBase64Encoded": False,
    }


def connect_event(
    query: dict[str, list[str]] | None = None, owner: str = "a" * 32, connection_id: str = "c1="
) -> dict[str, Any]:
    """Build the event of a handshake; without a query the keys are missing (fact WS-1)."""
    event = message_event("", owner, connection_id)
    event["requestContext"] |= {"routeKey": "$connect", "eventType": "CONNECT"}
    del event["body"]
    if query:
        event["queryStringParameters"] = {name: values[-1] for name, values in query.items()}
        event["multiValueQueryStringParameters"] = query
    return event


def disconnect_event(connection_id: str = "c1=") -> dict[str, Any]:
    """Build the event of a closed connection."""
    return {
        "requestContext": {
            "routeKey": "$disconnect",
            "eventType": "DISCONNECT",
            "connectionId": connection_id,
        }
    }


def rest_event(
    path: dict[str, str] | None = None,
    query: dict[str, str] | None = None,
    owner: str = "a" * 32,
    groups: str = "",
) -> dict[str, Any]:
    """Build the event of a REST request; empty maps are null (fact RP-1)."""
    return {
        "pathParameters": path,
        "queryStringParameters": query,
        "multiValueQueryStringParameters": query and {name: [value] for name, value in query.items()},
        "requestContext": {
            "requestId": "r1",
            "authorizer": {"owner": owner, "name": "ana", "groups": groups},
        },
    }
