from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from pipeline.core.authorization import bearer_token, policy
from pipeline.core.identifiers import owner_of
from tests.pipeline.properties import PROPERTY, json_values

pytestmark = pytest.mark.fast

API = "arn:aws:execute-api:us-east-1:123456789012:api1/prod"
CLAIMS = {"iss": "https://issuer", "sub": "ana"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer abc.def"},
        {"authorization": "bearer abc.def"},
        {"AUTHORIZATION": "BEARER   abc.def  "},
        {"Host": "x", "authorization": "Bearer abc.def"},
    ],
)
def test_a_bearer_token_is_found_whatever_the_case(headers: dict[str, str]) -> None:
    # fact RP-7
    assert bearer_token(headers) == "abc.def"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer  "},
        {"Authorization": "abc.def"},
        {"Authorization": "Basic abc.def"},
        {"X-Authorization": "Bearer abc.def"},
        {"Sec-WebSocket-Protocol": "Bearer abc.def"},
    ],
)
def test_nothing_else_is_a_bearer_token(headers: dict[str, str]) -> None:
    assert bearer_token(headers) is None


@pytest.mark.parametrize(
    "method", ["$connect", "GET/reports", "GET/results/d9b6c0c9-0747-4bf4-b142-e8883122f766"]
)
def test_the_policy_allows_the_whole_stage_whatever_was_asked_first(method: str) -> None:
    assert policy(f"{API}/{method}", CLAIMS)["policyDocument"] == {
        "Version": "2012-10-17",
        "Statement": [{"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": f"{API}/*"}],
    }


def test_the_policy_names_the_owner_and_never_the_subject() -> None:
    answer = policy(f"{API}/$connect", CLAIMS)
    owner = owner_of("https://issuer", "ana")
    assert answer["principalId"] == owner
    assert answer["context"] == {"owner": owner, "name": "ana", "groups": ""}


@pytest.mark.parametrize(
    ("more", "name"),
    [({}, "ana"), ({"email": "ana@example.org"}, "ana@example.org"), ({"email": "e", "name": "Ana"}, "Ana")],
)
def test_the_name_is_the_friendliest_that_there_is(more: dict[str, str], name: str) -> None:
    assert policy(f"{API}/x", {**CLAIMS, **more})["context"]["name"] == name


@pytest.mark.parametrize(
    ("more", "groups"),
    [
        ({"groups": ["finance", "ops"]}, "finance,ops"),
        ({"cognito:groups": ["ops"]}, "ops"),
        ({"groups": "finance"}, "finance"),
        ({"groups": ["a,finance", "ops"]}, "ops"),
        ({"groups": [5, None, "ops"]}, "ops"),
        ({"groups": 5}, ""),
    ],
)
def test_groups_are_taken_whole_and_never_split(more: dict[str, Any], groups: str) -> None:
    assert policy(f"{API}/x", {**CLAIMS, **more})["context"]["groups"] == groups


@given(json_values, json_values, json_values)
@PROPERTY
def test_whatever_the_claims_the_context_is_flat_text(name: Any, email: Any, groups: Any) -> None:
    claims = {**CLAIMS, "name": name, "email": email, "groups": groups, "cognito:groups": groups}
    answer = policy(f"{API}/x", claims)
    assert all(isinstance(value, str) for value in answer["context"].values())
    assert "Deny" not in json.dumps(answer["policyDocument"])
