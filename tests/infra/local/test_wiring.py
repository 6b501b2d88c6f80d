"""Permissions compare ARNs as IAM does."""

from __future__ import annotations

import pytest

from infra.local.wiring import arn_matches
from tests.infra.local.template.edited import TEMPLATE, read

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("pattern", "arn", "matches"),
    [
        ("arn:aws:execute-api:r:a:api/prod/run", "arn:aws:execute-api:r:a:api/prod/run", True),
        ("arn:aws:execute-api:r:a:api/prod/run", "arn:aws:execute-api:r:a:api/prod/runs", False),
        ("api/*/GET/results/*", "api/prod/GET/results/{statementId}", True),
        ("api/prod/GET/results/*", "api/prod/GET/results", False),
        ("api/prod/$connect", "api/prod/$connect", True),
        ("api/pro?/[run]", "api/prod/[run]", True),
        ("api/pro?/[run]", "api/prod/r", False),
        ("api.prod", "api/prod", False),
    ],
)
def test_a_pattern_knows_star_and_question_mark_only(pattern: str, arn: str, matches: bool) -> None:
    assert arn_matches(pattern, arn) is matches


def test_a_permission_holds_for_its_principal_function_and_source_only() -> None:
    wiring = read(TEMPLATE)
    arn = wiring.route_arn(wiring.socket_api.routes["run"])
    gateway = "apigateway.amazonaws.com"
    assert wiring.may_invoke(gateway, "OnConnectFunction", arn)
    assert not wiring.may_invoke("events.amazonaws.com", "OnConnectFunction", arn)
    assert not wiring.may_invoke(gateway, "SendMessageFunction", arn)
    assert not wiring.may_invoke(gateway, "OnConnectFunction", arn.replace("/run", "/other"))
