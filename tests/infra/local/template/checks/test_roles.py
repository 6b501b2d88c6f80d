"""Roles: one mistake each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.checks.mistakes import Mistake

pytestmark = pytest.mark.fast

MISTAKES = [
    Mistake(
        "a role that Lambda may not assume",
        "StatementRole",
        "lambda.amazonaws.com",
        "ec2.amazonaws.com",
        "AssumeRolePolicyDocument:",
        "StatementRole: Lambda may not assume this role.",
    ),
    Mistake(
        "a trust that lets Lambda do something else",
        "OnDisconnectRole",
        "sts:AssumeRole",
        "sts:TagSession",
        "AssumeRolePolicyDocument:",
        "OnDisconnectRole: Lambda may not assume this role.",
    ),
    Mistake(
        "a grant under a condition, which nothing here would look at",
        "OnDisconnectRole",
        "Resource: !GetAtt ClientConnectionsTable.Arn",
        "Resource: !GetAtt ClientConnectionsTable.Arn\n                Condition: {Bool: {a: b}}",
        "Policies:",
        "OnDisconnectRole: the stand-in can honour Allow with Action and Resource only.",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)
