from __future__ import annotations

from typing import Any

import pytest

from pipeline.core.identifiers import owner_of
from pipeline.handlers import authorize
from pipeline.ports import TokenRefusedError
from tests.fakes.others import FakeTokens
from tests.fakes.ports import FakePorts

pytestmark = pytest.mark.fast

ARN = "arn:aws:execute-api:us-east-1:123456789012:api1/prod"


@pytest.fixture
def ports() -> FakePorts:
    claims = {"iss": "https://issuer", "sub": "ana", "groups": ["finance", "ops"]}
    return FakePorts(tokens=FakeTokens(good=claims))


def event(headers: dict[str, str] | None, path: str = "$connect") -> dict[str, Any]:
    return {"type": "REQUEST", "methodArn": f"{ARN}/{path}", "headers": headers}


@pytest.mark.parametrize("path", ["$connect", "GET/results/d9b6c0c9-0747-4bf4-b142-e8883122f766"])
@pytest.mark.parametrize(
    "headers", [{"Authorization": "Bearer good"}, {"authorization": "bearer good", "Upgrade": "websocket"}]
)
def test_a_good_token_names_the_caller_and_allows_the_whole_stage(
    ports: FakePorts, path: str, headers: dict[str, str]
) -> None:
    # facts WS-9, WS-10
    answer = authorize.handle(event(headers, path), ports)
    owner = owner_of("https://issuer", "ana")
    assert answer["context"] == {"owner": owner, "name": "ana", "groups": "finance,ops"}
    assert answer["policyDocument"]["Statement"] == [
        {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": f"{ARN}/*"}
    ]


@pytest.mark.parametrize(
    "headers",
    [
        None,
        {},
        {"Authorization": "Bearer forged"},
        {"Authorization": "good"},
        {"Authorization": "Basic good"},
        {"X-Token": "Bearer good"},
    ],
)
def test_anything_else_is_refused_and_never_denied(ports: FakePorts, headers: dict[str, str] | None) -> None:
    with pytest.raises(TokenRefusedError):
        authorize.handle(event(headers), ports)


def test_a_token_in_the_address_proves_nothing(ports: FakePorts) -> None:
    asked = {**event({}), "queryStringParameters": {"token": "good", "Authorization": "Bearer good"}}
    with pytest.raises(TokenRefusedError):
        authorize.handle(asked, ports)
