"""The refusals of the REST API, with and without the template's words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.local.errors import WiringError
from infra.local.gateway import gateway_responses as refusals
from infra.local.wiring import GatewayResponse, RestApi

pytestmark = pytest.mark.fast

CONTEXT = {
    "requestId": "r1",
    "extendedRequestId": "x1",
    "apiId": "a",
    "stage": "prod",
    "httpMethod": "GET",
    "path": "/p",
}


def responses(*given: GatewayResponse) -> refusals.GatewayResponses:
    return refusals.GatewayResponses(RestApi("Rest", "a", "prod", [], {r.response_type: r for r in given}))


def response(response_type: str, body: str, status: int | None = None, **headers: str) -> GatewayResponse:
    return GatewayResponse("SomeResponse", response_type, status, body, headers)


def body_of(answer: Any) -> Any:
    return json.loads(answer.body)


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (refusals.UNKNOWN_PATH, 403, "Missing Authentication Token"),
        (refusals.UNAUTHORIZED, 401, "Unauthorized"),
        (refusals.ACCESS_DENIED, 403, "User is not authorized to access this resource"),
        (refusals.AUTHORIZER_FAILED, 500, "Internal server error"),
        (refusals.BAD_ANSWER, 502, "Internal server error"),
        (refusals.TIMED_OUT, 504, "Endpoint request timed out"),
    ],
)
def test_without_the_templates_words_it_speaks_as_api_gateway_does(
    error: refusals.GatewayError, status: int, message: str
) -> None:
    answer = responses().answer(error, CONTEXT)
    assert (answer.status, body_of(answer)) == (status, {"message": message})
    assert dict(answer.headers)["x-amzn-ErrorType"] == error.error_type


def test_the_nearest_response_wins_and_may_change_the_status() -> None:
    own = responses(response("UNAUTHORIZED", '{"own": 1}', 418), response("DEFAULT_4XX", '{"family": 1}'))
    nearest = own.answer(refusals.UNAUTHORIZED, CONTEXT)
    assert (nearest.status, body_of(nearest)) == (418, {"own": 1})
    family = own.answer(refusals.ACCESS_DENIED, CONTEXT)
    assert (family.status, body_of(family)) == (403, {"family": 1})


def test_variables_and_headers_are_filled_in() -> None:
    body = (
        '{"id": "$context.requestId", "m": $context.error.messageString, "t": "$context.error.responseType"}'
    )
    answer = responses(response("DEFAULT_5XX", body, None, Server="me")).answer(refusals.BAD_ANSWER, CONTEXT)
    assert body_of(answer) == {"id": "r1", "m": "Internal server error", "t": "DEFAULT_5XX"}
    assert dict(answer.headers)["Server"] == "me"


def test_an_unknown_variable_stops_the_start() -> None:
    with pytest.raises(WiringError, match=r"SomeResponse: .*\$context\.weather"):
        responses(response("DEFAULT_4XX", "$context.weather"))
