"""The REST API: from a request to the answer of its function, or to a gateway response."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Mapping
from typing import Any

from infra.local.functions import Functions, Outcome
from infra.local.gateway import event_parts as parts
from infra.local.gateway import gateway_responses as refusals
from infra.local.gateway.authorizer import REST_RESULT_SECONDS, Authorizers, RefusedError
from infra.local.gateway.gateway_responses import GatewayError, GatewayResponses
from infra.local.gateway.http import Request, Response
from infra.local.gateway.limits import INTEGRATION_SECONDS
from infra.local.gateway.proxy_answers import BadAnswerError, http_answer
from infra.local.gateway.rest_events import RestCall, proxy_event, rest_authorizer_event
from infra.local.gateway.rest_paths import RestPaths
from infra.local.permissions import API_GATEWAY, Permissions
from infra.local.wiring import Wiring

_log = logging.getLogger(__name__)


class Rest:
    """Answers requests to the REST API."""

    def __init__(
        self,
        wiring: Wiring,
        authorizers: Authorizers,
        functions: Functions,
        permissions: Permissions,
        port: int,
        patience: float = INTEGRATION_SECONDS,
    ) -> None:
        """Serve an API; `patience` is how long a function may take, in seconds.

        Raises:
            WiringError: a gateway response cannot be imitated.
        """
        self._wiring = wiring
        self._api = wiring.rest_api
        self._paths = RestPaths(self._api)
        self._responses = GatewayResponses(self._api)
        self._authorizers = authorizers
        self._functions = functions
        self._permissions = permissions
        self._port = port
        self._patience = patience

    async def answer(self, request: Request) -> Response:
        """Answer a request; whatever is refused on the way gets its gateway response."""
        context = self._variables(request)
        try:
            return await self._answer(request, context)
        except RefusedError as refused:
            return self._responses.answer(refused.error, context)

    def refusal(self, request: Request, error: GatewayError) -> Response:
        """Answer a request that is refused before it is read."""
        return self._responses.answer(error, self._variables(request))

    async def _answer(self, request: Request, context: Mapping[str, str]) -> Response:
        found = self._paths.find(request.method, request.raw_path)
        if found is None:
            raise RefusedError(refusals.UNKNOWN_PATH)  # fact RP-14
        method, path, path_parameters = found
        call = RestCall(
            self._api,
            method,
            request,
            path,
            path_parameters,
            context["requestId"],
            self._port,
            time.time(),
        )
        authorizer = await self._authorize(call)
        return self._respond(call, await self._invoke(call, authorizer), context)

    async def _authorize(self, call: RestCall) -> Mapping[str, Any] | None:
        if call.method.authorizer_id is None:
            return None
        event = rest_authorizer_event(call, self._request_arn(call))
        return await self._authorizers.authorize(
            call.method.authorizer_id, self._api.api_id, call.request, event, REST_RESULT_SECONDS
        )

    async def _invoke(self, call: RestCall, authorizer: Mapping[str, Any] | None) -> Outcome:
        function_id = call.method.function_id
        if not self._permissions.allows(function_id, API_GATEWAY, self._wiring.method_arn(call.method)):
            raise RefusedError(refusals.NO_PERMISSION)
        outcome = await self._functions.invoke(function_id, proxy_event(call, authorizer), self._patience)
        if outcome.gave_up:
            raise RefusedError(refusals.TIMED_OUT)
        if outcome.failed:
            raise RefusedError(refusals.BAD_ANSWER)
        return outcome

    def _respond(self, call: RestCall, outcome: Outcome, context: Mapping[str, str]) -> Response:
        try:
            answer = http_answer(outcome.payload)
        except BadAnswerError as error:
            _log.exception("%s: %s (request %s).", call.method.function_id, error, outcome.request_id)
            raise RefusedError(refusals.BAD_ANSWER) from error
        added = [
            ("x-amzn-RequestId", context["requestId"]),
            ("x-amz-apigw-id", context["extendedRequestId"]),
            ("X-Amzn-Trace-Id", parts.trace_id(call.epoch)),
        ]  # fact RP-13
        return Response(answer.status, [*answer.headers, *added], answer.body)

    def _request_arn(self, call: RestCall) -> str:
        """Give the ARN of this very request: that of its method, with its own path."""
        stem = self._wiring.method_arn(call.method).removesuffix(call.method.path)
        return stem + call.path

    def _variables(self, request: Request) -> dict[str, str]:
        """Give the variables that a gateway response may name."""
        return {
            "requestId": str(uuid.uuid4()),
            "extendedRequestId": parts.new_id(),
            "apiId": self._api.api_id,
            "stage": self._api.stage,
            "httpMethod": request.method,
            "path": request.raw_path,
        }
