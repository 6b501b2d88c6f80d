"""What a call at the AWS port does to the table, to a statement or to the queue of dead letters, in our words."""

from __future__ import annotations

import json
import re
from typing import Any

from infra.local.aws_http import HttpAnswer, HttpRequest, operation_of
from infra.local.aws_port import service_of
from infra.local.console.feed import Feed

_STATEMENT_DEEDS = {
    "CancelStatement": "cancelled",
    "DescribeStatement": "asked after",
    "ExecuteStatement": "submitted",
    "GetStatementResult": "rows read",
}
_TOLD = {
    "dynamodb": (
        "item",
        {"BatchWriteItem": "", "DeleteItem": "deleted", "PutItem": "put", "UpdateItem": "updated"},
    ),
    "redshift-data": ("statement", _STATEMENT_DEEDS),
    "sqs": ("dead letter", {"SendMessage": "kept in the queue"}),
}
_ITEMS = {"query": "record", "statement": "way to the record", "active": "active set"}
_STATES = frozenset({"accepted", "running", "finished", "failed", "cancelled"})
_STATE = re.compile(r"#state = (:\w+)")


def tell_call(feed: Feed, request: HttpRequest, answer: HttpAnswer) -> None:
    """Tell of a call that does one of these deeds."""
    if not feed.watched:
        return
    kind, deeds = _TOLD.get(service_of(request.headers) or "", ("", {}))
    operation = operation_of(request)
    if operation not in deeds:
        return
    text, done = deeds[operation], answer.status == 200
    understood = done or b"ConditionalCheckFailed" in answer.body
    if kind == "item" and understood:
        text = _items(json.loads(request.body), text)
    # Of the answers only this one has an id that is needed; others have rows.
    begun = answer.body if operation == "ExecuteStatement" else b""
    feed.tell(kind, text if done else f"{text}: refused", (request.body, begun), understood)


def _items(call: dict[str, Any], deed: str) -> str:
    """Name the items that a call writes, and the state that it gives a record."""
    batch = [request for requests in call.get("RequestItems", {}).values() for request in requests]
    if batch:
        deeds = [(kind, *held.values()) for request in batch for kind, held in request.items()]
        words = (f"{_item(key)} {'put' if kind == 'PutRequest' else 'deleted'}" for kind, key in deeds)
        return " and ".join(dict.fromkeys(words))
    held = call.get("Item", {}).get("state", {})
    change = _STATE.search(call.get("UpdateExpression", ""))
    state = (call["ExpressionAttributeValues"][change[1]] if change else held).get("S")
    return f"{_item(call.get('Item') or call['Key'])} {deed}" + (f" ({state})" if state in _STATES else "")


def _item(key: dict[str, Any]) -> str:
    pk, sk = (key.get(name, {}).get("S", "") for name in ("pk", "sk"))
    return "attachment" if pk.startswith("connection#") else _ITEMS.get(sk.partition("#")[0], "item")
