"""Every resource type that the stand-in knows, what it does with it, and which properties it understands.

A property is `used`, or `harmless`: it changes nothing that a laptop could show (a description, encryption, a limit on
the rate). Whatever is in neither list would be silently different here, so it stops the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Treatment = Literal["built", "wired", "checked", "not imitated"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One resource type. Properties are dotted paths, lists left out (`Targets.Arn`); each stands for all below it."""

    treatment: Treatment
    used: frozenset[str] = frozenset()
    harmless: frozenset[str] = frozenset()

    def knows(self, path: str) -> bool:
        """Say whether a property, with all that is below it, is understood."""
        return path in self.used or path in self.harmless

    def knows_below(self, path: str) -> bool:
        """Say whether parts of a property are understood, each by its own path."""
        return any(known.startswith(f"{path}.") for known in self.used | self.harmless)


def _kind(treatment: Treatment, used: str, harmless: str = "") -> Kind:
    return Kind(treatment, frozenset(used.split()), frozenset(harmless.split()))


_NOT_IMITATED = Kind("not imitated")

KINDS: Mapping[str, Kind] = {
    "AWS::DynamoDB::Table": _kind(
        "built",
        "TableName BillingMode AttributeDefinitions KeySchema TimeToLiveSpecification",
        "PointInTimeRecoverySpecification DeletionProtectionEnabled Tags",
    ),
    "AWS::S3::Bucket": _kind(
        "built",
        "BucketName",
        "BucketEncryption OwnershipControls PublicAccessBlockConfiguration VersioningConfiguration Tags",
    ),
    "AWS::SQS::Queue": _kind("built", "QueueName", "MessageRetentionPeriod SqsManagedSseEnabled Tags"),
    "AWS::SSM::Parameter": _kind("built", "Name Type Value", "Description Tags"),
    "AWS::Lambda::Function": _kind(
        "wired",
        "FunctionName Handler Runtime Role Timeout Environment.Variables",
        "Architectures Code Description LoggingConfig MemorySize Tags",
    ),
    "AWS::Lambda::Permission": _kind("wired", "Action FunctionName Principal SourceArn"),
    "AWS::Lambda::EventInvokeConfig": _kind(
        "wired",
        "FunctionName Qualifier MaximumRetryAttempts DestinationConfig.OnFailure.Destination",
        "MaximumEventAgeInSeconds",
    ),
    "AWS::ApiGatewayV2::Api": _kind("wired", "ProtocolType RouteSelectionExpression", "Name Description"),
    "AWS::ApiGatewayV2::Authorizer": _kind(
        "wired", "ApiId AuthorizerType AuthorizerUri IdentitySource", "Name"
    ),
    "AWS::ApiGatewayV2::Integration": _kind(
        "wired", "ApiId IntegrationType IntegrationUri RequestTemplates TemplateSelectionExpression"
    ),
    "AWS::ApiGatewayV2::IntegrationResponse": _kind(
        "wired", "ApiId IntegrationId IntegrationResponseKey ResponseTemplates TemplateSelectionExpression"
    ),
    "AWS::ApiGatewayV2::Route": _kind(
        "wired",
        "ApiId RouteKey AuthorizationType AuthorizerId Target RouteResponseSelectionExpression",
        "OperationName",
    ),
    "AWS::ApiGatewayV2::RouteResponse": _kind("wired", "ApiId RouteId RouteResponseKey"),
    "AWS::ApiGatewayV2::Stage": _kind(
        "wired", "ApiId StageName AutoDeploy", "DefaultRouteSettings AccessLogSettings Description"
    ),
    "AWS::ApiGateway::RestApi": _kind("wired", "", "Name Description EndpointConfiguration"),
    "AWS::ApiGateway::Authorizer": _kind(
        "wired", "RestApiId Type AuthorizerUri IdentitySource", "Name AuthorizerResultTtlInSeconds"
    ),
    "AWS::ApiGateway::Resource": _kind("wired", "RestApiId ParentId PathPart"),
    "AWS::ApiGateway::Method": _kind(
        "wired",
        "RestApiId ResourceId HttpMethod AuthorizationType AuthorizerId"
        " Integration.Type Integration.IntegrationHttpMethod Integration.Uri",
    ),
    "AWS::ApiGateway::GatewayResponse": _kind(
        "wired", "RestApiId ResponseType StatusCode ResponseParameters ResponseTemplates"
    ),
    "AWS::ApiGateway::Stage": _kind(
        "wired", "RestApiId DeploymentId StageName", "MethodSettings AccessLogSetting Description"
    ),
    "AWS::ApiGateway::Deployment": _kind("checked", "RestApiId", "Description"),
    "AWS::Events::Rule": _kind(
        "wired",
        "EventPattern State Targets.Id Targets.Arn Targets.RetryPolicy.MaximumRetryAttempts"
        " Targets.DeadLetterConfig.Arn",
        "Name Description Targets.RetryPolicy.MaximumEventAgeInSeconds",
    ),
    "AWS::IAM::Role": _kind(
        "checked", "RoleName AssumeRolePolicyDocument Policies ManagedPolicyArns", "Description Tags"
    ),
    "AWS::SQS::QueuePolicy": _kind("checked", "Queues PolicyDocument"),
    "AWS::ApiGateway::Account": _NOT_IMITATED,
    "AWS::CloudWatch::Alarm": _NOT_IMITATED,
    "AWS::Logs::LogGroup": _NOT_IMITATED,
    "AWS::Logs::MetricFilter": _NOT_IMITATED,
    "AWS::RedshiftServerless::Namespace": _NOT_IMITATED,
    "AWS::RedshiftServerless::Workgroup": _NOT_IMITATED,
    "AWS::S3::BucketPolicy": _NOT_IMITATED,
}
