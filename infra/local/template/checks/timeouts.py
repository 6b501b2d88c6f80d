"""A function behind an API ends before API Gateway stops waiting for it: its own time-out is the shorter one."""

from __future__ import annotations

from infra.local.gateway.limits import INTEGRATION_SECONDS
from infra.local.template.resolved import Resources
from infra.local.wiring import Wiring


def check_timeouts(wiring: Wiring, resources: Resources) -> None:
    """Check the time-out of every function that a route, a method or an authorizer invokes.

    Raises:
        TemplateError: one may run on when its caller has been told that it failed.
    """
    behind_an_api = {
        *(route.function_id for route in wiring.socket_api.routes.values()),
        *(method.function_id for method in wiring.rest_api.methods),
        *(authorizer.function_id for authorizer in wiring.authorizers.values()),
    }
    for function in wiring.functions.values():
        if function.logical_id in behind_an_api and function.timeout_seconds >= INTEGRATION_SECONDS:
            message = (
                f"Timeout is {function.timeout_seconds} s, but API Gateway waits {INTEGRATION_SECONDS:g} s;"
                " it must be less"
            )
            raise resources.by_id[function.logical_id].error(message, "Timeout")
