"""Routes, methods, integrations and authorizers: one mistake each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.checks.mistakes import Mistake
from tests.infra.local.template.edited import edited, line_of, refusal, without

pytestmark = pytest.mark.fast

MISTAKES = [
    Mistake(
        "a route key",
        "RunRoute",
        "RouteKey: run",
        "RouteKey: start",
        "Type: AWS::",
        "ApplicationWebSocket: it has no route run.",
        told_in="ApplicationWebSocket",
    ),
    Mistake(
        "a route key that stands twice",
        "ResumeRoute",
        "RouteKey: resume",
        "RouteKey: run",
        "RouteKey:",
        "ResumeRoute: another route has the key run.",
    ),
    Mistake(
        "a route whose selection expression is missing",
        "CancelRoute",
        "      RouteResponseSelectionExpression: $default\n",
        "",
        "Type: AWS::",
        "CancelRoute: its answer would be dropped: it needs a route response and RouteResponseSelectionExpression.",
    ),
    Mistake(
        "a route selection that reads another field",
        "ApplicationWebSocket",
        "$request.body.action",
        "$request.body.type",
        "RouteSelectionExpression:",
        "ApplicationWebSocket: it selects routes by '$request.body.type'; messages name theirs in"
        " '$request.body.action'.",
    ),
    Mistake(
        "a connection that needs no token",
        "ConnectRoute",
        "AuthorizationType: CUSTOM",
        "AuthorizationType: NONE",
        "AuthorizationType:",
        "ConnectRoute: anybody could connect: $connect has no authorizer.",
    ),
    Mistake(
        "a method that needs no token",
        "ListQueriesMethod",
        "AuthorizationType: CUSTOM",
        "AuthorizationType: NONE",
        "AuthorizationType:",
        "ListQueriesMethod: anybody could call /queries: it has no authorizer.",
    ),
    *(
        Mistake(
            f"the path /results/{part} for a function that reads the statement's id from it",
            "StatementResultResource",
            '"{statementId}"',
            f'"{part}"',
            "ResourceId:",
            f"GetResultsMethod: it is GET /results/{part}, but GetResultsFunction answers"
            " GET /results/{statementId}.",
            told_in="GetResultsMethod",
        )
        for part in ("statementId", "{id}")
    ),
    Mistake(
        "a method that invokes another one's function",
        "ListReportsMethod",
        "${ListReportsFunction.Arn}",
        "${ListQueriesFunction.Arn}",
        "ResourceId:",
        "ListReportsMethod: it is GET /reports, but ListQueriesFunction answers GET /queries.",
    ),
    Mistake(
        "a method by another verb",
        "ListReportsMethod",
        "HttpMethod: GET\n      Auth",
        "HttpMethod: POST\n      Auth",
        "ResourceId:",
        "ListReportsMethod: it is POST /reports, but ListReportsFunction answers GET /reports.",
    ),
    Mistake(
        "a route's target that is no integration",
        "RunRoute",
        "integrations/${OnConnectIntegration}",
        "integrations/${OnConnectFunction}",
        "Target:",
        "RunRoute: Target is 'nyc-taxi-insights-on-connect', which is no AWS::ApiGatewayV2::Integration of this"
        " stack.",
    ),
    Mistake(
        "a route key whose target is a MOCK",
        "DisconnectRoute",
        "integrations/${OnDisconnectIntegration}",
        "integrations/${PingIntegration}",
        "Target:",
        "DisconnectRoute: no function would ever hear of $disconnect: its integration is MOCK.",
    ),
    Mistake(
        "a route without a target",
        "RunRoute",
        "integrations/${OnConnectIntegration}",
        "integrations/",
        "Target:",
        "RunRoute: Target is '', which is no AWS::ApiGatewayV2::Integration of this stack.",
    ),
    Mistake(
        "an integration's address that is no function's",
        "OnDisconnectIntegration",
        "${OnDisconnectFunction.Arn}",
        "${OnDisconnectRole.Arn}",
        "IntegrationUri:",
        "OnDisconnectIntegration: IntegrationUri is"
        " 'arn:aws:iam::123456789012:role/nyc-taxi-insights-OnDisconnectRole', which is no AWS::Lambda::Function of"
        " this stack.",
    ),
    Mistake(
        "an integration by another method than POST",
        "GetResultsMethod",
        "IntegrationHttpMethod: POST",
        "IntegrationHttpMethod: GET",
        "IntegrationHttpMethod:",
        "GetResultsMethod: Integration.IntegrationHttpMethod is 'GET'; the stand-in can do POST only.",
    ),
    Mistake(
        "a WebSocket stage that nobody deploys",
        "WebSocketStage",
        "AutoDeploy: true",
        "AutoDeploy: false",
        "AutoDeploy:",
        "WebSocketStage: AutoDeploy is 'false'; the stand-in can do true only.",
    ),
    Mistake(
        "an authorizer that looks elsewhere for the token",
        "WebSocketAuthorizer",
        "route.request.header.Authorization",
        "route.request.querystring.token",
        "IdentitySource:",
        "WebSocketAuthorizer: IdentitySource is 'route.request.querystring.token'; it must be one header,"
        " route.request.header.….",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)


@pytest.mark.parametrize("route", ["Connect", "Run", "Resume", "Cancel", "Default"])
def test_a_route_that_no_function_answers_is_named(route: str, tmp_path: Path) -> None:
    path = edited(tmp_path, "${OnConnectIntegration}", "${PingIntegration}", f"{route}Route")
    error = refusal(path)
    assert error.message.startswith(f"{route}Route: no function would ever hear of ")
    assert error.line == line_of(path, "Target:", f"{route}Route")


@pytest.mark.parametrize("route", ["Run", "Resume", "Cancel", "Default", "Ping"])
def test_a_missing_route_response_names_the_route(route: str, tmp_path: Path) -> None:
    path = without(tmp_path, f"{route}RouteResponse")
    path.write_text(path.read_text("utf-8").replace(f"      - {route}RouteResponse\n", ""), "utf-8")
    error = refusal(path)
    assert error.message.startswith(f"{route}Route: its answer would be dropped")
    assert error.line == line_of(path, "RouteResponseSelectionExpression:", f"{route}Route")


def test_a_mock_route_without_an_answer_is_named(tmp_path: Path) -> None:
    path = without(tmp_path, "PingIntegrationResponse")
    path.write_text(path.read_text("utf-8").replace("      - PingIntegrationResponse\n", ""), "utf-8")
    error = refusal(path)
    assert error.message == (
        "PingIntegration: a MOCK integration answers nothing without its integration response."
    )
