"""The items are those of the published table, attribute for attribute."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.aws.items import (
    attachment_item,
    epoch,
    places_key,
    query_key,
    read_attachment,
    read_places,
    read_record,
    record_item,
    statement_item,
    text,
    value,
)
from pipeline.core.records import Attachment
from tests.fakes.others import START
from tests.pipeline.builders import OWNER, QUERY_ID, STATEMENT_ID, query

pytestmark = pytest.mark.fast


def attachment(statement_id: str | None) -> Attachment:
    return Attachment("c1=", "daily-summary", statement_id, OWNER, QUERY_ID, START + timedelta(hours=2))


def test_a_query_has_the_published_attributes_and_types() -> None:
    item = record_item(query(connection_ids=frozenset({"c1="}), statement_id=STATEMENT_ID, sql_line=21))
    assert {name: next(iter(held)) for name, held in item.items()} == {
        "pk": "S",
        "sk": "S",
        "owner": "S",
        "queryId": "S",
        "topicName": "S",
        "parameters": "M",
        "parametersHash": "S",
        "state": "S",
        "submittedAt": "S",
        "deadline": "S",
        "connectionIds": "SS",
        "reportVersion": "S",
        "dataVersion": "S",
        "synthetic": "BOOL",
        "sqlLine": "N",
        "statementId": "S",
        "ttl": "N",
    }
    assert item["ttl"] == {"N": str(epoch(query().expires_at))}


def test_what_a_query_does_not_have_is_absent() -> None:
    item = record_item(query())
    assert not {"connectionIds", "statementId", "rows", "errorCode"} & set(item)


def test_a_query_is_read_as_it_was_written() -> None:
    record = query(connection_ids=frozenset({"c1=", "c2="}))
    assert read_record(record_item(record)) == record


@pytest.mark.parametrize("statement_id", [STATEMENT_ID, None])
def test_an_attachment_is_read_as_it_was_written(statement_id: str | None) -> None:
    item = attachment_item(attachment(statement_id))
    assert read_attachment(item) == attachment(statement_id)
    assert ("statementId" in item) is (statement_id is not None)
    assert set(item) - {"statementId"} == {"pk", "sk", "connectionId", "topicName", "owner", "queryId", "ttl"}


def test_the_keys_are_the_published_ones() -> None:
    assert query_key(OWNER, QUERY_ID) == {"pk": {"S": f"owner#{OWNER}"}, "sk": {"S": f"query#{QUERY_ID}"}}
    assert places_key(OWNER) == {"pk": {"S": f"owner#{OWNER}"}, "sk": {"S": "active"}}
    item = statement_item(OWNER, STATEMENT_ID, QUERY_ID, START)
    assert item["sk"] == {"S": f"statement#{STATEMENT_ID}"}
    assert text(item, "queryId") == QUERY_ID
    assert item["ttl"] == {"N": str(epoch(START))}
    link = attachment_item(attachment(None))
    assert (link["pk"], link["sk"]) == ({"S": "connection#c1="}, {"S": f"query#{QUERY_ID}"})


def test_places_are_read_with_their_instants() -> None:
    held = value({QUERY_ID: "2026-11-24T15:00:00.000Z"})
    assert read_places(places_key(OWNER) | {"places": held}) == {QUERY_ID: START}
