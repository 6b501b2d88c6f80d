"""What the stand-in does not know stops its start, with file, line and logical id: nothing is left out in silence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.infra.local.template.edited import edited, edited_and_stamped, line_of, refusal

pytestmark = pytest.mark.fast


@dataclass(frozen=True, slots=True)
class Unknown:
    """One thing put into the template.

    `at` is the snippet on whose line it must be told; `stamped` says that the REST API's hash must be written anew.
    """

    what: str
    within: str | None
    old: str
    new: str
    at: str
    said: str
    stamped: bool = False


UNKNOWN = [
    Unknown(
        "a resource type",
        "UndeliveredEventsAlarm",
        "Type: AWS::CloudWatch::Alarm",
        "Type: AWS::SNS::Topic",
        "Type: AWS::SNS::Topic",
        "UndeliveredEventsAlarm: the stand-in does not know the type 'AWS::SNS::Topic'.",
    ),
    Unknown(
        "an intrinsic function",
        "ReportsBucketPolicy",
        "Bucket: !Ref ReportsBucket",
        "Bucket: !ImportValue reports",
        "!ImportValue",
        "ReportsBucketPolicy: the intrinsic function ImportValue is not supported.",
    ),
    Unknown(
        "an intrinsic function in long form, in a resource that this stack does not make",
        "WarehouseNamespace",
        "DbName: !Ref DatabaseName",
        'DbName: {"Fn::Select": [0, [dev]]}',
        "Fn::Select",
        "WarehouseNamespace: the intrinsic function Select is not supported.",
    ),
    Unknown(
        "an intrinsic function in a condition",
        None,
        'ManageAccount: !Equals [!Ref ManageApiGatewayAccount, "true"]',
        "ManageAccount: !Condition CreateWarehouse",
        "!Condition",
        "ManageAccount: the intrinsic function Condition is not supported.",
    ),
    Unknown(
        "a property of a function",
        "OnConnectFunction",
        "      MemorySize: 512",
        "      MemorySize: 512\n      Layers: [arn:aws:lambda:us-east-1:123456789012:layer:more:1]",
        "Layers:",
        "OnConnectFunction: the stand-in does not know what the property Layers of AWS::Lambda::Function changes.",
    ),
    Unknown(
        "a property deep inside another",
        "EventBridgeRedshiftEventRule",
        "          DeadLetterConfig:",
        "          InputPath: $.detail\n          DeadLetterConfig:",
        "InputPath:",
        "EventBridgeRedshiftEventRule: the stand-in does not know what the property Targets.InputPath of"
        " AWS::Events::Rule changes.",
    ),
    Unknown(
        "a property of the table",
        "ClientConnectionsTable",
        "      BillingMode:",
        "      StreamSpecification: {StreamViewType: NEW_IMAGE}\n      BillingMode:",
        "StreamSpecification",
        "ClientConnectionsTable: the stand-in does not know what the property StreamSpecification of"
        " AWS::DynamoDB::Table changes.",
    ),
    Unknown(
        "a property of the REST API",
        "ApplicationRestApi",
        "      EndpointConfiguration:",
        "      MinimumCompressionSize: 1024\n      EndpointConfiguration:",
        "MinimumCompressionSize",
        "ApplicationRestApi: the stand-in does not know what the property MinimumCompressionSize of"
        " AWS::ApiGateway::RestApi changes.",
    ),
    Unknown(
        "a part of a resource",
        "UndeliveredEventsQueue",
        "    UpdateReplacePolicy: Delete",
        "    UpdateReplacePolicy: Delete\n    CreationPolicy: {}",
        "CreationPolicy",
        "UndeliveredEventsQueue: the stand-in does not know what CreationPolicy means for a resource.",
    ),
    Unknown(
        "a section",
        None,
        "\nConditions:\n",
        "\nTransform: AWS::Serverless-2016-10-31\n\nConditions:\n",
        "Transform:",
        "The section Transform is not one that the stand-in knows.",
    ),
    Unknown(
        "an attribute",
        None,
        "Value: !Ref ReportsBucket",
        "Value: !GetAtt ReportsBucket.WebsiteURL",
        "WebsiteURL",
        "ReportsBucketName: ReportsBucket.WebsiteURL is no attribute that the stand-in knows.",
    ),
    Unknown(
        "a parameter type",
        None,
        "    Type: String\n    MinLength: 1",
        "    Type: CommaDelimitedList\n    MinLength: 1",
        "Type: CommaDelimitedList",
        "TokenAudience: the stand-in knows the parameter types String and Number only.",
    ),
    Unknown(
        "a property of a parameter",
        None,
        "    MinLength: 1",
        "    MinLength: 1\n    MaxLength: 9",
        "MaxLength",
        "TokenAudience: the stand-in does not know what MaxLength means for a parameter.",
    ),
    Unknown(
        "a pseudo parameter",
        "UndeliveredEventsAlarm",
        "Period: 60",
        "Period: !Ref AWS::NotificationARNs",
        "AWS::NotificationARNs",
        "UndeliveredEventsAlarm: AWS::NotificationARNs is neither a parameter nor a resource of this stack.",
    ),
    Unknown(
        "a YAML alias",
        "ReportsBucket",
        "{Status: Enabled}",
        "*enabled",
        "*enabled",
        "The alias *enabled cannot be read: aliases are not part of CloudFormation's YAML.",
    ),
    Unknown(
        "another runtime",
        "AuthorizeFunction",
        "Runtime: python3.13",
        "Runtime: nodejs24.x",
        "nodejs24.x",
        "AuthorizeFunction: Runtime is 'nodejs24.x'; the stand-in can do python3.13 only.",
    ),
    Unknown(
        "the template language of API Gateway in a MOCK answer",
        "PingIntegrationResponse",
        """'{"type": "pong"}'""",
        """'{"type": "pong", "at": "$context.requestTime"}'""",
        "$context.requestTime",
        "PingIntegrationResponse: the stand-in answers constant JSON only.",
    ),
    Unknown(
        "a computed header of a gateway response",
        "ThrottledResponse",
        "\"'no-store'\"",
        "method.request.header.Cache-Control",
        "ResponseParameters",
        "ThrottledResponse: gatewayresponse.header.Cache-Control is not a header with a constant value in single"
        " quotes.",
        stamped=True,
    ),
    Unknown(
        "a managed policy on a function's role",
        "AuthorizeRole",
        "      Policies:",
        "      ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]\n      Policies:",
        "ManagedPolicyArns:",
        "AuthorizeRole: a function's role names its actions itself; a managed policy hides them.",
    ),
    Unknown(
        "a pattern of actions",
        "OnDisconnectRole",
        "Action: [dynamodb:BatchWriteItem, dynamodb:Query, dynamodb:UpdateItem]",
        "Action: dynamodb:*",
        "Policies:",
        "OnDisconnectRole: the action dynamodb:* is a pattern; name the actions that are used.",
    ),
    Unknown(
        "a statement that denies",
        "ListReportsRole",
        "              - Effect: Allow\n                Action: s3:GetObject",
        "              - Effect: Deny\n                Action: s3:GetObject",
        "Policies:",
        "ListReportsRole: the stand-in can honour Allow with Action and Resource only.",
    ),
]


@pytest.mark.parametrize("unknown", UNKNOWN, ids=lambda unknown: unknown.what)
def test_an_unknown_thing_stops_the_start_with_line_and_logical_id(unknown: Unknown, tmp_path: Path) -> None:
    write = edited_and_stamped if unknown.stamped else edited
    path = write(tmp_path, unknown.old, unknown.new, unknown.within)
    error = refusal(path)
    assert error.message == unknown.said
    assert error.line == line_of(path, unknown.at, unknown.within)
