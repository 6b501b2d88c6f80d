"""How a policy document decides."""

from __future__ import annotations

from typing import Any

import pytest

from infra.local.gateway.authorizer import allows

pytestmark = pytest.mark.fast

ARN = "arn:aws:execute-api:us-east-1:123456789012:api1/prod/GET/reports"


def statement(effect: str, resource: Any) -> dict[str, Any]:
    return {"Action": "execute-api:Invoke", "Effect": effect, "Resource": resource}


@pytest.mark.parametrize(
    ("statements", "allowed"),
    [
        ([statement("Allow", ARN)], True),
        ([statement("Allow", ARN.replace("/GET/reports", "/*"))], True),
        ([statement("Allow", [ARN + "x", ARN])], True),
        ([statement("Allow", ARN.replace("prod", "test"))], False),
        ([statement("Allow", "*"), statement("Deny", ARN)], False),
        ([statement("Deny", ARN + "/other"), statement("Allow", "*")], True),
        ([], False),
    ],
)
def test_a_matching_deny_wins_and_without_a_matching_allow_it_is_refused(
    statements: list[dict[str, Any]], allowed: bool
) -> None:
    assert allows({"Statement": statements}, ARN) is allowed
