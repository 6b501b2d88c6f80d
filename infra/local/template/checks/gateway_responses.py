"""What the REST API says by itself belongs to a failure that it knows, and has the form of our own errors."""

from __future__ import annotations

import json
import re
from typing import Any

from infra.local.template.resolved import Resolved, Resources
from infra.local.wiring import GatewayResponse, Wiring
from pipeline.core.errors import CODES

# AWS: API Gateway developer guide, gateway response types.
RESPONSE_TYPES = frozenset(
    {
        "ACCESS_DENIED",
        "API_CONFIGURATION_ERROR",
        "AUTHORIZER_CONFIGURATION_ERROR",
        "AUTHORIZER_FAILURE",
        "BAD_REQUEST_BODY",
        "BAD_REQUEST_PARAMETERS",
        "DEFAULT_4XX",
        "DEFAULT_5XX",
        "EXPIRED_TOKEN",
        "INTEGRATION_FAILURE",
        "INTEGRATION_TIMEOUT",
        "INVALID_API_KEY",
        "INVALID_SIGNATURE",
        "MISSING_AUTHENTICATION_TOKEN",
        "QUOTA_EXCEEDED",
        "REQUEST_TOO_LARGE",
        "RESOURCE_NOT_FOUND",
        "THROTTLED",
        "UNAUTHORIZED",
        "UNSUPPORTED_MEDIA_TYPE",
        "WAF_FILTERED",
    }
)
_OUR_FAILURE = 500
# AWS: this variable's value brings quotes of its own; every other needs those of the template.
_QUOTED = "$context.error.messageString"
_VARIABLE = re.compile(r"\$(?:context|stageVariables)(?:\.\w+)+")


def check_gateway_responses(wiring: Wiring, resources: Resources) -> None:
    """Check the type, the template and the status of every gateway response.

    Raises:
        TemplateError: API Gateway knows no such type, or the dashboard could not read the answer.
    """
    for answer in wiring.rest_api.responses.values():
        held = resources.by_id[answer.logical_id]
        if answer.response_type not in RESPONSE_TYPES:
            message = f"API Gateway knows no gateway response {answer.response_type!r}"
            raise held.error(message, "ResponseType")
        _check_answer(held, answer)


def _check_answer(held: Resolved, answer: GatewayResponse) -> None:
    try:
        body = json.loads(_VARIABLE.sub("value", answer.body.replace(_QUOTED, '"value"')))
    except ValueError as error:
        message = "its template for application/json is not JSON once the variables are filled in"
        raise held.error(message, "ResponseTemplates") from error
    code = _code(body)
    if code is None or code not in CODES:
        raise held.error(f"its template names the error {code!r}, which there is not", "ResponseTemplates")
    if answer.status is not None and not _fits(answer.status, CODES[code].status):
        message = f"StatusCode is {answer.status}, but {code} is told with {CODES[code].status}"
        raise held.error(message, "StatusCode")


def _code(body: Any) -> str | None:
    """Give the code of an error in the form of ours (`error_body`); None for anything else."""
    error = body.get("error") if isinstance(body, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) else None


def _fits(status: int, usual: int) -> bool:
    """Say whether a code may be told with this status: its own, or for a failure of ours any of that kind."""
    return status == usual or min(status, usual) >= _OUR_FAILURE
