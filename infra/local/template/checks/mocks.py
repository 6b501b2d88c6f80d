"""A MOCK integration chooses the one answer that it has: the request template says 200, and the response hears it.

That answer is the protocol's to `ping`, the only message that changes nothing.
"""

from __future__ import annotations

import json

from infra.local.template.resolved import Resolved, Resources
from infra.local.template.socket_api import INTEGRATION, INTEGRATION_RESPONSE
from infra.local.template.text import as_text
from pipeline.core.messages import Pong, encode, parse_server_message

# The stand-in does not choose: it gives the answer of this status at once.
STATUS = 200
_RESPONSE_KEY = f"/{STATUS}/"


def check_mocks(resources: Resources) -> None:
    """Check the request template of every MOCK integration, and the key and the template of its response.

    Raises:
        TemplateError: on AWS another answer would be chosen, or none, or one that no client knows.
    """
    for held in resources.of(INTEGRATION):
        if held.text("IntegrationType") == "MOCK":
            _check_request(held)
            _check_responses(held, resources)


def _check_request(held: Resolved) -> None:
    selection = held.text("TemplateSelectionExpression")
    if selection != str(STATUS):
        message = f"it selects the request template {selection!r}; a MOCK selects {str(STATUS)!r}"
        raise held.error(message, "TemplateSelectionExpression")
    if _chosen_status(as_text(held.get("RequestTemplates", selection))) != STATUS:
        message = f'its request template {selection!r} must be {{"statusCode": {STATUS}}}'
        raise held.error(message, "RequestTemplates")


def _chosen_status(template: str) -> object:
    """Give the status that a request template chooses; None when it chooses none."""
    try:
        request = json.loads(template)
    except ValueError:
        return None
    return request.get("statusCode") if isinstance(request, dict) else None


def _check_responses(held: Resolved, resources: Resources) -> None:
    for response in resources.of(INTEGRATION_RESPONSE):
        if response.text("IntegrationId") == held.ref:
            _check_response(response, held)


def _check_response(response: Resolved, mock: Resolved) -> None:
    key = response.text("IntegrationResponseKey")
    if key != _RESPONSE_KEY:
        message = f"IntegrationResponseKey is {key!r}, but {mock.logical_id} chooses {_RESPONSE_KEY}"
        raise response.error(message, "IntegrationResponseKey")
    answer = as_text(response.get("ResponseTemplates", response.text("TemplateSelectionExpression")))
    if parse_server_message(answer) != Pong():
        message = f"its answer is {answer}, and the protocol's to ping is {encode(Pong())}"
        raise response.error(message, "ResponseTemplates")
