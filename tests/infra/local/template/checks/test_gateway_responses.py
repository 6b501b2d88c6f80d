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
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)


def test_a_variable_that_brings_its_own_quotes_needs_none(tmp_path: Path) -> None:
    path = edited_and_stamped(
        tmp_path, '"$context.requestId"', "$context.error.messageString", "ThrottledResponse"
    )
    assert "$context.error.messageString" in read(path).rest_api.responses["THROTTLED"].body
