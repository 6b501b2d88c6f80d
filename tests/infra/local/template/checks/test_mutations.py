"""One mistake in the wiring each: on AWS it deploys without a word, here it stops the start and names its resource."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.infra.local.template.edited import edited_and_stamped, line_of, refusal, without

pytestmark = pytest.mark.fast


@dataclass(frozen=True, slots=True)
class Mistake:
    """A snippet of a resource replaced; `at` is what stands on the line that must be told, `said` the sentence."""

    what: str
    within: str
    old: str
    new: str
    at: str
    said: str
    told_in: str | None = None


MISTAKES = [
    Mistake(
        "a handler string whose module is not there",
        "GetResultsFunction",
        "pipeline.handlers.get_results.handler",
        "pipeline.handlers.get_result.handler",
        "Handler:",
        "GetResultsFunction: the handler 'pipeline.handlers.get_result.handler' cannot be used: importing"
        " pipeline.handlers.get_result fails with ModuleNotFoundError: No module named"
        " 'pipeline.handlers.get_result'.",
    ),
    Mistake(
        "a handler string whose function is not there",
        "OnConnectFunction",
        "on_connect.handler",
        "on_connect.handel",
        "Handler:",
        "OnConnectFunction: the handler 'pipeline.handlers.on_connect.handel' cannot be used:"
        " pipeline.handlers.on_connect has no function handel.",
    ),
    Mistake(
        "a handler string that is no path",
        "OnConnectFunction",
        "pipeline.handlers.on_connect.handler",
        "handler",
        "Handler:",
        "OnConnectFunction: the handler 'handler' cannot be used: it is not a module and a name in it.",
    ),
    Mistake(
        "an event pattern with another principal",
        "EventBridgeRedshiftEventRule",
        "${OnConnectFunction}",
        "${SendMessageFunction}",
        "principal:",
        "EventBridgeRedshiftEventRule: its pattern allows detail.principal"
        " ['arn:aws:sts::123456789012:assumed-role/nyc-taxi-insights-statements/nyc-taxi-insights-send-message'],"
        " but the events of our statements say"
        " 'arn:aws:sts::123456789012:assumed-role/nyc-taxi-insights-statements/nyc-taxi-insights-on-connect'.",
    ),
    Mistake(
        "a function that submits under another role than the rule's",
        "OnConnectFunction",
        "!GetAtt StatementRole.Arn",
        "!GetAtt OnDisconnectRole.Arn",
        "principal:",
        "EventBridgeRedshiftEventRule: its pattern allows detail.principal"
        " ['arn:aws:sts::123456789012:assumed-role/nyc-taxi-insights-statements/nyc-taxi-insights-on-connect'],"
        " but the events of our statements say"
        " 'arn:aws:sts::123456789012:assumed-role/nyc-taxi-insights-OnDisconnectRole/nyc-taxi-insights-on-connect'.",
        told_in="EventBridgeRedshiftEventRule",
    ),
    Mistake(
        "an event pattern with another source",
        "EventBridgeRedshiftEventRule",
        "[aws.redshift-data]",
        "[aws.redshift]",
        "source:",
        "EventBridgeRedshiftEventRule: its pattern allows source ['aws.redshift'], but the events of our statements"
        " say 'aws.redshift-data'.",
    ),
    Mistake(
        "an event pattern with another detail type",
        "EventBridgeRedshiftEventRule",
        "Status Change]",
        "State Change]",
        "detail-type:",
        "EventBridgeRedshiftEventRule: its pattern allows detail-type ['Redshift Data Statement State Change'], but"
        " the events of our statements say 'Redshift Data Statement Status Change'.",
    ),
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
        "a rule's target that is no function",
        "EventBridgeRedshiftEventRule",
        "!GetAtt SendMessageFunction.Arn",
        "!GetAtt ReportsBucket.Arn",
        "Arn: !GetAtt ReportsBucket.Arn",
        "EventBridgeRedshiftEventRule: Targets.Arn is 'arn:aws:s3:::nyc-taxi-insights-reportsbucket', which is no"
        " AWS::Lambda::Function of this stack.",
    ),
    Mistake(
        "a rule that is switched off",
        "EventBridgeRedshiftEventRule",
        "State: ENABLED",
        "State: DISABLED",
        "State:",
        "EventBridgeRedshiftEventRule: State is 'DISABLED'; the stand-in can do ENABLED only.",
    ),
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
        "a route without a target",
        "RunRoute",
        "integrations/${OnConnectIntegration}",
        "integrations/",
        "Target:",
        "RunRoute: Target is '', which is no AWS::ApiGatewayV2::Integration of this stack.",
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
        "a variable that is missing",
        "GetResultsFunction",
        "          REPORTS_PREFIX: reports/\n",
        "",
        "Variables:",
        "GetResultsFunction: its handler reads the variable REPORTS_PREFIX, which its Environment lacks.",
    ),
    Mistake(
        "a variable that nobody reads",
        "ListQueriesFunction",
        "          LOG_LEVEL: INFO",
        "          LOG_LEVEL: INFO\n          REPORTS_PREFIX: reports/",
        "REPORTS_PREFIX:",
        "ListQueriesFunction: its handler does not read the variable REPORTS_PREFIX.",
    ),
    Mistake(
        "a variable with another value than elsewhere",
        "ListReportsFunction",
        "REPORTS_PREFIX: reports/",
        "REPORTS_PREFIX: report/",
        "REPORTS_PREFIX:",
        "ListReportsFunction: REPORTS_PREFIX is 'report/' here and 'reports/' in OnConnectFunction; a variable has one"
        " value in every function.",
    ),
    Mistake(
        "the name of the endpoint's parameter",
        "SendMessageFunction",
        "!Ref WebSocketEndpointParameter",
        "!Sub /${AWS::StackName}/WebSocketEndpoint",
        "WEBSOCKET_ENDPOINT_PARAMETER:",
        "SendMessageFunction: Environment.Variables.WEBSOCKET_ENDPOINT_PARAMETER is"
        " '/nyc-taxi-insights/WebSocketEndpoint', which is no AWS::SSM::Parameter of this stack.",
    ),
    Mistake(
        "the value of the endpoint's parameter",
        "WebSocketEndpointParameter",
        "wss://${ApplicationWebSocket}",
        "wss://${ApplicationRestApi}",
        "Value:",
        "WebSocketEndpointParameter: its value is not the address of ApplicationWebSocket, to which notices are"
        " posted.",
    ),
    Mistake(
        "the table's key",
        "ClientConnectionsTable",
        "- {AttributeName: pk, KeyType: HASH}",
        "- {AttributeName: id, KeyType: HASH}",
        "KeySchema:",
        "ClientConnectionsTable: its key is id (HASH) and sk (RANGE); the pipeline's is pk (HASH) and sk (RANGE).",
    ),
    Mistake(
        "the type of the table's key",
        "ClientConnectionsTable",
        "{AttributeName: sk, AttributeType: S}",
        "{AttributeName: sk, AttributeType: N}",
        "AttributeDefinitions:",
        "ClientConnectionsTable: both parts of its key must be defined, as text (S).",
    ),
    Mistake(
        "the table's time to live",
        "ClientConnectionsTable",
        "{AttributeName: ttl, Enabled: true}",
        "{AttributeName: expires, Enabled: true}",
        "TimeToLiveSpecification:",
        "ClientConnectionsTable: nothing would ever be removed from it: the pipeline writes the time to live into ttl.",
    ),
    Mistake(
        "a role that Lambda may not assume",
        "StatementRole",
        "lambda.amazonaws.com",
        "ec2.amazonaws.com",
        "AssumeRolePolicyDocument:",
        "StatementRole: Lambda may not assume this role.",
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
    Mistake(
        "a queue that another service may send to",
        "UndeliveredEventsQueuePolicy",
        "events.amazonaws.com",
        "sns.amazonaws.com",
        "DeadLetterConfig:",
        "EventBridgeRedshiftEventRule: no AWS::SQS::QueuePolicy lets events.amazonaws.com send to"
        " UndeliveredEventsQueue for it.",
        "EventBridgeRedshiftEventRule",
    ),
    Mistake(
        "a queue that another rule may send to",
        "UndeliveredEventsQueuePolicy",
        "!GetAtt EventBridgeRedshiftEventRule.Arn",
        "!GetAtt SendMessageFunction.Arn",
        "DeadLetterConfig:",
        "EventBridgeRedshiftEventRule: no AWS::SQS::QueuePolicy lets events.amazonaws.com send to"
        " UndeliveredEventsQueue for it.",
        "EventBridgeRedshiftEventRule",
    ),
    Mistake(
        "a queue that may be read where it should take",
        "UndeliveredEventsQueuePolicy",
        "sqs:SendMessage",
        "sqs:ReceiveMessage",
        "DeadLetterConfig:",
        "EventBridgeRedshiftEventRule: no AWS::SQS::QueuePolicy lets events.amazonaws.com send to"
        " UndeliveredEventsQueue for it.",
        "EventBridgeRedshiftEventRule",
    ),
    Mistake(
        "a policy of a queue that refuses",
        "UndeliveredEventsQueuePolicy",
        "Effect: Allow",
        "Effect: Deny",
        "DeadLetterConfig:",
        "EventBridgeRedshiftEventRule: no AWS::SQS::QueuePolicy lets events.amazonaws.com send to"
        " UndeliveredEventsQueue for it.",
        "EventBridgeRedshiftEventRule",
    ),
    Mistake(
        "retries of a function that no rule invokes",
        "SendMessageRetries",
        "!Ref SendMessageFunction",
        "!Ref GetResultsFunction",
        "FunctionName:",
        "SendMessageRetries: it is about GetResultsFunction, which is no rule's target and never runs"
        " asynchronously.",
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
def test_a_mistake_in_the_wiring_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    path = edited_and_stamped(tmp_path, mistake.old, mistake.new, mistake.within)
    error = refusal(path)
    assert error.message == mistake.said
    assert error.line == line_of(path, mistake.at, mistake.told_in or mistake.within)


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


def test_a_target_whose_failures_go_nowhere_is_named(tmp_path: Path) -> None:
    path = without(tmp_path, "SendMessageRetries")
    error = refusal(path)
    assert error.message == (
        "EventBridgeRedshiftEventRule: events that SendMessageFunction fails on would be lost: it has no"
        " EventInvokeConfig."
    )
    assert error.line == line_of(path, "Targets:", "EventBridgeRedshiftEventRule")
