"""moto's DynamoDB without the way through its web framework, for the calls that each query makes.

Of a call's time moto spends more than half on reading the request by its model and on writing the answer by its
model. Both are JSON already: here moto's own operation gets the one and gives the other. Whatever is out of the
ordinary (an error, bytes, another operation) is moto's from end to end.

moto sorts its whole table at each Query; here it is shown one partition alone, so that the ten-thousandth query of a
day is answered as soon as the first.
"""

from __future__ import annotations

import json
import re
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler

from infra.local.aws_http import HttpAnswer, HttpRequest
from infra.local.moto_app import Moto
from infra.local.place import ACCOUNT, REGION

JSON_1_0 = "application/x-amz-json-1.0"
DIRECT: Mapping[str, str] = {
    "BatchWriteItem": "batch_write_item",
    "GetItem": "get_item",
    "PutItem": "put_item",
    "Query": "query",
    "UpdateItem": "update_item",
}
"""moto's method for each operation that is asked of it directly."""

_HAS_BYTES = re.compile(rb'"BS?"\s*:')


class DynamoDb:
    """Answers DynamoDB's calls, one at a time: moto checks a condition and writes in two steps. Thread-safe."""

    def __init__(self, moto: Moto) -> None:
        self._moto = moto
        self._lock = threading.Lock()

    def answer(self, operation: str, request: HttpRequest) -> HttpAnswer:
        """Answer a call."""
        with self._lock:
            result = _result(operation, request.body)
            if result is None:
                return self._moto.answer("dynamodb", request)
        return HttpAnswer(200, [("Content-Type", JSON_1_0)], json.dumps(result).encode())


def _result(operation: str, body: bytes) -> dict[str, Any] | None:
    """Give what moto's operation returns; None where all of moto must answer: nothing has changed then."""
    if operation not in DIRECT or _HAS_BYTES.search(body):
        return None
    handler = _Handler()
    handler.current_account, handler.region = ACCOUNT, REGION
    handler.body = handler.params = json.loads(body)
    try:
        result = getattr(handler, DIRECT[operation])().result
    except Exception:  # noqa: BLE001 - a refused call changes nothing: asked again, moto writes its error
        return None
    return {name: value for name, value in result.items() if value is not None}


class _Handler(DynamoHandler):
    """moto's operations, over tables that show a Query its partition."""

    @property
    def dynamodb_backend(self) -> DynamoDBBackend:
        return _Partitions(super().dynamodb_backend)


class _Partitions(DynamoDBBackend):
    """All of a backend, but for its Query."""

    def __init__(self, whole: DynamoDBBackend) -> None:
        vars(self).update(vars(whole))

    def query(self, table_name: str, hash_key_dict: Any, *arguments: Any, **named: Any) -> Any:
        """Answer from one partition; from all items where an index is asked."""
        table = self.get_table(table_name)
        if named.get("index_name") is not None or hash_key_dict is None:
            return super().query(table_name, hash_key_dict, *arguments, **named)
        with _only(table, DynamoType(hash_key_dict)):
            return super().query(table_name, hash_key_dict, *arguments, **named)


@contextmanager
def _only(table: Table, hash_key: DynamoType) -> Iterator[None]:
    whole = table.items
    table.items = defaultdict(dict, {hash_key: whole[hash_key]} if hash_key in whole else {})
    try:
        yield
    finally:
        table.items = whole
