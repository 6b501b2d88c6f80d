"""Who may invoke which function: the template's `AWS::Lambda::Permission`, with every refusal in the log."""

from __future__ import annotations

import logging

from infra.local.wiring import Wiring

API_GATEWAY = "apigateway.amazonaws.com"
EVENT_BRIDGE = "events.amazonaws.com"

_log = logging.getLogger(__name__)


class Permissions:
    """Decides invocations by other services."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def allows(self, function_id: str, principal: str, source_arn: str) -> bool:
        """Say whether the service may invoke the function on behalf of `source_arn`."""
        allowed = self._wiring.may_invoke(principal, function_id, source_arn)
        if not allowed:
            _log.error(
                "%s: no Lambda::Permission lets %s invoke it for %s.", function_id, principal, source_arn
            )
        return allowed
