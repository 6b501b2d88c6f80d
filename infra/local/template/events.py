"""EventBridge rules and their targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infra.local.template.functions import FUNCTION
from infra.local.template.resolved import Resolved, Resources
from infra.local.wiring import Rule, Target

RULE = "AWS::Events::Rule"
# AWS: EventBridge tries a target 185 times within a day when the rule says nothing.
_DEFAULT_RETRIES = 185


def rules(resources: Resources) -> list[Rule]:
    """Give every rule."""
    return [_rule(held, resources) for held in resources.of(RULE)]


def _rule(held: Resolved, resources: Resources) -> Rule:
    held.expect("State", "ENABLED")
    pattern = held.get("EventPattern")
    if not isinstance(pattern, Mapping):
        raise held.error("the stand-in can do rules with an event pattern only")
    targets = [_target(target, held, resources) for target in held.get("Targets") or []]
    if not targets:
        raise held.error("a rule without a target delivers nothing")
    return Rule(held.logical_id, held.arn, pattern, targets)


def _target(target: Mapping[str, Any], held: Resolved, resources: Resources) -> Target:
    function = resources.by_arn(FUNCTION, str(target.get("Arn")), held, "Targets.Arn")
    dead_letters = target.get("DeadLetterConfig", {}).get("Arn")
    if dead_letters is not None:
        resources.by_arn("AWS::SQS::Queue", dead_letters, held, "Targets.DeadLetterConfig.Arn")
    retries = target.get("RetryPolicy", {}).get("MaximumRetryAttempts", _DEFAULT_RETRIES)
    return Target(str(target.get("Id")), function.logical_id, int(retries), dead_letters)
