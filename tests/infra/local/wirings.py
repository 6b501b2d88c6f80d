"""Wirings made by hand, with the sample handlers, so that a test sees the gateway alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from infra.local.wiring import (
    AsyncConfig,
    Authorizer,
    Function,
    GatewayResponse,
    Grant,
    Permission,
    RestApi,
    RestMethod,
    Role,
    Rule,
    SocketApi,
    SocketRoute,
    Target,
    ThrottleSettings,
    Wiring,
)

ACCOUNT = "123456789012"
API = f"arn:aws:execute-api:us-east-1:{ACCOUNT}"
QUEUE_ARN = f"arn:aws:sqs:us-east-1:{ACCOUNT}:undelivered"
RULE_ARN = f"arn:aws:events:us-east-1:{ACCOUNT}:rule/statements"
PATTERN = {"source": ["tests"], "detail": {"kind": ["wanted"]}}
HANDLERS = "tests.infra.local.sample_handlers"


def function(logical_id: str, handler: str, timeout: int = 5, **environment: str) -> Function:
    return Function(
        logical_id=logical_id,
        name=f"stack-{handler}",
        arn=f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:stack-{handler}",
        handler=f"{HANDLERS}.{handler}",
        timeout_seconds=timeout,
        environment=environment,
        role_id="SomeRole",
        role_name="stack-some-role",
    )


def route(route_key: str, function_id: str | None, **other: Any) -> SocketRoute:
    known: dict[str, Any] = {"mock_body": None, "responds": True, "authorizer_id": None, **other}
    name = route_key.strip("$").capitalize()
    return SocketRoute(f"{name}Route", route_key, function_id, **known)


SOCKET_ROUTES = (
    route("$connect", "ConnectFunction", responds=False, authorizer_id="SocketAuthorizer"),
    route("$disconnect", "DisconnectFunction", responds=False),
    route("run", "MessageFunction"),
    route("quiet", "MessageFunction", responds=False),
    route("ping", None, mock_body='{"type": "pong"}'),
    route("$default", "MessageFunction"),
)

REST_METHODS = (
    RestMethod("ItemMethod", "GET", "/items/{itemId}", "res1", "RestFunction", "RestAuthorizer"),
    RestMethod("OpenMethod", "GET", "/open", "res2", "RestFunction", None),
    RestMethod("PostMethod", "POST", "/open", "res2", "RestFunction", None),
    RestMethod("ResultsMethod", "GET", "/results/{itemId}", "res3", "RestFunction", "RestAuthorizer"),
)


def wiring(
    routes: Sequence[SocketRoute] = SOCKET_ROUTES,
    responses: Mapping[str, GatewayResponse] | None = None,
    without_permission: str = "",
    timeout: int = 5,
    retries: int = 2,
    pattern: Mapping[str, Any] | None = None,
    throttle: ThrottleSettings | None = None,
) -> Wiring:
    """Make a wiring; `without_permission` names the function that nobody may invoke."""
    made = _made(routes, dict(responses or {}), timeout, retries, dict(pattern or PATTERN))
    made = replace(made, socket_api=replace(made.socket_api, throttle=throttle or ThrottleSettings()))
    return replace(made, permissions=[p for p in _permissions(made) if p.function_id != without_permission])


def _made(
    routes: Sequence[SocketRoute],
    responses: dict[str, GatewayResponse],
    timeout: int,
    retries: int,
    pattern: dict[str, Any],
) -> Wiring:
    functions = {
        logical_id: function(logical_id, handler, timeout)
        for logical_id, handler in {
            "ConnectFunction": "connect",
            "DisconnectFunction": "disconnect",
            "MessageFunction": "message",
            "RestFunction": "rest",
            "AuthorizeFunction": "authorize",
            "ConsumeFunction": "consume",
        }.items()
    }
    target = Target("consume", "ConsumeFunction", 10, QUEUE_ARN)
    return Wiring(
        stack_name="stack",
        functions=functions,
        authorizers={
            name: Authorizer(name, name.lower(), "AuthorizeFunction", "authorization")
            for name in ("SocketAuthorizer", "RestAuthorizer")
        },
        socket_api=SocketApi(
            "Sockets", "sockets1", "prod", "$request.body.action", {r.route_key: r for r in routes}
        ),
        rest_api=RestApi("Rest", "rest1", "prod", REST_METHODS, responses),
        permissions=(),
        rules=[Rule("StatementRule", RULE_ARN, pattern, [target])],
        async_configs={"ConsumeFunction": AsyncConfig("Retries", "ConsumeFunction", retries, QUEUE_ARN)},
        roles={
            "SomeRole": Role("SomeRole", "stack-some-role", frozenset({Grant("sqs:SendMessage", QUEUE_ARN)}))
        },
        built=(),
        outputs={},
    )


def _permissions(made: Wiring) -> list[Permission]:
    gateway, events = "apigateway.amazonaws.com", "events.amazonaws.com"
    permissions = [
        Permission("P1", r.function_id, gateway, made.route_arn(r))
        for r in made.socket_api.routes.values()
        if r.function_id
    ]
    permissions += [
        Permission("P2", m.function_id, gateway, made.method_arn(m).replace("{itemId}", "*"))
        for m in made.rest_api.methods
    ]
    permissions += [
        Permission("P3", "AuthorizeFunction", gateway, f"{API}:sockets1/authorizers/*"),
        Permission("P4", "AuthorizeFunction", gateway, f"{API}:rest1/authorizers/*"),
        Permission("P5", "ConsumeFunction", events, RULE_ARN),
    ]
    return permissions
