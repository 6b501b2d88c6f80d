"""How a connection comes to be told of a query: it is attached to it, and asks where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.access import Caller
from pipeline.core.messages import Resumed, Standing, Unknown
from pipeline.core.records import ATTACHMENT_LIFETIME, Attachment, QueryRecord
from pipeline.ports import Ports
from pipeline.steps.ending import findable, mend


def resume(ports: Ports, caller: Caller, connection_id: str, query_ids: Sequence[str]) -> Resumed:
    """Let a connection watch queries of its owner, and say where each stands."""
    found = {
        query_id: ports.records.attach(caller.owner, query_id, connection_id)
        for query_id in dict.fromkeys(query_ids)
    }
    link(ports, [record for record in found.values() if record and not record.has_ended], connection_id)
    standing = {query_id: _standing(ports, query_id, record) for query_id, record in found.items()}
    return Resumed(tuple(standing[query_id] for query_id in query_ids))


def link(ports: Ports, records: Sequence[QueryRecord], connection_id: str) -> None:
    """Attach a connection to queries that it watches, so that the end of one knows whom to tell."""
    if records:
        attachments = [attachment_of(ports, r, connection_id, r.statement_id) for r in records]
        ports.records.link(attachments, None)


def attachment_of(
    ports: Ports, record: QueryRecord, connection_id: str, statement_id: str | None
) -> Attachment:
    """Make the item that ties a connection to a query and its statement."""
    expires_at = ports.clock.now() + ATTACHMENT_LIFETIME
    return Attachment(
        connection_id, record.topic_name, statement_id, record.owner, record.query_id, expires_at
    )


def _standing(ports: Ports, query_id: str, record: QueryRecord | None) -> Standing:
    return Unknown(query_id) if record is None else findable(ports, mend(ports, record)).standing()
