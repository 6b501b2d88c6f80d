"""The port at which boto3 finds AWS: which of the stand-in's services a call is for.

The Redshift Data API, the event bus and the parameters are ours, DynamoDB, S3 and SQS are moto's, and any other
service is refused by its name.
"""

from __future__ import annotations

import json
import logging
import re
import uuid
from collections.abc import Mapping
from typing import Any, Protocol

from infra.local.aws_http import HttpAnswer, HttpRequest, operation_of
from infra.local.faults import Faults
from infra.local.hosts import host_refusal
from infra.local.ledger import FUNCTION_HEADER
from infra.local.place import MOTO_SERVICES, OUTSIDE_PRINCIPAL, session_principal
from infra.local.wiring import Function

JSON_1_1 = "application/x-amz-json-1.1"
# AWS Signature Version 4: the service stands in the credential's scope.
_SCOPE = re.compile(r"Credential=[^/]+/\d{8}/[^/]+/(?P<service>[a-z0-9-]+)/aws4_request")
_ABORTED = "The answer was broken off, as was asked for."

_log = logging.getLogger(__name__)

JsonAnswer = tuple[int, dict[str, Any]]


class Warehouse(Protocol):
    """The Redshift Data API as this port sees it."""

    def answer(self, operation: str, payload: dict[str, Any], principal: str) -> JsonAnswer:
        """Answer a call of a principal: HTTP status and JSON body."""


class JsonService(Protocol):
    """A service that speaks JSON 1.1 and asks not who calls."""

    def answer(self, operation: str, payload: dict[str, Any]) -> JsonAnswer:
        """Answer a call: HTTP status and JSON body."""


class Imitation(Protocol):
    """moto, wherever it runs."""

    def answer(self, service: str, request: HttpRequest) -> HttpAnswer:
        """Answer a call of one of its services."""


class AwsPort:
    """Answers every call at the port. Thread-safe."""

    def __init__(
        self,
        warehouse: Warehouse,
        services: Mapping[str, JsonService],
        moto: Imitation,
        functions: Mapping[str, Function],
        faults: Faults,
    ) -> None:
        """Serve the warehouse, our own `services` by the name in a signature's scope, and moto's."""
        self._warehouse = warehouse
        self._services = services
        self._moto = moto
        self._principals = {
            function.logical_id: session_principal(function.role_name, function.name)
            for function in functions.values()
        }
        self._faults = faults

    def respond(self, request: HttpRequest) -> HttpAnswer:
        """Answer a call; whatever goes wrong inside is an answer too, and is logged."""
        stranger = host_refusal(request.headers.get("host", ""))
        if stranger is not None:
            return _json_answer(403, _error("AccessDeniedException", stranger))
        try:
            return self._route(request)
        except Exception:  # noqa: BLE001 - a service answers 500 and goes on, whatever failed
            _log.exception("%s %s failed inside the stand-in.", request.method, request.target)
            return _json_answer(500, _error("InternalFailure", "The stand-in failed: see its log."))

    def _route(self, request: HttpRequest) -> HttpAnswer:
        service = service_of(request.headers) or ""
        if service == "redshift-data":
            return self._redshift(request)
        if service in self._services:
            return _json_answer(*self._services[service].answer(operation_of(request), _payload(request)))
        if service in MOTO_SERVICES:
            return self._moto.answer(service, request)
        return _refused(service or "a call without a signature")

    def _redshift(self, request: HttpRequest) -> HttpAnswer:
        operation = operation_of(request)
        fault = self._result_fault() if operation == "GetStatementResult" else None
        if fault is not None:
            return fault
        return _json_answer(*self._warehouse.answer(operation, _payload(request), self._principal(request)))

    def _result_fault(self) -> HttpAnswer | None:
        if self._faults.take("results", "error"):
            return _json_answer(500, _error("InternalServerException", _ABORTED))
        if self._faults.take("results", "expire"):
            return _json_answer(400, _error("ResourceNotFoundException", "Query does not exist."))
        return None

    def _principal(self, request: HttpRequest) -> str:
        function_id = request.headers.get(FUNCTION_HEADER.lower(), "")
        return self._principals.get(function_id, OUTSIDE_PRINCIPAL)


def service_of(headers: Mapping[str, str]) -> str | None:
    """Name the service that a call is for, from the scope of its signature; None for a call without one."""
    scope = _SCOPE.search(headers.get("authorization", ""))
    return scope["service"] if scope else None


def _payload(request: HttpRequest) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(request.body or b"{}")
    return payload


def _refused(service: str) -> HttpAnswer:
    message = (
        f"The local stand-in does not imitate {service}; "
        "it has redshift-data, events, ssm, dynamodb, s3 and sqs."
    )
    _log.error("%s", message)
    return _json_answer(501, _error("NotImplementedException", message))


def _error(code: str, message: str) -> dict[str, Any]:
    return {"__type": code, "message": message}


def _json_answer(status: int, body: dict[str, Any]) -> HttpAnswer:
    headers = [("Content-Type", JSON_1_1), ("x-amzn-RequestId", str(uuid.uuid4()))]
    return HttpAnswer(status, headers, json.dumps(body).encode())
