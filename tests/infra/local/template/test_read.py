"""The whole reader on the whole template: what the gateway, the bus and the functions are made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.local.template import TemplateError, read_wiring
from infra.local.wiring import Function, Grant, ThrottleSettings, Wiring
from tests.infra.local.template.edited import PARAMETERS, STACK, TEMPLATE, edited, read

pytestmark = pytest.mark.fast


@pytest.fixture(scope="module")
def wiring() -> Wiring:
    return read(TEMPLATE)


def test_a_function_has_its_handler_its_role_and_its_resolved_environment(wiring: Wiring) -> None:
    assert wiring.functions["SendMessageFunction"] == Function(
        "SendMessageFunction",
        "nyc-taxi-insights-send-message",
        "arn:aws:lambda:us-east-1:123456789012:function:nyc-taxi-insights-send-message",
        "pipeline.handlers.send_message.handler",
        60,
        {
            "CONNECTIONS_TABLE": "client_connections",
            "WEBSOCKET_ENDPOINT_PARAMETER": "/nyc-taxi-insights/RedshiftDataApiWebSocketEndpoint",
            "LOG_LEVEL": "INFO",
        },
        "StatementRole",
        "nyc-taxi-insights-statements",
    )


def test_the_rule_names_on_connect_under_the_statement_role(wiring: Wiring) -> None:
    # fact EV-3: the principal of a Lambda's statement
    (rule,) = wiring.rules
    assert rule.pattern["detail"]["principal"] == [
        "arn:aws:sts::123456789012:assumed-role/nyc-taxi-insights-statements/nyc-taxi-insights-on-connect"
    ]


def test_a_failed_event_ends_in_the_same_queue_by_the_rule_and_by_the_function(wiring: Wiring) -> None:
    queue = "arn:aws:sqs:us-east-1:123456789012:nyc-taxi-insights-UndeliveredEventsQueue"
    (target,) = wiring.rules[0].targets
    config = wiring.async_configs["SendMessageFunction"]
    assert (target.dead_letter_arn, config.on_failure_arn) == (queue, queue)
    assert (target.maximum_retries, config.maximum_retries) == (10, 2)


def test_ping_is_answered_without_a_function(wiring: Wiring) -> None:
    ping = wiring.socket_api.routes["ping"]
    assert (ping.function_id, ping.mock_body, ping.responds) == (None, '{"type": "pong"}', True)


def test_the_throttle_of_each_route_is_that_of_the_stage(wiring: Wiring) -> None:
    assert wiring.socket_api.throttle == ThrottleSettings(rate=200, burst=500)


def test_a_stage_without_settings_has_the_throttle_of_an_account(tmp_path: Path) -> None:
    settings = "      DefaultRouteSettings: {ThrottlingBurstLimit: 500, ThrottlingRateLimit: 200}\n"
    assert read(edited(tmp_path, settings, "")).socket_api.throttle == ThrottleSettings()


def test_methods_have_their_full_paths(wiring: Wiring) -> None:
    assert [method.path for method in wiring.rest_api.methods] == [
        "/results/{statementId}",
        "/reports",
        "/queries",
    ]


def test_outputs_and_parameters_hold_the_addresses_of_aws(wiring: Wiring) -> None:
    address = "wss://applicationwebsocket.execute-api.us-east-1.amazonaws.com/prod"
    (parameter,) = [built for built in wiring.built if built.logical_id == "WebSocketEndpointParameter"]
    assert wiring.outputs["RedshiftDataApiWebSocketEndpoint"] == address
    assert parameter.properties["Value"] == address


def test_what_is_built_has_the_name_that_its_service_knows(wiring: Wiring) -> None:
    assert {built.logical_id: built.name for built in wiring.built} == {
        "ClientConnectionsTable": "client_connections",
        "ReportsBucket": "nyc-taxi-insights-reportsbucket",
        "UndeliveredEventsQueue": "nyc-taxi-insights-UndeliveredEventsQueue",
        "WebSocketEndpointParameter": "/nyc-taxi-insights/RedshiftDataApiWebSocketEndpoint",
        "RestEndpointParameter": "/nyc-taxi-insights/RedshiftDataApiRestApiEndpoint",
    }


def test_a_role_has_each_action_with_the_resources_that_it_is_granted_on(wiring: Wiring) -> None:
    place = "us-east-1:123456789012"
    table = f"arn:aws:dynamodb:{place}:table/client_connections"
    role = wiring.roles["OnDisconnectRole"]
    assert {grant for grant in role.grants if grant.action.startswith("dynamodb:")} == {
        Grant(action, table)
        for action in ("dynamodb:BatchWriteItem", "dynamodb:Query", "dynamodb:UpdateItem")
    }
    statements = wiring.roles["StatementRole"]
    assert statements.allows("redshift-data:ExecuteStatement", PARAMETERS["WorkgroupArn"])
    assert not statements.allows("redshift-data:ExecuteStatement", "*")
    assert statements.allows("redshift-data:DescribeStatement", "*")
    socket = f"arn:aws:execute-api:{place}:applicationwebsocket/prod"
    assert statements.allows("execute-api:ManageConnections", f"{socket}/POST/@connections/c=")
    assert not statements.allows("execute-api:ManageConnections", f"{socket}/DELETE/@connections/c=")


def test_what_is_not_imitated_is_named(wiring: Wiring) -> None:
    assert wiring.not_imitated == [
        "ReportsBucketPolicy",
        "UndeliveredEventsAlarm",
        "FunctionLogs",
        "ForeignEventsMetric",
    ]


def test_without_a_workgroup_the_stack_makes_its_own_and_points_on_connect_at_it() -> None:
    given = {name: value for name, value in PARAMETERS.items() if not name.startswith("Workgroup")}
    wiring = read_wiring(TEMPLATE, STACK, given)
    assert wiring.functions["OnConnectFunction"].environment["WAREHOUSE_WORKGROUP"] == STACK
    assert {"WarehouseNamespace", "WarehouseWorkgroup"} <= set(wiring.not_imitated)


def test_half_a_workgroup_is_refused_by_the_templates_own_rule() -> None:
    given = {name: value for name, value in PARAMETERS.items() if name != "WorkgroupArn"}
    with pytest.raises(
        TemplateError, match="WarehouseIsNamedWhole: WorkgroupName and WorkgroupArn go together"
    ):
        read_wiring(TEMPLATE, STACK, given)


def test_another_stack_name_names_everything_after_it() -> None:
    wiring = read_wiring(TEMPLATE, "other", PARAMETERS, region="eu-west-1", account="210987654321")
    function = wiring.functions["OnConnectFunction"]
    assert function.arn == "arn:aws:lambda:eu-west-1:210987654321:function:other-on-connect"
    assert function.role_name == "other-statements"
    assert wiring.outputs["RedshiftDataApiRestApiEndpoint"].startswith(
        "https://applicationrestapi.execute-api.eu-"
    )


def test_a_handler_that_is_added_to_the_template_is_wired_without_another_edit(tmp_path: Path) -> None:
    more = (
        "  MoreFunction:\n    Type: AWS::Lambda::Function\n    Properties:\n"
        "      Handler: tests.infra.local.sample_handlers.rest\n      Runtime: python3.13\n"
        "      Code: ../build/lambda.zip\n"
        "      Role: !GetAtt AuthorizeRole.Arn\n\n"
        "  FunctionLogs:\n"
    )
    wiring = read(edited(tmp_path, "  FunctionLogs:\n", more))
    function = wiring.functions["MoreFunction"]
    assert (function.name, function.handler, function.timeout_seconds) == (
        "nyc-taxi-insights-MoreFunction",
        "tests.infra.local.sample_handlers.rest",
        3,
    )


def test_an_output_without_a_value_is_refused(tmp_path: Path) -> None:
    path = edited(tmp_path, "    Value: !Ref StatementRole\n", "")
    with pytest.raises(TemplateError, match="StatementRoleName: this output has no Value"):
        read(path)
