"""What the table does, under the records, with answers of DynamoDB that a healthy one seldom gives."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from pipeline.aws.records import DynamoDbRecords
from pipeline.aws.table import Table, UnprocessedItemsError
from pipeline.core.records import Attachment
from tests.contract.clients import local_client
from tests.contract.servers import Reply, Request, Server, serving
from tests.fakes.others import START
from tests.pipeline.builders import OWNER, QUERY_ID, STATEMENT_ID, query

LINK = Attachment("c1=", "daily-summary", STATEMENT_ID, OWNER, QUERY_ID, START)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(lambda _: said({})) as running:
        yield running


@pytest.fixture
def records(server: Server) -> Iterator[DynamoDbRecords]:
    client = local_client("dynamodb", server.address)
    yield DynamoDbRecords(Table(client, "client_connections"))
    client.close()


def said(body: dict[str, Any], status: int = 200) -> Reply:
    return Reply(status, json.dumps(body).encode(), "application/x-amz-json-1.0")


def asked(request: Request) -> Any:
    return json.loads(request.body)


def test_what_dynamodb_did_not_take_is_sent_again(records: DynamoDbRecords, server: Server) -> None:
    def take_the_second_time(request: Request) -> Reply:
        first = len(server.requests) == 1
        return said({"UnprocessedItems": asked(request)["RequestItems"] if first else {}})

    server.answer = take_the_second_time
    records.link([LINK], None)
    assert [asked(request) for request in server.requests] == [asked(server.requests[0])] * 2


def test_no_batch_is_larger_than_dynamodb_takes(records: DynamoDbRecords, server: Server) -> None:
    records.unlink("c1=", [str(n) for n in range(60)])
    batches = [asked(request)["RequestItems"]["client_connections"] for request in server.requests]
    assert [len(batch) for batch in batches] == [25, 25, 10]


def test_what_dynamodb_never_takes_is_an_error(records: DynamoDbRecords, server: Server) -> None:
    server.answer = lambda request: said({"UnprocessedItems": asked(request)["RequestItems"]})
    with pytest.raises(UnprocessedItemsError):
        records.link([LINK], None)
    assert len(server.requests) == 5


@pytest.mark.parametrize("call", ["create", "leave", "find", "end_of_batch"])
def test_any_other_error_is_not_hidden(records: DynamoDbRecords, server: Server, call: str) -> None:
    # fact DY-3
    server.answer = lambda _: said({"__type": "ResourceNotFoundException", "message": "not found"}, 400)
    calls: dict[str, Callable[[], object]] = {
        "create": lambda: records.create(query()),
        "leave": lambda: records.leave(OWNER, QUERY_ID),
        "find": lambda: records.find(OWNER, QUERY_ID),
        "end_of_batch": lambda: records.unlink("c1=", [QUERY_ID]),
    }
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        calls[call]()


def test_every_read_is_consistent(records: DynamoDbRecords, server: Server) -> None:
    server.answer = lambda request: said({"Items": []} if "Query" in str(request.headers) else {})
    records.find(OWNER, QUERY_ID)
    records.query_of(OWNER, "s")
    list(records.history(OWNER))
    records.attachments("c1=")
    assert [asked(request)["ConsistentRead"] for request in server.requests] == [True] * 4


def test_a_change_of_a_record_is_one_request(records: DynamoDbRecords, server: Server) -> None:
    records.detach(OWNER, QUERY_ID, "c1=")
    records.mark_notified(OWNER, QUERY_ID, START)
    targets = [request.headers["X-Amz-Target"] for request in server.requests]
    assert targets == ["DynamoDB_20120810.UpdateItem"] * 2
