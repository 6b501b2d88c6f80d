"""What moto imitates, each service by its shortest way."""

from __future__ import annotations

from infra.local.aws_http import HttpAnswer, HttpRequest, operation_of
from infra.local.dynamodb import DynamoDb
from infra.local.moto_app import Moto


class MotoServices:
    """Answers calls in this process. Thread-safe."""

    def __init__(self, moto: Moto | None = None) -> None:
        self._moto = moto or Moto()
        self._dynamodb = DynamoDb(self._moto)

    def answer(self, service: str, request: HttpRequest) -> HttpAnswer:
        """Answer a call of a service."""
        if service == "dynamodb":
            return self._dynamodb.answer(operation_of(request), request)
        return self._moto.answer(service, request)
