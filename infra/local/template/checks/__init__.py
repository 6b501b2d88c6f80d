"""Faults in the wiring that need no run to be seen, each told with the logical id that it is about.

On AWS each of them deploys without a word, and shows when the first user presses Submit.
"""

from __future__ import annotations

from infra.local.template.checks.environment import check_environment
from infra.local.template.checks.handlers import check_handlers
from infra.local.template.checks.permissions import check_permissions
from infra.local.template.checks.routes import check_methods, check_routes
from infra.local.template.checks.rules import check_rules
from infra.local.template.checks.state import check_state
from infra.local.template.checks.undelivered import check_undelivered
from infra.local.template.resolved import Resources
from infra.local.wiring import Wiring

__all__ = ["check_wiring"]


def check_wiring(wiring: Wiring, resources: Resources) -> None:
    """Check everything that can be known before the first request.

    Raises:
        TemplateError: something would not work.
    """
    check_handlers(wiring, resources)
    check_environment(wiring, resources)
    check_state(wiring, resources)
    check_routes(wiring, resources)
    check_methods(wiring, resources)
    check_permissions(wiring, resources)
    check_rules(wiring, resources)
    check_undelivered(wiring, resources)
