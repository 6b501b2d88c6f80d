"""What the REST API says by itself: one mistake each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.checks.mistakes import Mistake
from tests.infra.local.template.edited import edited_and_stamped, read

pytestmark = pytest.mark.fast

MISTAKES = [
    Mistake(
        "a type that API Gateway does not know",
        "ThrottledResponse",
        "ResponseType: THROTTLED",
        "ResponseType: TOO_MANY_REQUESTS",
        "ResponseType:",
        "ThrottledResponse: API Gateway knows no gateway response 'TOO_MANY_REQUESTS'.",
    ),
    Mistake(
        "a template with a brace too few",
        "ThrottledResponse",
        '"$context.requestId"}}',
        '"$context.requestId"}',
        "ResponseTemplates:",
        "ThrottledResponse: its template for application/json is not JSON once the variables are filled in.",
    ),
    Mistake(
        "a variable without quotes",
        "ThrottledResponse",
        '"$context.requestId"',
        "$context.requestId",
        "ResponseTemplates:",
        "ThrottledResponse: its template for application/json is not JSON once the variables are filled in.",
    ),
    Mistake(
        "a variable with quotes too many",
        "ThrottledResponse",
        '"$context.requestId"',
        '"$context.error.messageString"',
        "ResponseTemplates:",
        "ThrottledResponse: its template for application/json is not JSON once the variables are filled in.",
    ),
    Mistake(
        "a refusal with the status of a success",
        "UnauthorizedResponse",
        'StatusCode: "401"',
        'StatusCode: "200"',
        "StatusCode:",
        "UnauthorizedResponse: StatusCode is 200, but unauthorized is told with 401.",
    ),
    Mistake(
        "an error that there is not",
        "UnauthorizedResponse",
        '"code": "unauthorized"',
        '"code": "unauthorised"',
        "ResponseTemplates:",
        "UnauthorizedResponse: its template names the error 'unauthorised', which there is not.",
    ),
    Mistake(
        "a template of another form than our errors",
        "UnauthorizedResponse",
        '{"error": {"code"',
        '{"errors": {"code"',
        "ResponseTemplates:",
        "UnauthorizedResponse: its template names the error None, which there is not.",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)


def test_a_variable_that_brings_its_own_quotes_needs_none(tmp_path: Path) -> None:
    path = edited_and_stamped(
        tmp_path, '"$context.requestId"', "$context.error.messageString", "ThrottledResponse"
    )
    assert "$context.error.messageString" in read(path).rest_api.responses["THROTTLED"].body


@pytest.mark.parametrize("status", ["500", "502", "504"])
def test_a_failure_of_ours_may_have_any_status_of_one(status: str, tmp_path: Path) -> None:
    old = "ResponseType: DEFAULT_5XX"
    path = edited_and_stamped(tmp_path, old, f'{old}\n      StatusCode: "{status}"', "GatewayFailureResponse")
    assert read(path).rest_api.responses["DEFAULT_5XX"].status == int(status)
