"""Faults in the wiring that need no run to be seen, each told with the logical id that it is about.

On AWS each of them deploys without a word, and shows when the first user presses Submit.
"""

from __future__ import annotations

from collections.abc import Mapping

from infra.local.template.checks.addresses import check_addresses
from infra.local.template.checks.authorizers import check_authorizers
from infra.local.template.checks.environment import check_environment
from infra.local.template.checks.gateway_responses import check_gateway_responses
from infra.local.template.checks.handlers import check_handlers
from infra.local.template.checks.mocks import check_mocks
from infra.local.template.checks.permissions import check_permissions
from infra.local.template.checks.reach import check_reach
from infra.local.template.checks.routes import check_methods, check_routes
from infra.local.template.checks.rules import check_rules
from infra.local.template.checks.state import check_state
from infra.local.template.checks.timeouts import check_timeouts
from infra.local.template.checks.undelivered import check_undelivered
from infra.local.template.checks.warehouse import check_warehouse
from infra.local.template.document import Template
from infra.local.template.resolved import Resources
from infra.local.wiring import Wiring

__all__ = ["check_wiring"]


def check_wiring(
    wiring: Wiring, resources: Resources, template: Template, parameters: Mapping[str, str]
) -> None:
    """Check everything that can be known before the first request; `parameters` are the stack's, with their values.

    Raises:
        TemplateError: something would not work.
    """
    check_handlers(wiring, resources)
    check_timeouts(wiring, resources)
    check_environment(wiring, resources)
    check_warehouse(wiring, resources, parameters)
    check_state(wiring, resources)
    check_addresses(wiring, resources, template)
    check_reach(resources)
    check_routes(wiring, resources)
    check_methods(wiring, resources)
    check_authorizers(resources)
    check_mocks(resources)
    check_gateway_responses(wiring, resources)
    check_permissions(wiring, resources)
    check_rules(wiring, resources)
    check_undelivered(wiring, resources)
