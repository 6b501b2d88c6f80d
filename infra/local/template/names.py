"""What each resource answers to Ref and GetAtt, with ids made up from its logical id.

AWS makes up the ids of APIs and of what belongs to them; here they are the logical id in lower case, so that they are
the same at each start and a log line tells which resource it means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from infra.local.template.document import Resource, Template
from infra.local.template.resolve import Resolver, Scope
from infra.local.template.stack import Stack
from infra.local.template.text import as_text


@dataclass(frozen=True, slots=True)
class Form:
    """How a type is named: the property that holds its name, what Ref answers, and what GetAtt does.

    The texts may hold `{name}`, `{id}` (the made-up one), `{region}` and `{account}`.
    """

    name_property: str | None = None
    ref: str = "{id}"
    attributes: Mapping[str, str] = field(default_factory=dict)


_PLACE = "{region}:{account}"
_FORMS: Mapping[str, Form] = {
    "AWS::ApiGateway::RestApi": Form(attributes={"RootResourceId": "{id}-root"}),
    "AWS::ApiGateway::Stage": Form("StageName", "{name}"),
    "AWS::ApiGatewayV2::Stage": Form("StageName", "{name}"),
    "AWS::DynamoDB::Table": Form("TableName", "{name}", {"Arn": f"arn:aws:dynamodb:{_PLACE}:table/{{name}}"}),
    "AWS::Events::Rule": Form("Name", "{name}", {"Arn": f"arn:aws:events:{_PLACE}:rule/{{name}}"}),
    "AWS::IAM::Role": Form("RoleName", "{name}", {"Arn": "arn:aws:iam::{account}:role/{name}"}),
    "AWS::Lambda::Function": Form(
        "FunctionName", "{name}", {"Arn": f"arn:aws:lambda:{_PLACE}:function:{{name}}"}
    ),
    "AWS::Logs::LogGroup": Form(
        "LogGroupName", "{name}", {"Arn": f"arn:aws:logs:{_PLACE}:log-group:{{name}}:*"}
    ),
    "AWS::RedshiftServerless::Namespace": Form("NamespaceName", "{name}"),
    "AWS::RedshiftServerless::Workgroup": Form(
        "WorkgroupName",
        "{name}",
        {"Workgroup.WorkgroupArn": f"arn:aws:redshift-serverless:{_PLACE}:workgroup/{{id}}"},
    ),
    "AWS::S3::Bucket": Form("BucketName", "{name}", {"Arn": "arn:aws:s3:::{name}"}),
    "AWS::SQS::Queue": Form(
        "QueueName",
        "https://sqs.{region}.amazonaws.com/{account}/{name}",
        {"Arn": f"arn:aws:sqs:{_PLACE}:{{name}}", "QueueName": "{name}"},
    ),
    "AWS::SSM::Parameter": Form("Name", "{name}"),
}


@dataclass(frozen=True, slots=True)
class StackNames:
    """The names of every resource that this stack makes; `values` holds parameters and pseudo parameters."""

    template: Template
    stack: Stack
    values: Mapping[str, str]

    def ref(self, logical_id: str) -> str | None:
        """See `Names.ref`."""
        resource = self._made(logical_id)
        return self._written(_form(resource).ref, resource) if resource else None

    def attribute(self, logical_id: str, name: str) -> str | None:
        """See `Names.attribute`."""
        resource = self._made(logical_id)
        text = _form(resource).attributes.get(name) if resource else None
        return self._written(text, resource) if resource and text else None

    def name(self, resource: Resource) -> str:
        """Give a resource's own name; one that the template does not name gets that of the stack and its id."""
        key = _form(resource).name_property
        node = resource.properties.entries.get(key) if key else None
        if node is not None:
            return as_text(Resolver(self.scope(), resource.logical_id).resolve(node))
        name = f"{self.stack.name}-{resource.logical_id}"
        return name.lower() if resource.resource_type == "AWS::S3::Bucket" else name

    def scope(self) -> Scope:
        """Give the scope in which this template's functions are resolved."""
        return Scope(self.template, self.values, self)

    def _made(self, logical_id: str) -> Resource | None:
        resource = self.template.resources.get(logical_id)
        return resource if resource and is_made(self.scope(), resource) else None

    def _written(self, text: str, resource: Resource) -> str:
        stack, made_up = self.stack, resource.logical_id.lower()
        return text.format(name=self.name(resource), id=made_up, region=stack.region, account=stack.account)


def is_made(scope: Scope, resource: Resource) -> bool:
    """Say whether the stack makes this resource: its condition holds, or it has none."""
    if resource.condition is None:
        return True
    return Resolver(scope, resource.logical_id).condition(resource.condition, resource.line)


def _form(resource: Resource) -> Form:
    return _FORMS.get(resource.resource_type, Form())
