"""The template keeps its side of the contract: the names that other parts, operators and outside clients rely on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.client import timing
from infra.local.template.document import Template, load
from infra.local.template.nodes import plain
from infra.local.wiring import Wiring
from pipeline.aws.clients import CONNECT_TIMEOUT_SECONDS, READ_TIMEOUT_SECONDS
from pipeline.settings import NEEDS
from pipeline.steps.submitting import RECORDED_WITHIN
from tests.infra.local.template.edited import TEMPLATE, read

pytestmark = pytest.mark.fast

ROOT = TEMPLATE.parents[1]
HANDLERS = {
    "OnConnectFunction": "pipeline.handlers.on_connect.handler",
    "SendMessageFunction": "pipeline.handlers.send_message.handler",
    "GetResultsFunction": "pipeline.handlers.get_results.handler",
    "OnDisconnectFunction": "pipeline.handlers.on_disconnect.handler",
    "ListReportsFunction": "pipeline.handlers.list_reports.handler",
    "ListQueriesFunction": "pipeline.handlers.list_queries.handler",
    "AuthorizeFunction": "pipeline.handlers.authorize.handler",
}
UNDER_THE_STATEMENT_ROLE = {
    "OnConnectFunction",
    "SendMessageFunction",
    "GetResultsFunction",
    "ListQueriesFunction",
}
DEFAULTS = {
    "StageName": "prod",
    "TableName": "client_connections",
    "WorkgroupName": "",
    "WorkgroupArn": "",
    "DatabaseName": "dev",
    "TokenIssuer": None,
    "TokenAudience": None,
    "TokenJwksUrl": None,
    "QueryDeadlineSeconds": 900,
    "MaxActiveQueries": 5,
    "ManageApiGatewayAccount": "false",
}
LOGS = {"logs:CreateLogStream", "logs:PutLogEvents"}


@pytest.fixture(scope="module")
def wiring() -> Wiring:
    return read(TEMPLATE)


@pytest.fixture(scope="module")
def template() -> Template:
    return load(TEMPLATE)


def properties(template: Template, logical_id: str) -> Any:
    return plain(template.resources[logical_id].properties)


def statements(template: Template, role: str) -> Iterator[Any]:
    for policy in properties(template, role)["Policies"]:
        yield from policy["PolicyDocument"]["Statement"]


def test_the_functions_have_their_fixed_names_and_handlers(wiring: Wiring) -> None:
    assert {name: held.handler for name, held in wiring.functions.items()} == HANDLERS


def test_each_function_has_the_variables_that_its_handler_reads(wiring: Wiring) -> None:
    for function in wiring.functions.values():
        assert set(function.environment) == NEEDS[function.handler]


def test_nobody_sets_what_only_a_laptop_needs() -> None:
    assert "AWS_" not in TEMPLATE.read_text("utf-8").replace("AWS_PROXY", "")


def test_functions_run_on_one_runtime_and_end_before_api_gateway_does(
    wiring: Wiring, template: Template
) -> None:
    for name, function in wiring.functions.items():
        written = properties(template, name)
        assert (written["Runtime"], written["Architectures"]) == ("python3.13", ["x86_64"])
        # AWS: API Gateway waits 29 s for an integration.
        assert name == "SendMessageFunction" or function.timeout_seconds < 29


def test_a_place_is_held_for_longer_than_a_submit_lives_and_its_last_write_is_on_its_way(
    wiring: Wiring,
) -> None:
    lives = wiring.functions["OnConnectFunction"].timeout_seconds
    on_its_way = CONNECT_TIMEOUT_SECONDS + READ_TIMEOUT_SECONDS
    assert RECORDED_WITHIN.total_seconds() > lives + on_its_way
    assert (
        RECORDED_WITHIN.total_seconds() == timing.RECORDED_WITHIN
    )  # the dashboard waits as long for its last look


def test_the_parameters_have_their_names_and_defaults(template: Template) -> None:
    declared: dict[str, Any] = {name: plain(node) for name, node in template.section("Parameters").items()}
    assert {name: held.get("Default") for name, held in declared.items()} == DEFAULTS
    assert all(held["Description"] for held in declared.values())


def test_the_outputs_have_their_names(wiring: Wiring) -> None:
    assert set(wiring.outputs) == {
        "RedshiftDataApiWebSocketEndpoint",
        "RedshiftDataApiRestApiEndpoint",
        "ReportsBucketName",
        "StatementRoleName",
        "ClientConnectionsTableName",
    }


def test_both_addresses_stand_in_parameters_under_the_stacks_name(wiring: Wiring) -> None:
    held = {
        built.name: built.properties for built in wiring.built if built.resource_type == "AWS::SSM::Parameter"
    }
    for output in ("RedshiftDataApiWebSocketEndpoint", "RedshiftDataApiRestApiEndpoint"):
        parameter = held[f"/nyc-taxi-insights/{output}"]
        assert (parameter["Type"], parameter["Value"]) == ("String", wiring.outputs[output])


def test_the_routes_are_those_of_the_protocol(wiring: Wiring) -> None:
    api = wiring.socket_api
    assert (api.logical_id, api.stage, api.selection) == (
        "ApplicationWebSocket",
        "prod",
        "$request.body.action",
    )
    assert {key: route.function_id for key, route in api.routes.items()} == {
        "$connect": "OnConnectFunction",
        "run": "OnConnectFunction",
        "resume": "OnConnectFunction",
        "cancel": "OnConnectFunction",
        "$default": "OnConnectFunction",
        "ping": None,
        "$disconnect": "OnDisconnectFunction",
    }
    assert {key for key, route in api.routes.items() if route.responds} == {
        "run",
        "resume",
        "cancel",
        "$default",
        "ping",
    }
    assert {key for key, route in api.routes.items() if route.authorizer_id} == {"$connect"}


def test_the_methods_are_three_and_ask_for_a_token(wiring: Wiring) -> None:
    assert wiring.rest_api.logical_id == "ApplicationRestApi"
    assert [
        (held.http_method, held.path, held.function_id, held.authorizer_id)
        for held in wiring.rest_api.methods
    ] == [
        ("GET", "/results/{statementId}", "GetResultsFunction", "RestAuthorizer"),
        ("GET", "/reports", "ListReportsFunction", "RestAuthorizer"),
        ("GET", "/queries", "ListQueriesFunction", "RestAuthorizer"),
    ]


def test_one_function_authorizes_both_apis(wiring: Wiring, template: Template) -> None:
    assert {held.function_id for held in wiring.authorizers.values()} == {"AuthorizeFunction"}
    assert properties(template, "WebSocketAuthorizer")["IdentitySource"] == [
        "route.request.header.Authorization"
    ]
    rest = properties(template, "RestAuthorizer")
    assert rest["IdentitySource"] == "method.request.header.Authorization"
    assert rest["AuthorizerResultTtlInSeconds"] == 300


@pytest.mark.parametrize(
    ("response_type", "status", "code"),
    [
        ("UNAUTHORIZED", 401, "unauthorized"),
        ("ACCESS_DENIED", 403, "forbidden"),
        ("MISSING_AUTHENTICATION_TOKEN", 404, "not_found"),
        ("THROTTLED", 429, "rate_limited"),
        ("DEFAULT_4XX", None, "invalid_request"),
        ("DEFAULT_5XX", None, "internal_error"),
    ],
)
def test_api_gateways_own_errors_have_our_shape(
    response_type: str, status: int | None, code: str, wiring: Wiring
) -> None:

    answer = wiring.rest_api.responses[response_type]
    error = json.loads(answer.body)["error"]
    assert answer.status == status
    assert (error["code"], error["field"], error["requestId"]) == (code, None, "$context.requestId")
    assert error["message"].endswith(".")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_functions_that_touch_a_statement_share_the_statement_role(wiring: Wiring) -> None:
    under = {name for name, held in wiring.functions.items() if held.role_id == "StatementRole"}
    assert under == UNDER_THE_STATEMENT_ROLE
    others = [held.role_id for name, held in wiring.functions.items() if name not in under]
    assert len(set(others)) == len(others)
    assert wiring.outputs["StatementRoleName"] == "nyc-taxi-insights-statements"


def test_only_on_connect_is_told_where_to_submit(wiring: Wiring) -> None:
    told = {name for name, held in wiring.functions.items() if "WAREHOUSE_WORKGROUP" in held.environment}
    assert told == {"OnConnectFunction"}


def test_each_role_allows_what_its_functions_do_and_no_more(wiring: Wiring) -> None:
    allowed = {name: role.actions - LOGS for name, role in wiring.roles.items()}
    assert all(role.actions > LOGS or role.actions == LOGS for role in wiring.roles.values())
    assert allowed == {
        "AuthorizeRole": set(),
        "ListReportsRole": {"s3:GetObject", "s3:ListBucket"},
        "OnDisconnectRole": {"dynamodb:BatchWriteItem", "dynamodb:Query", "dynamodb:UpdateItem"},
        "StatementRole": {
            "dynamodb:BatchWriteItem",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:UpdateItem",
            "execute-api:ManageConnections",
            "redshift-data:CancelStatement",
            "redshift-data:DescribeStatement",
            "redshift-data:ExecuteStatement",
            "redshift-data:GetStatementResult",
            "redshift-serverless:GetCredentials",
            "s3:GetObject",
            "s3:ListBucket",
            "sqs:SendMessage",
            "ssm:GetParameter",
        },
    }


def test_everything_is_allowed_on_a_named_resource_but_what_has_none(
    wiring: Wiring, template: Template
) -> None:
    anywhere = [
        statement["Action"]
        for role in wiring.roles
        for statement in statements(template, role)
        if statement["Resource"] == "*"
    ]
    # AWS: these three actions of the Redshift Data API have no resource-level permissions.
    assert anywhere == [
        [
            "redshift-data:CancelStatement",
            "redshift-data:DescribeStatement",
            "redshift-data:GetStatementResult",
        ]
    ]


def test_each_permission_names_one_source(wiring: Wiring) -> None:
    assert all("?" not in held.source_arn for held in wiring.permissions)
    assert [held.source_arn.rpartition(":")[2] for held in wiring.permissions if "*" in held.source_arn] == [
        "applicationrestapi/prod/GET/results/*"
    ]


def test_the_rule_passes_on_whole_events_and_keeps_what_fails(wiring: Wiring, template: Template) -> None:
    (rule,) = wiring.rules
    (target,) = rule.targets
    assert (rule.logical_id, target.function_id) == ("EventBridgeRedshiftEventRule", "SendMessageFunction")
    assert rule.pattern == {
        "source": ["aws.redshift-data"],
        "detail-type": ["Redshift Data Statement Status Change"],
        "detail": {
            "principal": [
                "arn:aws:sts::123456789012:assumed-role/nyc-taxi-insights-statements/nyc-taxi-insights-on-connect"
            ]
        },
    }
    assert target.dead_letter_arn is not None
    retries = properties(template, "SendMessageRetries")
    # AWS: an asynchronous event may wait from a minute to six hours.
    assert 60 <= retries["MaximumEventAgeInSeconds"] <= 900
    assert wiring.async_configs["SendMessageFunction"].maximum_retries == 2


def test_the_queue_takes_events_from_the_rule_only(template: Template) -> None:
    (statement,) = properties(template, "UndeliveredEventsQueuePolicy")["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "events.amazonaws.com"}
    assert statement["Condition"] == {
        "ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": ["EventBridgeRedshiftEventRule", "Arn"]}}
    }


def test_the_table_is_on_demand_without_index_forgets_by_itself_and_can_be_restored(
    template: Template,
) -> None:
    table = properties(template, "ClientConnectionsTable")
    assert (table["BillingMode"], table["TimeToLiveSpecification"]) == (
        "PAY_PER_REQUEST",
        {"AttributeName": "ttl", "Enabled": True},
    )
    assert [(part["AttributeName"], part["KeyType"]) for part in table["KeySchema"]] == [
        ("pk", "HASH"),
        ("sk", "RANGE"),
    ]
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert "GlobalSecondaryIndexes" not in table


def test_the_bucket_is_private_encrypted_versioned_and_outlives_the_stack(template: Template) -> None:
    bucket = properties(template, "ReportsBucket")
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert "BucketEncryption" in bucket
    text = TEMPLATE.read_text("utf-8")
    assert text.count("DeletionPolicy: Retain") == 1
    assert "  ReportsBucket:\n    Type: AWS::S3::Bucket\n" in text


def test_every_log_is_kept_for_a_time(template: Template) -> None:
    groups = [
        name for name, held in template.resources.items() if held.resource_type == "AWS::Logs::LogGroup"
    ]
    assert groups == ["FunctionLogs", "AccessLogs"]
    assert all(properties(template, name)["RetentionInDays"] == 30 for name in groups)


def test_without_a_workgroup_the_smallest_warehouse_is_made(template: Template) -> None:
    assert template.resources["WarehouseWorkgroup"].condition == "CreateWarehouse"
    assert properties(template, "WarehouseWorkgroup")["BaseCapacity"] == 8


def test_deploying_names_every_parameter_that_has_no_default() -> None:
    page = Path(ROOT / "docs" / "deploying.md").read_text("utf-8")
    for name in (name for name, default in DEFAULTS.items() if default is None):
        assert f"{name}=" in page
