"""What a resolved template says about the wiring: the values between the template reader and the gateway.

The reader (`infra.local.template`) builds a `Wiring` from `infra/template.yaml`; the gateway, the event bus and
the function runtime are made from it and from nothing else. Every value carries the logical id that it came from,
so that a fault in the wiring can be named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Function:
    """An `AWS::Lambda::Function`: `handler` is a dotted path, `role_name` the name of its execution role."""

    logical_id: str
    name: str
    arn: str
    handler: str
    timeout_seconds: int
    environment: Mapping[str, str]
    role_id: str
    role_name: str


@dataclass(frozen=True, slots=True)
class Authorizer:
    """A REQUEST authorizer of one of the two APIs; `header` is its identity source, in lower case."""

    logical_id: str
    authorizer_id: str
    function_id: str
    header: str


@dataclass(frozen=True, slots=True)
class SocketRoute:
    """One route of the WebSocket API. Exactly one of `function_id` and `mock_body` is set.

    `responds` says whether the route has a route response: without one API Gateway drops the body.
    """

    logical_id: str
    route_key: str
    function_id: str | None
    mock_body: str | None
    responds: bool
    authorizer_id: str | None


@dataclass(frozen=True, slots=True)
class ThrottleSettings:
    """How many requests a second each route takes, and how many at once. Without settings: an account's own quota."""

    rate: float = 10_000
    burst: int = 5_000


@dataclass(frozen=True, slots=True)
class SocketApi:
    """The WebSocket API: `selection` is its route selection expression, for example `$request.body.action`."""

    logical_id: str
    api_id: str
    stage: str
    selection: str
    routes: Mapping[str, SocketRoute]
    throttle: ThrottleSettings = ThrottleSettings()


@dataclass(frozen=True, slots=True)
class RestMethod:
    """One method of the REST API; `path` is the resource's full path, for example `/results/{statementId}`."""

    logical_id: str
    http_method: str
    path: str
    resource_id: str
    function_id: str
    authorizer_id: str | None


@dataclass(frozen=True, slots=True)
class GatewayResponse:
    """What the REST API answers when it refuses by itself; `body` is the template's text for application/json."""

    logical_id: str
    response_type: str
    status: int | None
    body: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RestApi:
    """The REST API with its methods and gateway responses (by response type)."""

    logical_id: str
    api_id: str
    stage: str
    methods: Sequence[RestMethod]
    responses: Mapping[str, GatewayResponse]


@dataclass(frozen=True, slots=True)
class Permission:
    """An `AWS::Lambda::Permission`: who may invoke which function; `source_arn` may hold `*` and `?`."""

    logical_id: str
    function_id: str
    principal: str
    source_arn: str


@dataclass(frozen=True, slots=True)
class Target:
    """A target of a rule, with the rule's own retry policy and dead-letter queue."""

    target_id: str
    function_id: str
    maximum_retries: int
    dead_letter_arn: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """An EventBridge rule: `pattern` is the resolved event pattern."""

    logical_id: str
    arn: str
    pattern: Mapping[str, Any]
    targets: Sequence[Target]


@dataclass(frozen=True, slots=True)
class AsyncConfig:
    """How asynchronous invocations of a function are retried (`AWS::Lambda::EventInvokeConfig`)."""

    logical_id: str
    function_id: str
    maximum_retries: int
    on_failure_arn: str | None


@dataclass(frozen=True, slots=True)
class Grant:
    """An action that a policy allows, and the ARN on which it does; both may hold `*` and `?`."""

    action: str
    resource: str


@dataclass(frozen=True, slots=True)
class Role:
    """An execution role: what its policies allow, for the ledger of used actions."""

    logical_id: str
    name: str
    grants: frozenset[Grant]

    @property
    def actions(self) -> frozenset[str]:
        """The actions that the role may use at all."""
        return frozenset(grant.action for grant in self.grants)

    def allows(self, action: str, resource: str) -> bool:
        """Say whether the role may use an action, whose case means nothing, on the resource with this ARN."""
        return any(
            arn_matches(grant.action.lower(), action.lower()) and arn_matches(grant.resource, resource)
            for grant in self.grants
        )


@dataclass(frozen=True, slots=True)
class Built:
    """A resource that the stand-in really builds (table, bucket, queue, parameter), with its resolved properties.

    `name` is what the service calls it; the template may leave it to the stack.
    """

    logical_id: str
    resource_type: str
    name: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wiring:
    """The whole of a resolved template."""

    stack_name: str
    functions: Mapping[str, Function]
    authorizers: Mapping[str, Authorizer]
    socket_api: SocketApi
    rest_api: RestApi
    permissions: Sequence[Permission]
    rules: Sequence[Rule]
    async_configs: Mapping[str, AsyncConfig]
    roles: Mapping[str, Role]
    built: Sequence[Built]
    outputs: Mapping[str, str]
    not_imitated: Sequence[str] = field(default_factory=tuple)
    region: str = "us-east-1"
    account: str = "123456789012"

    def route_arn(self, route: SocketRoute) -> str:
        """Give the ARN under which API Gateway invokes a route's function."""
        return self._execute_arn(self.socket_api.api_id, f"{self.socket_api.stage}/{route.route_key}")

    def method_arn(self, method: RestMethod) -> str:
        """Give the ARN under which API Gateway invokes a method's function; path parameters stay as written."""
        return self._execute_arn(
            self.rest_api.api_id, f"{self.rest_api.stage}/{method.http_method}{method.path}"
        )

    def authorizer_arn(self, api_id: str, authorizer: Authorizer) -> str:
        """Give the ARN under which API Gateway invokes the authorizer of an API."""
        return self._execute_arn(api_id, f"authorizers/{authorizer.authorizer_id}")

    def _execute_arn(self, api_id: str, path: str) -> str:
        return f"arn:aws:execute-api:{self.region}:{self.account}:{api_id}/{path}"

    def may_invoke(self, principal: str, function_id: str, source_arn: str) -> bool:
        """Say whether a permission lets a service invoke a function on behalf of `source_arn`."""
        return any(
            permission.principal == principal
            and permission.function_id == function_id
            and arn_matches(permission.source_arn, source_arn)
            for permission in self.permissions
        )


def arn_matches(pattern: str, arn: str) -> bool:
    """Compare as IAM's ArnLike does: `*` is any text, `?` any one character, everything else itself."""
    parts = (
        ".*" if part == "*" else "." if part == "?" else re.escape(part)
        for part in re.split(r"([*?])", pattern)
    )
    return re.fullmatch("".join(parts), arn, re.DOTALL) is not None
