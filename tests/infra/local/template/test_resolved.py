"""A property names a resource in the form that AWS takes there: what Ref answers, the ARN, or either."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.checks.mistakes import Mistake
from tests.infra.local.template.edited import TEMPLATE, edited, line_of, read, refusal

pytestmark = pytest.mark.fast

NOT_REF = "must be the ARN of {}, not what Ref gives for it."

MISTAKES = [
    Mistake(
        "a rule's target by its name",
        "EventBridgeRedshiftEventRule",
        "!GetAtt SendMessageFunction.Arn",
        "!Ref SendMessageFunction",
        "Arn: !Ref SendMessageFunction",
        f"EventBridgeRedshiftEventRule: Targets.Arn {NOT_REF.format('SendMessageFunction')}",
    ),
    Mistake(
        "a rule's dead-letter queue by its address",
        "EventBridgeRedshiftEventRule",
        "!GetAtt UndeliveredEventsQueue.Arn",
        "!Ref UndeliveredEventsQueue",
        "DeadLetterConfig:",
        f"EventBridgeRedshiftEventRule: Targets.DeadLetterConfig.Arn {NOT_REF.format('UndeliveredEventsQueue')}",
    ),
    Mistake(
        "the queue of a function's failures by its address",
        "SendMessageRetries",
        "!GetAtt UndeliveredEventsQueue.Arn",
        "!Ref UndeliveredEventsQueue",
        "DestinationConfig:",
        "SendMessageRetries: DestinationConfig.OnFailure.Destination "
        + NOT_REF.format("UndeliveredEventsQueue"),
    ),
    Mistake(
        "a function's role by its name",
        "OnConnectFunction",
        "!GetAtt StatementRole.Arn",
        "!Ref StatementRole",
        "Role:",
        f"OnConnectFunction: Role {NOT_REF.format('StatementRole')}",
    ),
    Mistake(
        "the function of the WebSocket API's authorizer by its name",
        "WebSocketAuthorizer",
        "${AuthorizeFunction.Arn}",
        "${AuthorizeFunction}",
        "AuthorizerUri:",
        f"WebSocketAuthorizer: AuthorizerUri {NOT_REF.format('AuthorizeFunction')}",
    ),
    Mistake(
        "the function of the REST API's authorizer by its name",
        "RestAuthorizer",
        "${AuthorizeFunction.Arn}",
        "${AuthorizeFunction}",
        "AuthorizerUri:",
        f"RestAuthorizer: AuthorizerUri {NOT_REF.format('AuthorizeFunction')}",
    ),
    Mistake(
        "the function of an integration by its name",
        "OnConnectIntegration",
        "${OnConnectFunction.Arn}",
        "${OnConnectFunction}",
        "IntegrationUri:",
        f"OnConnectIntegration: IntegrationUri {NOT_REF.format('OnConnectFunction')}",
    ),
    Mistake(
        "the function of a method by its name",
        "GetResultsMethod",
        "${GetResultsFunction.Arn}",
        "${GetResultsFunction}",
        "Uri:",
        f"GetResultsMethod: Integration.Uri {NOT_REF.format('GetResultsFunction')}",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)


@pytest.mark.parametrize("logical_id", ["RunRoutePermission", "DefaultRoutePermission"])
def test_a_permission_may_name_its_function_either_way(logical_id: str, tmp_path: Path) -> None:
    path = edited(tmp_path, "!Ref OnConnectFunction", "!GetAtt OnConnectFunction.Arn", logical_id)
    assert read(path).permissions


@pytest.mark.parametrize(
    ("variable", "logical_id"),
    [("CONNECTIONS_TABLE", "ClientConnectionsTable"), ("REPORTS_BUCKET", "ReportsBucket")],
)
def test_a_variable_that_is_read_as_a_name_is_none_by_an_arn(
    variable: str, logical_id: str, tmp_path: Path
) -> None:
    right, wrong = f"{variable}: !Ref {logical_id}", f"{variable}: !GetAtt {logical_id}.Arn"
    path = tmp_path / "template.yaml"
    path.write_text(TEMPLATE.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")

    error = refusal(path)

    assert error.message == (
        f"OnConnectFunction: Environment.Variables.{variable} must be what Ref gives for {logical_id}, not its ARN."
    )
    assert error.line == line_of(path, wrong, "OnConnectFunction")
