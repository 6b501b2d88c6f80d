"""Every rule lets the events through that statements of this stack cause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infra.local.template.resolved import Resources
from infra.local.wiring import Function, Rule, Wiring

SOURCE = "aws.redshift-data"
DETAIL_TYPE = "Redshift Data Statement Status Change"
# Only a function that submits is told where to.
_MARK_OF_SUBMITTERS = "WAREHOUSE_WORKGROUP"


def check_rules(wiring: Wiring, resources: Resources) -> None:
    """Check the pattern of every rule.

    Raises:
        TemplateError: a pattern would not match the event of a statement that this stack submitted.
    """
    submitters = [held for held in wiring.functions.values() if _MARK_OF_SUBMITTERS in held.environment]
    for rule in wiring.rules:
        _check_field(rule, resources, "source", rule.pattern, SOURCE)
        _check_field(rule, resources, "detail-type", rule.pattern, DETAIL_TYPE)
        for function in submitters:
            principal = principal_of(function, wiring.account)
            _check_field(rule, resources, "principal", rule.pattern.get("detail", {}), principal, "detail.")


def principal_of(function: Function, account: str) -> str:
    """Give the principal that the events of a function's statements name (seen on AWS in a real event)."""
    return f"arn:aws:sts::{account}:assumed-role/{function.role_name}/{function.name}"


def _check_field(
    rule: Rule, resources: Resources, name: str, pattern: Mapping[str, Any], sent: str, parent: str = ""
) -> None:
    """Check one field that a pattern lists; a pattern without it, or with an operator, is left to the event bus."""
    allowed = pattern.get(name)
    if allowed is None or sent in allowed or any(isinstance(value, Mapping) for value in allowed):
        return
    message = f"its pattern allows {parent}{name} {allowed}, but the events of our statements say {sent!r}"
    raise resources.by_id[rule.logical_id].error(message, f"EventPattern.{parent}{name}")
