"""The routes of the protocol are all there, answer, and let nobody in without a token."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

from infra.local.template.resolved import Resources
from infra.local.wiring import SocketRoute, Wiring
from pipeline.core.messages import ClientMessage

SELECTION = "$request.body.action"
_LIFE = frozenset({"$connect", "$disconnect"})
# Its answer is always the same: it may cost no invocation.
_CONSTANT = frozenset({"ping"})
# What each handler of the REST API answers; it reads the path's parameters by these names (docs/protocol.md).
_ANSWERS = {
    "pipeline.handlers.get_results.handler": "GET /results/{statementId}",
    "pipeline.handlers.list_reports.handler": "GET /reports",
    "pipeline.handlers.list_queries.handler": "GET /queries",
}


def client_actions() -> frozenset[str]:
    """Give the actions that a client may send."""
    return frozenset(
        str(field.default)
        for kind in get_args(ClientMessage)
        for field in fields(kind)
        if field.name == "action"
    )


def check_routes(wiring: Wiring, resources: Resources) -> None:
    """Check the routes of the WebSocket API.

    Raises:
        TemplateError: an action has no route, an answer would be dropped, or a connection needs no token.
    """
    api = wiring.socket_api
    held = resources.by_id[api.logical_id]
    if api.selection != SELECTION:
        message = f"it selects routes by {api.selection!r}; messages name theirs in {SELECTION!r}"
        raise held.error(message, "RouteSelectionExpression")
    for key in sorted(client_actions() | _answered_by_functions()):
        if key not in api.routes:
            raise held.error(f"it has no route {key}")
    for route in api.routes.values():
        _check_route(route, resources)


def _answered_by_functions() -> frozenset[str]:
    """Give the routes that need a function: all but those, like ping, that change nothing."""
    return (client_actions() - _CONSTANT) | _LIFE | {"$default"}


def _check_route(route: SocketRoute, resources: Resources) -> None:
    held = resources.by_id[route.logical_id]
    if route.route_key == "$connect" and route.authorizer_id is None:
        raise held.error("anybody could connect: $connect has no authorizer", "AuthorizationType")
    if route.route_key != "$connect" and route.authorizer_id is not None:
        raise held.error("only $connect can have an authorizer", "AuthorizerId")
    if route.function_id is None and route.route_key in _answered_by_functions():
        raise held.error(
            f"no function would ever hear of {route.route_key}: its integration is MOCK", "Target"
        )
    if route.route_key not in _LIFE and not route.responds:
        message = (
            "its answer would be dropped: it needs a route response and RouteResponseSelectionExpression"
        )
        raise held.error(message, "RouteResponseSelectionExpression")


def check_methods(wiring: Wiring, resources: Resources) -> None:
    """Check that every method of the REST API asks for a token, and invokes the function that answers it.

    Raises:
        TemplateError: one does not.
    """
    for method in wiring.rest_api.methods:
        held = resources.by_id[method.logical_id]
        if method.authorizer_id is None:
            raise held.error(f"anybody could call {method.path}: it has no authorizer", "AuthorizationType")
        asked, handler = f"{method.http_method} {method.path}", wiring.functions[method.function_id].handler
        answered = _ANSWERS.get(handler, asked)
        if asked != answered:
            message = f"it is {asked}, but {method.function_id} answers {answered}"
            raise held.error(message, "ResourceId")
