"""Lambda: a connection closed; remove its attachments from the table, and nothing else.

Its queries go on: a tab that closes does not cancel what its owner may still want.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline import log
from pipeline.bootstrap import ports as wired_ports
from pipeline.core.answers import Answer
from pipeline.ports import Ports


def handler(event: dict[str, Any], context: object) -> Answer:
    """Handle an API Gateway WebSocket event (DISCONNECT)."""
    with log.invocation("OnDisconnect", event, context):
        return handle(event, wired_ports())


def handle(event: Mapping[str, Any], ports: Ports) -> Answer:
    """Take the connection out of the queries that it watched, then delete its attachments."""
    connection_id = event["requestContext"]["connectionId"]
    attachments = ports.records.attachments(connection_id)
    for attachment in attachments:
        ports.records.detach(attachment.owner, attachment.query_id, connection_id)
    ports.records.unlink(connection_id, [attachment.query_id for attachment in attachments])
    return {"statusCode": 200}
