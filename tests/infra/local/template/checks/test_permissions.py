"""Who may invoke what: one mistake each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.checks.mistakes import Mistake
from tests.infra.local.template.edited import line_of, refusal, without

pytestmark = pytest.mark.fast

MISTAKES = [
    Mistake(
        "a rule's target that may not be invoked by it",
        "EventBridgeRedshiftEventRule",
        "!GetAtt SendMessageFunction.Arn",
        "!GetAtt GetResultsFunction.Arn",
        "Type: AWS::",
        "EventBridgeRedshiftEventRule: events.amazonaws.com may not invoke GetResultsFunction for it: no"
        " AWS::Lambda::Permission on that function has a SourceArn that matches"
        " arn:aws:events:us-east-1:123456789012:rule/nyc-taxi-insights-EventBridgeRedshiftEventRule.",
    ),
    Mistake(
        "a route's target that is another function's integration",
        "RunRoute",
        "integrations/${OnConnectIntegration}",
        "integrations/${OnDisconnectIntegration}",
        "Type: AWS::",
        "RunRoute: apigateway.amazonaws.com may not invoke OnDisconnectFunction for it: no AWS::Lambda::Permission on"
        " that function has a SourceArn that matches"
        " arn:aws:execute-api:us-east-1:123456789012:applicationwebsocket/prod/run.",
    ),
    Mistake(
        "a permission for another route",
        "CancelRoutePermission",
        "${StageName}/cancel",
        "${StageName}/cancels",
        "Type: AWS::",
        "CancelRoute: apigateway.amazonaws.com may not invoke OnConnectFunction for it: no AWS::Lambda::Permission on"
        " that function has a SourceArn that matches"
        " arn:aws:execute-api:us-east-1:123456789012:applicationwebsocket/prod/cancel.",
        told_in="CancelRoute",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)


PERMISSIONS = [
    ("ConnectRoutePermission", "ConnectRoute"),
    ("DisconnectRoutePermission", "DisconnectRoute"),
    ("RunRoutePermission", "RunRoute"),
    ("ResumeRoutePermission", "ResumeRoute"),
    ("CancelRoutePermission", "CancelRoute"),
    ("DefaultRoutePermission", "DefaultRoute"),
    ("GetResultsMethodPermission", "GetResultsMethod"),
    ("ListReportsMethodPermission", "ListReportsMethod"),
    ("ListQueriesMethodPermission", "ListQueriesMethod"),
    ("WebSocketAuthorizerPermission", "WebSocketAuthorizer"),
    ("RestAuthorizerPermission", "RestAuthorizer"),
    ("RedshiftEventPermission", "EventBridgeRedshiftEventRule"),
]


@pytest.mark.parametrize(("permission", "refused"), PERMISSIONS)
def test_a_missing_permission_names_what_may_not_be_invoked(
    permission: str, refused: str, tmp_path: Path
) -> None:
    path = without(tmp_path, permission)
    error = refusal(path)
    assert error.message.startswith(f"{refused}: ")
    assert "no AWS::Lambda::Permission on that function" in error.message
    assert error.line == line_of(path, "Type: AWS::", refused)
