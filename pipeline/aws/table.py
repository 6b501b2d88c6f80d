"""One DynamoDB table: items by key, conditional updates that tell what they met, batches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.aws.clients import ClientError, client, error_code
from pipeline.aws.items import Item, value

# AWS: DynamoDB, BatchWriteItem takes at most 25 requests.
_BATCH = 25
_BATCH_TRIES = 5


class UnprocessedItemsError(Exception):
    """DynamoDB took only a part of a batch, however often it was asked."""


class Table:
    """The calls that the records need; every read is consistent."""

    def __init__(self, dynamodb: Any, name: str) -> None:
        self._dynamodb = dynamodb
        self._name = name

    @classmethod
    def connect(cls, name: str) -> Table:
        """Make one with a client of its own."""
        return cls(client("dynamodb"), name)

    def get(self, key: Item) -> Item | None:
        """Read an item."""
        answer = self._dynamodb.get_item(TableName=self._name, Key=key, ConsistentRead=True)
        item: Item | None = answer.get("Item")
        return item

    def put(self, item: Item) -> None:
        """Write an item, over one of the same key."""
        self._dynamodb.put_item(TableName=self._name, Item=item)

    def put_new(self, item: Item) -> Item | None:
        """Write an item unless there is one of its key; give the one that is there, None when it was written."""
        try:
            self._dynamodb.put_item(
                TableName=self._name,
                Item=item,
                ConditionExpression="attribute_not_exists(#pk)",
                ExpressionAttributeNames={"#pk": "pk"},
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            return _refused_item(error)
        return None

    def update(
        self,
        key: Item,
        change: str,
        values: Mapping[str, Any],
        condition: str | None = None,
        returned: str = "NONE",
        names: Mapping[str, str] | None = None,
    ) -> tuple[Item | None, Item | None]:
        """Update on condition: (what the update returned, None), or (None, the item that refused it).

        `names` are those of the expressions that are no attribute of ours, but data: by their placeholder.
        """
        request = {
            "TableName": self._name,
            "Key": key,
            "UpdateExpression": change,
            "ExpressionAttributeNames": _names(f"{change} {condition or ''}") | dict(names or {}),
            "ReturnValues": returned,
        }
        if values:
            request["ExpressionAttributeValues"] = {name: value(held) for name, held in values.items()}
        if condition is not None:
            request["ConditionExpression"] = condition
            request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        try:
            answer = self._dynamodb.update_item(**request)
        except ClientError as error:
            return None, _refused_item(error)
        return answer.get("Attributes", {}), None

    def queries(self, pk: str) -> Iterator[Item]:
        """Read the queries under a key, however many pages they fill."""
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._name,
            KeyConditionExpression="#pk = :pk AND begins_with(#sk, :query)",
            ExpressionAttributeNames={"#pk": "pk", "#sk": "sk"},
            ExpressionAttributeValues={":pk": value(pk), ":query": value("query#")},
            ConsistentRead=True,
        )
        for page in pages:
            yield from page["Items"]

    def write(self, items: Sequence[Item]) -> None:
        """Write items, over those of the same keys.

        Raises:
            UnprocessedItemsError: DynamoDB took only a part.
        """
        self._write([{"PutRequest": {"Item": item}} for item in items])

    def delete(self, keys: Sequence[Item]) -> None:
        """Delete items, if they are there.

        Raises:
            UnprocessedItemsError: DynamoDB took only a part.
        """
        self._write([{"DeleteRequest": {"Key": key}} for key in keys])

    def _write(self, requests: list[dict[str, Any]]) -> None:
        for first in range(0, len(requests), _BATCH):
            self._write_batch(requests[first : first + _BATCH])

    def _write_batch(self, requests: list[dict[str, Any]]) -> None:
        waiting = {self._name: requests}
        for _ in range(_BATCH_TRIES):
            waiting = self._dynamodb.batch_write_item(RequestItems=waiting).get("UnprocessedItems", {})
            if not waiting:
                return
        raise UnprocessedItemsError(f"{len(waiting[self._name])} items were not written.")


def _names(expression: str) -> dict[str, str]:
    """Give the placeholder of every attribute: several of ours are reserved words of DynamoDB."""
    return {f"#{name}": name for name in re.findall(r"#(\w+)", expression)}


def _refused_item(error: ClientError) -> Item:
    """Give the item that made a condition fail; empty when there is none.

    Raises:
        ClientError: it was another error.
    """
    if error_code(error) != "ConditionalCheckFailedException":
        raise error
    item: Item = error.response.get("Item", {})
    return item
