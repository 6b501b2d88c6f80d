"""DynamoDB past moto's web framework answers as it does through it."""

from __future__ import annotations

import gc
import json
from typing import Any

import pytest
from moto.dynamodb.models.dynamo_type import Item
from moto.dynamodb.models.table import Table

from infra.local.aws_http import HttpAnswer, HttpRequest
from infra.local.dynamodb import DIRECT, DynamoDb
from infra.local.moto_app import Moto
from tests.infra.local.dynamodb_calls import request

KEY = {"pk": {"S": "owner#a"}, "sk": {"S": "query#1"}}
NOWHERE = {**KEY, "sk": {"S": "query#2"}}
ITEM = {
    **KEY,
    "state": {"S": "running"},
    "rows": {"N": "30"},
    "connectionIds": {"SS": ["c1=", "c2="]},
    "parameters": {"M": {"startDate": {"S": "2015-06-01"}, "wide": {"BOOL": True}}},
    "list": {"L": [{"NULL": True}, {"N": "1.5"}]},
}
BYTES = {**KEY, "B": {"B": "aGVsbG8="}}


def update(change: str, **more: Any) -> dict[str, Any]:
    names = {name: name[1:] for name in ("#state", "#connectionIds") if name in change + str(more)}
    return {
        "TableName": "t",
        "Key": KEY,
        "UpdateExpression": change,
        "ExpressionAttributeNames": names,
        **more,
    }


CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "a put": ("PutItem", {"TableName": "t", "Item": ITEM, "ReturnValues": "ALL_OLD"}),
    "a get": ("GetItem", {"TableName": "t", "Key": KEY, "ConsistentRead": True}),
    "a get of nothing": ("GetItem", {"TableName": "t", "Key": NOWHERE}),
    "a move": (
        "UpdateItem",
        update(
            "SET #state = :ended",
            ExpressionAttributeValues={":ended": {"S": "finished"}, ":running": {"S": "running"}},
            ConditionExpression="#state IN (:running)",
            ReturnValues="ALL_OLD",
        ),
    ),
    "a move that is refused": (
        "UpdateItem",
        update(
            "SET #state = :ended",
            ExpressionAttributeValues={":ended": {"S": "finished"}, ":other": {"S": "accepted"}},
            ConditionExpression="#state = :other",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        ),
    ),
    "a set that grows": (
        "UpdateItem",
        update(
            "ADD #connectionIds :c", ExpressionAttributeValues={":c": {"SS": ["c3="]}}, ReturnValues="ALL_NEW"
        ),
    ),
    "a change without an answer": (
        "UpdateItem",
        update("DELETE #connectionIds :c", ExpressionAttributeValues={":c": {"SS": ["c1="]}}),
    ),
    "a batch": (
        "BatchWriteItem",
        {"RequestItems": {"t": [{"PutRequest": {"Item": {**NOWHERE, "rows": {"N": "1"}}}}]}},
    ),
    "a query": (
        "Query",
        {
            "TableName": "t",
            "KeyConditionExpression": "pk = :pk AND begins_with(sk, :sk)",
            "ExpressionAttributeValues": {":pk": {"S": "owner#a"}, ":sk": {"S": "query#"}},
        },
    ),
    "a query of nothing": (
        "Query",
        {
            "TableName": "t",
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "owner#nobody"}},
        },
    ),
    "bytes": ("PutItem", {"TableName": "t", "Item": BYTES}),
    "a table that is not there": ("GetItem", {"TableName": "nowhere", "Key": KEY}),
    "a request that makes no sense": ("UpdateItem", update("SET nonsense")),
    "another operation": ("ListTables", {}),
}


class Observed(Moto):
    """moto that counts what goes through all of it."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = 0

    def answer(self, service: Any, request: HttpRequest) -> HttpAnswer:
        self.whole += 1
        return super().answer(service, request)


@pytest.fixture(scope="module")
def observed() -> Observed:
    return Observed()


@pytest.fixture
def moto(observed: Observed) -> Observed:
    """Give a moto whose table holds the one item."""
    keys = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]
    kinds = [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")]
    table = {"TableName": "t", "KeySchema": keys, "AttributeDefinitions": kinds}
    fill(observed, table)
    observed.whole = 0
    return observed


def fill(moto: Moto, table: dict[str, Any]) -> None:
    moto.answer("dynamodb", request("DeleteTable", {"TableName": "t"}))
    moto.answer("dynamodb", request("CreateTable", {**table, "BillingMode": "PAY_PER_REQUEST"}))
    moto.answer("dynamodb", request("PutItem", {"TableName": "t", "Item": ITEM}))


def content(answer: HttpAnswer) -> tuple[int, Any]:
    return answer.status, json.loads(answer.body)


def everything(moto: Moto) -> Any:
    return json.loads(moto.answer("dynamodb", request("Scan", {"TableName": "t"})).body)["Items"]


@pytest.mark.parametrize(("operation", "payload"), CALLS.values(), ids=CALLS)
def test_a_call_is_answered_and_done_as_by_all_of_moto(
    moto: Observed, operation: str, payload: dict[str, Any]
) -> None:
    direct = content(DynamoDb(moto).answer(operation, request(operation, payload))), everything(moto)
    keys = {"TableName": "t", "Key": NOWHERE}
    moto.answer("dynamodb", request("DeleteItem", keys))
    moto.answer("dynamodb", request("PutItem", {"TableName": "t", "Item": ITEM}))
    whole = content(moto.answer("dynamodb", request(operation, payload))), everything(moto)
    assert direct == whole


@pytest.mark.parametrize("case", ["a put", "a get", "a move", "a set that grows", "a batch", "a query"])
def test_the_calls_of_a_query_go_the_short_way(moto: Observed, case: str) -> None:
    operation, payload = CALLS[case]
    assert operation in DIRECT
    DynamoDb(moto).answer(operation, request(operation, payload))
    assert moto.whole == 0


@pytest.mark.parametrize("case", ["bytes", "a table that is not there", "another operation"])
def test_what_is_out_of_the_ordinary_goes_through_all_of_moto(moto: Observed, case: str) -> None:
    operation, payload = CALLS[case]
    DynamoDb(moto).answer(operation, request(operation, payload))
    assert moto.whole == 1


def test_a_query_looks_at_its_own_partition_alone(moto: Observed, monkeypatch: pytest.MonkeyPatch) -> None:
    for owner in "bc":
        moto.answer("dynamodb", request("PutItem", {"TableName": "t", "Item": {**ITEM, "pk": {"S": owner}}}))
    looked_at: list[int] = []
    all_items = Table.all_items

    def counted(table: Table) -> list[Item]:
        looked_at.append(len(items := all_items(table)))
        return items

    monkeypatch.setattr(Table, "all_items", counted)
    answer = DynamoDb(moto).answer(*_asked("a query"))
    assert json.loads(answer.body)["Count"] == 1
    assert looked_at == [1]
    assert len(everything(moto)) == 3


def test_what_a_change_has_replaced_is_forgotten(moto: Observed) -> None:
    def items() -> int:
        gc.collect()
        return sum(isinstance(thing, Item) for thing in gc.get_objects())

    DynamoDb(moto).answer(*_asked("a set that grows"))
    before = items()
    for _ in range(20):
        DynamoDb(moto).answer(*_asked("a set that grows"))
    assert items() == before


def _asked(case: str) -> tuple[str, HttpRequest]:
    operation, payload = CALLS[case]
    return operation, request(operation, payload)
