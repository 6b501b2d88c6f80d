"""Whoever is to invoke a function may do so."""

from __future__ import annotations

from infra.local.template.resolved import Resources
from infra.local.wiring import Wiring

API_GATEWAY = "apigateway.amazonaws.com"
EVENTS = "events.amazonaws.com"


def check_permissions(wiring: Wiring, resources: Resources) -> None:
    """Check the permission behind every route, method, authorizer and target.

    Raises:
        TemplateError: one of them may not invoke its function.
    """
    for logical_id, principal, function_id, source_arn in _invocations(wiring):
        if not wiring.may_invoke(principal, function_id, source_arn):
            message = (
                f"{principal} may not invoke {function_id} for it: no AWS::Lambda::Permission on that function"
                f" has a SourceArn that matches {source_arn}"
            )
            raise resources.by_id[logical_id].error(message)


def _invocations(wiring: Wiring) -> list[tuple[str, str, str, str]]:
    """Give (whose, principal, function, source ARN) of everything that the template lets happen."""
    return [
        *(
            (route.logical_id, API_GATEWAY, route.function_id, wiring.route_arn(route))
            for route in wiring.socket_api.routes.values()
            if route.function_id is not None
        ),
        *(
            (method.logical_id, API_GATEWAY, method.function_id, wiring.method_arn(method))
            for method in wiring.rest_api.methods
        ),
        *_authorizer_invocations(wiring),
        *(
            (rule.logical_id, EVENTS, target.function_id, rule.arn)
            for rule in wiring.rules
            for target in rule.targets
        ),
    ]


def _authorizer_invocations(wiring: Wiring) -> list[tuple[str, str, str, str]]:
    users = {route.authorizer_id: wiring.socket_api.api_id for route in wiring.socket_api.routes.values()} | {
        method.authorizer_id: wiring.rest_api.api_id for method in wiring.rest_api.methods
    }
    return [
        (held.logical_id, API_GATEWAY, held.function_id, wiring.authorizer_arn(users[held.logical_id], held))
        for held in wiring.authorizers.values()
        if held.logical_id in users
    ]
