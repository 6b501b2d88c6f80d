"""What the console says of a call at the AWS port: the kind of thing, what became of it, and nothing of its values."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from infra.local.aws_http import HttpAnswer, HttpRequest
from infra.local.console.calls import tell_call
from infra.local.console.feed import Feed, Step

pytestmark = pytest.mark.fast

QUERY = "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11"
STATEMENT = "d9b6c0c9-0747-4bf4-b142-e8883122f766"
RECORD = {"pk": {"S": "owner#o"}, "sk": {"S": f"query#{QUERY}"}}
ATTACHMENT = {"pk": {"S": "connection#c"}, "sk": {"S": f"query#{QUERY}"}}
WAY = {"pk": {"S": "owner#o"}, "sk": {"S": f"statement#{STATEMENT}"}}
PLACES = {"pk": {"S": "owner#o"}, "sk": {"S": "active"}}
TARGETS = {
    "dynamodb": "DynamoDB_20120810",
    "redshift-data": "RedshiftData",
    "sqs": "AmazonSQS",
    "ssm": "AmazonSSM",
}


def heard(service: str, operation: str, call: Any, status: int = 200, answer: bytes = b"{}") -> list[Step]:
    """Make a call, and give what a watcher hears of it."""
    scope = f"AWS4-HMAC-SHA256 Credential=local/20150601/us-east-1/{service}/aws4_request, Signature=x"
    headers = {"authorization": scope, "x-amz-target": f"{TARGETS[service]}.{operation}"}
    body = call if isinstance(call, bytes) else json.dumps(call).encode()
    feed = Feed()

    async def watch() -> list[Step | None]:
        with feed.watching() as steps:
            tell_call(feed, HttpRequest("POST", "/", headers, body), HttpAnswer(status, [], answer))
            await asyncio.sleep(0)
            return [steps.get_nowait() for _ in range(steps.qsize())]

    return [step for step in asyncio.run(watch()) if step is not None]


def update(key: dict[str, Any], change: str, **values: str) -> dict[str, Any]:
    named = {f":{name}": {"S": value} for name, value in values.items()}
    return {"Key": key, "UpdateExpression": change, "ExpressionAttributeValues": named}


@pytest.mark.parametrize(
    ("operation", "call", "text"),
    [
        ("PutItem", {"Item": {**RECORD, "state": {"S": "accepted"}}}, "record put (accepted)"),
        ("PutItem", {"Item": WAY}, "way to the record put"),
        ("UpdateItem", update(RECORD, "SET #state = :s", s="running"), "record updated (running)"),
        ("UpdateItem", update(RECORD, "SET #rows = :rows", rows="7"), "record updated"),
        ("UpdateItem", update(PLACES, "ADD #queryIds :own", own=QUERY), "active set updated"),
        ("UpdateItem", update(RECORD, "SET #state = :s", s="2015-06-01"), "record updated"),
        ("DeleteItem", {"Key": ATTACHMENT}, "attachment deleted"),
        ("DeleteItem", {"Key": {"of": {"N": "1"}}}, "item deleted"),
        (
            "BatchWriteItem",
            {"RequestItems": {"t": [{"PutRequest": {"Item": ATTACHMENT}}, {"PutRequest": {"Item": WAY}}]}},
            "attachment put and way to the record put",
        ),
        (
            "BatchWriteItem",
            {"RequestItems": {"t": [{"DeleteRequest": {"Key": ATTACHMENT}}] * 2}},
            "attachment deleted",
        ),
    ],
)
def test_a_change_of_the_table_names_its_items_and_their_state(
    operation: str, call: dict[str, Any], text: str
) -> None:
    (step,) = heard("dynamodb", operation, call)
    assert (step.kind, step.text, step.well) == ("item", text, True)


def test_a_condition_that_does_not_hold_is_told_and_is_no_mishap() -> None:
    refusal = b'{"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"}'
    (step,) = heard("dynamodb", "UpdateItem", update(RECORD, "SET #state = :s", s="running"), 400, refusal)
    assert (step.text, step.well, step.queries) == ("record updated (running): refused", True, (QUERY,))


def test_a_call_that_nobody_can_read_is_refused_and_not_read_here_either() -> None:
    (step,) = heard("dynamodb", "UpdateItem", b"no JSON", 400, b'{"__type": "SerializationException"}')
    assert (step.text, step.well) == ("updated: refused", False)


@pytest.mark.parametrize(
    ("operation", "text"),
    [
        ("ExecuteStatement", "submitted"),
        ("DescribeStatement", "asked after"),
        ("GetStatementResult", "rows read"),
        ("CancelStatement", "cancelled"),
    ],
)
def test_a_call_of_the_warehouse_says_what_was_done_to_the_statement(operation: str, text: str) -> None:
    (step,) = heard("redshift-data", operation, {"Id": STATEMENT})
    assert (step.kind, step.text) == ("statement", text)


def test_a_dead_letter_belongs_to_its_query() -> None:
    event = {"requestPayload": {"detail": {"statementName": f"{'a' * 32}/{QUERY}"}}}
    (step,) = heard("sqs", "SendMessage", {"MessageBody": json.dumps(event)})
    assert (step.kind, step.text, step.queries) == ("dead letter", "kept in the queue", (QUERY,))


@pytest.mark.parametrize(
    ("service", "operation"), [("dynamodb", "GetItem"), ("sqs", "GetQueueUrl"), ("ssm", "GetParameter")]
)
def test_of_other_calls_nothing_is_told(service: str, operation: str) -> None:
    assert heard(service, operation, {}) == []
