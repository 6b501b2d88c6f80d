"""The ledger of used actions, and the hook that fills it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.local.aws_http import AwsHttpServer, HttpAnswer, HttpRequest
from infra.local.ledger import CallHook, Ledger, iam_actions
from infra.local.listening import listen, port_of
from infra.local.running import RunningFunction
from infra.local.wiring import Role
from tests.infra.local.wirings import function

ROLES = {"SomeRole": Role("SomeRole", "r", frozenset({"ssm:GetParameter", "logs:*"}))}


@dataclass(frozen=True)
class Rig:
    ssm: Any
    running: RunningFunction
    ledger: Ledger
    requests: list[HttpRequest]


@pytest.fixture
def rig() -> Iterator[Rig]:
    requests: list[HttpRequest] = []

    def respond(request: HttpRequest) -> HttpAnswer:
        requests.append(request)
        return HttpAnswer(200, [], b'{"Parameter": {"Value": "x"}}')

    listener = listen(0)
    server = AwsHttpServer(listener, respond)
    server.start()
    running, ledger = RunningFunction(), Ledger(ROLES)
    CallHook({"F": function("F", "echo")}, running, ledger).install()
    client = boto3.client(
        "ssm",
        endpoint_url=f"http://127.0.0.1:{port_of(listener)}",
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )
    yield Rig(client, running, ledger, requests)
    client.close()
    server.close()
    boto3.setup_default_session()


def test_a_call_of_a_function_is_marked_and_noted(rig: Rig) -> None:
    with rig.running.entered("F"):
        rig.ssm.get_parameter(Name="p")
    assert rig.requests[0].headers["x-local-function"] == "F"
    assert rig.ledger.report()["SomeRole"]["used"] == ["ssm:GetParameter"]


def test_a_call_from_outside_is_neither(rig: Rig) -> None:
    rig.ssm.get_parameter(Name="p")
    assert "x-local-function" not in rig.requests[0].headers
    assert rig.ledger.report()["SomeRole"]["used"] == []


def test_a_call_that_the_role_does_not_allow_is_refused_and_named(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    with rig.running.entered("F"), pytest.raises(ClientError) as caught:
        rig.ssm.delete_parameter(Name="p")
    assert caught.value.response["Error"]["Code"] == "AccessDeniedException"
    assert rig.requests == []
    assert "SomeRole does not allow ssm:DeleteParameter, which F has just used." in caplog.text


def test_a_grant_may_hold_a_star() -> None:
    assert Ledger(ROLES).note("SomeRole", "logs:PutLogEvents")


@pytest.mark.parametrize(
    ("service", "operation", "actions"),
    [
        ("dynamodb", "UpdateItem", ("dynamodb:UpdateItem",)),
        ("s3", "ListObjectsV2", ("s3:ListBucket",)),
        ("execute-api", "PostToConnection", ("execute-api:ManageConnections",)),
        (
            "redshift-data",
            "ExecuteStatement",
            ("redshift-data:ExecuteStatement", "redshift-serverless:GetCredentials"),
        ),
    ],
)
def test_operations_need_the_actions_that_iam_names(
    service: str, operation: str, actions: tuple[str, ...]
) -> None:
    assert iam_actions(service, operation) == actions
