"""The items of `client_connections`: how records, attachments, statements and places look in DynamoDB."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from pipeline.core.instants import instant_text, parse_instant
from pipeline.core.records import Attachment, QueryRecord

Item = dict[str, Any]

_serializer = TypeSerializer()
_deserializer = TypeDeserializer()


def value(content: Any) -> Item:
    """Write one value; a frozen set is a string set."""
    written: Item = _serializer.serialize(set(content) if isinstance(content, frozenset) else content)
    return written


def query_key(owner: str, query_id: str) -> Item:
    """Give the key of a query's record."""
    return _key(f"owner#{owner}", f"query#{query_id}")


def statement_key(owner: str, statement_id: str) -> Item:
    """Give the key of the way from a statement to its query."""
    return _key(f"owner#{owner}", f"statement#{statement_id}")


def places_key(owner: str) -> Item:
    """Give the key of an owner's places: by the id of a running query, when its place was taken or last kept."""
    return _key(f"owner#{owner}", "active")


def attachment_key(connection_id: str, query_id: str) -> Item:
    """Give the key of a connection's attachment to a query."""
    return _key(f"connection#{connection_id}", f"query#{query_id}")


def epoch(moment: datetime) -> int:
    """Give the seconds that DynamoDB's time to live wants."""
    return int(moment.timestamp())


def record_item(record: QueryRecord) -> Item:
    """Write a record; what is None or empty is left out."""
    content = {
        "owner": record.owner,
        "queryId": record.query_id,
        "topicName": record.topic_name,
        "parameters": dict(record.parameters),
        "parametersHash": record.parameters_hash,
        "state": record.state,
        "submittedAt": instant_text(record.submitted_at),
        "deadline": instant_text(record.deadline),
        "connectionIds": record.connection_ids or None,
        "reportVersion": record.report_version,
        "dataVersion": record.data_version,
        "synthetic": record.synthetic,
        "sqlLine": record.sql_line,
        "statementId": record.statement_id,
        "ttl": epoch(record.expires_at),
    }
    return query_key(record.owner, record.query_id) | _written(content)


def read_record(item: Mapping[str, Any]) -> QueryRecord:
    """Read a record."""
    content = {name: _deserializer.deserialize(held) for name, held in item.items()}
    return QueryRecord(
        owner=content["owner"],
        query_id=content["queryId"],
        topic_name=content["topicName"],
        parameters=content["parameters"],
        parameters_hash=content["parametersHash"],
        state=content["state"],
        submitted_at=parse_instant(content["submittedAt"]),
        deadline=parse_instant(content["deadline"]),
        report_version=content["reportVersion"],
        data_version=content["dataVersion"],
        synthetic=content["synthetic"],
        expires_at=datetime.fromtimestamp(int(content["ttl"]), UTC),
        connection_ids=frozenset(content.get("connectionIds", ())),
        statement_id=content.get("statementId"),
        finished_at=_instant(content.get("finishedAt")),
        rows=_count(content.get("rows")),
        result_expires_at=_instant(content.get("resultExpiresAt")),
        notified_at=_instant(content.get("notifiedAt")),
        error_code=content.get("errorCode"),
        error_message=content.get("errorMessage"),
        cancelled_by=content.get("cancelledBy"),
        sql_line=_count(content.get("sqlLine")),
    )


def attachment_item(attachment: Attachment) -> Item:
    """Write an attachment."""
    content = {
        "connectionId": attachment.connection_id,
        "topicName": attachment.topic_name,
        "statementId": attachment.statement_id,
        "owner": attachment.owner,
        "queryId": attachment.query_id,
        "ttl": epoch(attachment.expires_at),
    }
    return attachment_key(attachment.connection_id, attachment.query_id) | _written(content)


def read_attachment(item: Mapping[str, Any]) -> Attachment:
    """Read an attachment."""
    content = {name: _deserializer.deserialize(held) for name, held in item.items()}
    return Attachment(
        connection_id=content["connectionId"],
        topic_name=content["topicName"],
        statement_id=content.get("statementId"),
        owner=content["owner"],
        query_id=content["queryId"],
        expires_at=datetime.fromtimestamp(int(content["ttl"]), UTC),
    )


def statement_item(owner: str, statement_id: str, query_id: str, expires_at: datetime) -> Item:
    """Write the way from a statement to its query."""
    return statement_key(owner, statement_id) | _written({"queryId": query_id, "ttl": epoch(expires_at)})


def text(item: Mapping[str, Any], name: str) -> str:
    """Read one text of an item."""
    return str(_deserializer.deserialize(item[name]))


def read_places(item: Mapping[str, Any]) -> Mapping[str, datetime]:
    """Read an owner's places."""
    held: Mapping[str, str] = _deserializer.deserialize(item["places"])
    return {query_id: parse_instant(taken_at) for query_id, taken_at in held.items()}


def _key(pk: str, sk: str) -> Item:
    return {"pk": value(pk), "sk": value(sk)}


def _written(content: Mapping[str, Any]) -> Item:
    return {name: value(held) for name, held in content.items() if held is not None}


def _instant(held: Any) -> datetime | None:
    return parse_instant(held) if held is not None else None


def _count(held: Any) -> int | None:
    return int(held) if held is not None else None
