"""The ledger of used actions, and the hook that fills it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from infra.local.aws_http import AwsHttpServer, HttpAnswer, HttpRequest
from infra.local.call_resources import CallResources
from infra.local.ledger import CallHook, Ledger, iam_actions
from infra.local.listening import listen, port_of
from infra.local.running import RunningFunction
from infra.local.wiring import Grant, Role
from tests.infra.local.wirings import function

PLACE = "us-east-1:123456789012"
PARAMETER_ARN = f"arn:aws:ssm:{PLACE}:parameter/p"
ROLES = {
    "SomeRole": Role(
        "SomeRole",
        "r",
        frozenset(
            {
                Grant("ssm:GetParameter", PARAMETER_ARN),
                Grant("logs:*", "arn:aws:logs:*"),
                Grant("s3:GetObject", "arn:aws:s3:::reports/*"),
            }
        ),
    )
}
RESOURCES = CallResources("us-east-1", "123456789012", "sockets1/prod", {"local": "arn:of:local"})


@dataclass(frozen=True)
class Rig:
    ssm: Any
    s3: Any
    running: RunningFunction
    ledger: Ledger
    requests: list[HttpRequest]


@contextmanager
def hooked(roles: Mapping[str, Role] | None = None) -> Iterator[Rig]:
    requests: list[HttpRequest] = []

    def respond(request: HttpRequest) -> HttpAnswer:
        requests.append(request)
        if "missing" in request.target:
            return HttpAnswer(
                404, [], b"<Error><Code>NoSuchKey</Code><Message>There is none.</Message></Error>"
            )
        return HttpAnswer(200, [], b'{"Parameter": {"Value": "x"}}')

    listener = listen(0)
    server = AwsHttpServer(listener, respond)
    server.start()
    running = RunningFunction()
    with_ledger = Ledger(roles or ROLES)
    CallHook({"F": function("F", "echo")}, running, with_ledger, RESOURCES).install()
    ssm, s3 = (_client(service, port_of(listener)) for service in ("ssm", "s3"))
    try:
        yield Rig(ssm, s3, running, with_ledger, requests)
    finally:
        ssm.close()
        s3.close()
        server.close()
        boto3.setup_default_session()


def _client(service: str, port: int) -> Any:
    return boto3.client(
        service,
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(retries={"total_max_attempts": 1}),
    )


@pytest.fixture
def rig() -> Iterator[Rig]:
    with hooked() as made:
        yield made


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
    said = f"SomeRole does not allow ssm:DeleteParameter on {PARAMETER_ARN}, which F has just used."
    assert said in caplog.text


def test_a_missing_grant_is_said_once_however_often_it_is_met(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    with rig.running.entered("F"):
        for call in (rig.ssm.delete_parameter, rig.ssm.delete_parameter, rig.ssm.get_parameter_history):
            with pytest.raises(ClientError, match="SomeRole does not allow"):
                call(Name="p")
    assert [record.getMessage().split(" on ")[0] for record in caplog.records] == [
        "SomeRole does not allow ssm:DeleteParameter",
        "SomeRole does not allow ssm:GetParameterHistory",
    ]


def test_a_granted_action_on_another_resource_is_refused_and_names_it(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    with rig.running.entered("F"), pytest.raises(ClientError) as caught:
        rig.ssm.get_parameter(Name="/other")
    assert caught.value.response["Error"]["Code"] == "AccessDeniedException"
    assert rig.requests == []
    said = f"SomeRole does not allow ssm:GetParameter on arn:aws:ssm:{PLACE}:parameter/other, which F has just used."
    assert said in caplog.text


def test_an_object_of_another_bucket_is_refused(rig: Rig) -> None:
    with rig.running.entered("F"):
        rig.s3.get_object(Bucket="reports", Key="a/b.sql")
        with pytest.raises(ClientError, match=r"s3:GetObject on arn:aws:s3:::others/a/b\.sql"):
            rig.s3.get_object(Bucket="others", Key="a/b.sql")


def test_a_missing_object_is_forbidden_to_whoever_may_not_list_the_bucket(rig: Rig) -> None:
    # AWS: GetObject, permissions
    with rig.running.entered("F"), pytest.raises(ClientError) as caught:
        rig.s3.get_object(Bucket="reports", Key="missing")
    error = caught.value.response
    assert (error["Error"]["Code"], error["ResponseMetadata"]["HTTPStatusCode"]) == ("AccessDenied", 403)


def test_a_missing_object_uses_the_grant_to_list_the_bucket() -> None:
    grants = ROLES["SomeRole"].grants | {Grant("s3:ListBucket", "arn:aws:s3:::reports")}
    with hooked({"SomeRole": Role("SomeRole", "r", grants)}) as rig:
        with rig.running.entered("F"), pytest.raises(ClientError) as caught:
            rig.s3.get_object(Bucket="reports", Key="missing")
        assert caught.value.response["Error"]["Code"] == "NoSuchKey"
        assert rig.ledger.report()["SomeRole"]["used"] == ["s3:GetObject", "s3:ListBucket"]


def test_a_grant_may_hold_stars_and_its_case_means_nothing() -> None:
    assert Ledger(ROLES).note("SomeRole", "Logs:PutLogEvents", "arn:aws:logs:here")


def test_what_names_no_resource_needs_a_grant_on_all_of_them() -> None:
    role = Role("R", "r", frozenset({Grant("a:One", "*"), Grant("a:Two", "arn:aws:a:*")}))
    assert (role.allows("a:One", "*"), role.allows("a:Two", "*")) == (True, False)


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
