"""What the REST API says by itself belongs to a failure that it knows, and is JSON."""

from __future__ import annotations

import json
import re

from infra.local.template.resolved import Resources
from infra.local.wiring import GatewayResponse, Wiring

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
# AWS: this variable's value brings quotes of its own; every other needs those of the template.
_QUOTED = "$context.error.messageString"
_VARIABLE = re.compile(r"\$(?:context|stageVariables)(?:\.\w+)+")


def check_gateway_responses(wiring: Wiring, resources: Resources) -> None:
    """Check the type and the template of every gateway response.

    Raises:
        TemplateError: API Gateway knows no such type, or the dashboard could not read the answer.
    """
    for answer in wiring.rest_api.responses.values():
        held = resources.by_id[answer.logical_id]
        if answer.response_type not in RESPONSE_TYPES:
            message = f"API Gateway knows no gateway response {answer.response_type!r}"
            raise held.error(message, "ResponseType")
        if not _is_json(answer):
            message = "its template for application/json is not JSON once the variables are filled in"
            raise held.error(message, "ResponseTemplates")


def _is_json(answer: GatewayResponse) -> bool:
    try:
        json.loads(_VARIABLE.sub("value", answer.body.replace(_QUOTED, '"value"')))
    except ValueError:
        return False
    return True
