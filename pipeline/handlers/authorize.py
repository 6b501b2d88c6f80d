"""Lambda: who is calling? Checks the ID token of a request to either API, and names the owner.

It never answers Deny: a token either proves who the caller is, or the request is unauthorized.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline import log
from pipeline.bootstrap import ports as wired_ports
from pipeline.core.authorization import bearer_token, policy
from pipeline.ports import Ports, TokenRefusedError


class UnauthorizedError(Exception):
    """Refuses a request: API Gateway answers 401 when the message is exactly `Unauthorized`."""


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Handle a REQUEST authorizer event of either API."""
    try:
        with log.invocation("Authorize", event, context, expected=TokenRefusedError):
            return handle(event, wired_ports())
    except TokenRefusedError as error:
        log.info("token_refused", reason=str(error))
        raise UnauthorizedError("Unauthorized") from error


def handle(event: Mapping[str, Any], ports: Ports) -> dict[str, Any]:
    """Allow the caller every path of the API's stage, so that a cached answer fits all of them.

    Raises:
        TokenRefusedError: the token is missing or proves nothing.
    """
    token = bearer_token(event.get("headers") or {})
    if token is None:
        raise TokenRefusedError("no bearer token")
    return policy(str(event["methodArn"]), ports.tokens.claims(token))
