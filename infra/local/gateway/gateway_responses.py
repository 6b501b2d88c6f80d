"""What the REST API answers when it refuses by itself: the template's gateway responses, or API Gateway's own.

Source: AWS, API Gateway developer guide, "Gateway response types".
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from infra.local.errors import WiringError
from infra.local.gateway.http import Response
from infra.local.wiring import GatewayResponse, RestApi

_VARIABLE = re.compile(r"\$context\.([A-Za-z.]+)")
_DEFAULT_BODY = '{"message":$context.error.messageString}'
_KNOWN = frozenset(
    {
        "requestId",
        "extendedRequestId",
        "apiId",
        "stage",
        "httpMethod",
        "path",
        "error.message",
        "error.messageString",
        "error.responseType",
    }
)


@dataclass(frozen=True, slots=True)
class GatewayError:
    """A refusal by the gateway: its response type, its status and words, and the name in `x-amzn-ErrorType`."""

    response_type: str
    status: int
    message: str
    error_type: str


UNKNOWN_PATH = GatewayError(
    "MISSING_AUTHENTICATION_TOKEN", 403, "Missing Authentication Token", "MissingAuthenticationTokenException"
)  # fact RP-14
UNAUTHORIZED = GatewayError("UNAUTHORIZED", 401, "Unauthorized", "UnauthorizedException")
ACCESS_DENIED = GatewayError(
    "ACCESS_DENIED", 403, "User is not authorized to access this resource", "AccessDeniedException"
)
AUTHORIZER_FAILED = GatewayError(
    "AUTHORIZER_FAILURE", 500, "Internal server error", "InternalServerErrorException"
)
AUTHORIZER_BROKEN = GatewayError(
    "AUTHORIZER_CONFIGURATION_ERROR", 500, "Internal server error", "InternalServerErrorException"
)
NO_PERMISSION = GatewayError(
    "API_CONFIGURATION_ERROR", 500, "Internal server error", "InternalServerErrorException"
)
BAD_ANSWER = GatewayError("DEFAULT_5XX", 502, "Internal server error", "InternalServerErrorException")
TIMED_OUT = GatewayError(
    "INTEGRATION_TIMEOUT", 504, "Endpoint request timed out", "InternalServerErrorException"
)
TOO_LARGE = GatewayError(
    "REQUEST_TOO_LARGE", 413, "Request Entity Too Large", "RequestEntityTooLargeException"
)


class GatewayResponses:
    """Answers refusals as the template wants them."""

    def __init__(self, api: RestApi) -> None:
        """Check the bodies of the template's responses.

        Raises:
            WiringError: a body uses a variable that is not imitated.
        """
        self._responses = api.responses
        for response in api.responses.values():
            _check(response)

    def answer(self, error: GatewayError, context: Mapping[str, str]) -> Response:
        """Answer a refusal; `context` holds the variables of the request."""
        family = f"DEFAULT_{error.status // 100}XX"
        chosen = self._responses.get(error.response_type) or self._responses.get(family)
        values = {
            **context,
            "error.message": error.message,
            "error.messageString": json.dumps(error.message),
            "error.responseType": error.response_type,
        }
        body = _VARIABLE.sub(lambda match: values.get(match[1], ""), chosen.body if chosen else _DEFAULT_BODY)
        status = (chosen.status if chosen else None) or error.status
        return Response(status, _headers(chosen, error, context), body.encode())


def _headers(
    chosen: GatewayResponse | None, error: GatewayError, context: Mapping[str, str]
) -> list[tuple[str, str]]:
    own = [
        ("Content-Type", "application/json"),
        ("x-amzn-RequestId", context["requestId"]),
        ("x-amz-apigw-id", context["extendedRequestId"]),
        ("x-amzn-ErrorType", error.error_type),
    ]
    added = chosen.headers if chosen else {}
    return own + list(added.items())


def _check(response: GatewayResponse) -> None:
    for name in _VARIABLE.findall(response.body):
        if name not in _KNOWN:
            raise WiringError(response.logical_id, f"the stand-in does not know $context.{name}.")
