"""REQUEST authorizers of both APIs: whether a caller may go on, and what is known of him.

Source: AWS, API Gateway developer guide, "Use API Gateway Lambda authorizers".
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from infra.local.functions import Functions
from infra.local.gateway.gateway_responses import (
    ACCESS_DENIED,
    AUTHORIZER_BROKEN,
    AUTHORIZER_FAILED,
    UNAUTHORIZED,
    GatewayError,
)
from infra.local.gateway.http import Request
from infra.local.gateway.limits import INTEGRATION_SECONDS
from infra.local.permissions import API_GATEWAY, Permissions
from infra.local.wiring import Authorizer, Wiring, arn_matches

Event = dict[str, Any]
Clock = Callable[[], float]

# The template's AuthorizerResultTtlInSeconds, which is also API Gateway's default. WebSocket APIs keep no results.
REST_RESULT_SECONDS = 300.0


class RefusedError(Exception):
    """The caller may not go on."""

    def __init__(self, error: GatewayError) -> None:
        super().__init__(error.message)
        self.error = error


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What an authorizer function answered, and until when it may be used again."""

    policy: Mapping[str, Any]
    context: Mapping[str, Any]
    expires_at: float


class Authorizers:
    """Asks authorizer functions, and remembers their answers by token."""

    def __init__(
        self, wiring: Wiring, functions: Functions, permissions: Permissions, clock: Clock = time.time
    ) -> None:
        self._wiring = wiring
        self._functions = functions
        self._permissions = permissions
        self._clock = clock
        self._remembered: dict[tuple[str, str], _Verdict] = {}

    async def authorize(
        self,
        authorizer_id: str,
        api_id: str,
        request: Request,
        event: Event,
        keep_seconds: float = 0.0,
    ) -> Mapping[str, Any]:
        """Give the members of `requestContext.authorizer`.

        Args:
            authorizer_id: The logical id of the authorizer of the route or method.
            api_id: Its API.
            request: The request; the authorizer's identity source is one of its headers.
            event: The authorizer event of the request.
            keep_seconds: How long the answer may be used for the same token; 0 asks each time.

        Raises:
            RefusedError: the caller may not go on.
        """
        authorizer = self._wiring.authorizers[authorizer_id]
        token = request.header(authorizer.header)
        if not token:
            raise RefusedError(UNAUTHORIZED)
        key = (authorizer_id, token)
        verdict = self._remembered.get(key)
        if verdict is None or verdict.expires_at <= self._clock():
            verdict = await self._ask(authorizer, api_id, event, keep_seconds)
            if keep_seconds:
                self._remembered[key] = verdict
        if not allows(verdict.policy, event["methodArn"]):
            raise RefusedError(ACCESS_DENIED)
        return verdict.context

    async def _ask(self, authorizer: Authorizer, api_id: str, event: Event, keep_seconds: float) -> _Verdict:
        arn = self._wiring.authorizer_arn(api_id, authorizer)
        if not self._permissions.allows(authorizer.function_id, API_GATEWAY, arn):
            raise RefusedError(AUTHORIZER_BROKEN)
        began = self._clock()
        outcome = await self._functions.invoke(authorizer.function_id, event, INTEGRATION_SECONDS)
        if outcome.error_message == "Unauthorized":
            raise RefusedError(UNAUTHORIZED)
        if outcome.failed:
            raise RefusedError(AUTHORIZER_FAILED)
        policy, context = _read(outcome.payload)
        latency = int((self._clock() - began) * 1000)
        return _Verdict(policy, {**context, "integrationLatency": latency}, self._clock() + keep_seconds)


def allows(policy: Mapping[str, Any], arn: str) -> bool:
    """Decide by a policy document: a matching Deny wins, and without a matching Allow it is refused."""
    effects = {s.get("Effect") for s in _list(policy.get("Statement")) if _concerns(s, arn)}
    return "Allow" in effects and "Deny" not in effects


def _concerns(statement: Mapping[str, Any], arn: str) -> bool:
    return any(arn_matches(str(resource), arn) for resource in _list(statement.get("Resource")))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _read(payload: Any) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Read an authorizer's answer; its context must be flat, and arrives as text."""
    try:
        principal, policy = payload["principalId"], payload["policyDocument"]
        context = {name: _flat(value) for name, value in (payload.get("context") or {}).items()}
        statements = [dict(statement) for statement in _list(policy["Statement"])]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RefusedError(AUTHORIZER_BROKEN) from error
    return {"Statement": statements}, {**context, "principalId": principal}


def _flat(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str | int | float):
        raise TypeError("the context of an authorizer must be flat")
    return str(value)
