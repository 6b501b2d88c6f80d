"""An event that cannot be delivered ends in a queue: the rule may send there, and so may the function's retries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infra.local.template.resolved import Resolved, Resources, texts
from infra.local.wiring import Rule, Wiring, arn_matches

EVENTS = "events.amazonaws.com"
_SOURCE_ARN = "aws:SourceArn"
_ARN_OPERATORS = frozenset({"ArnEquals", "ArnLike"})


def check_undelivered(wiring: Wiring, resources: Resources) -> None:
    """Check the queue policies for each rule, and what the settings of asynchronous invocations are about.

    Raises:
        TemplateError: an event that failed would be lost without a word.
    """
    for rule in wiring.rules:
        for target in rule.targets:
            _check_queue(rule, target.dead_letter_arn, resources)
    _check_retries(wiring, resources)


def _check_retries(wiring: Wiring, resources: Resources) -> None:
    targets = {target.function_id for rule in wiring.rules for target in rule.targets}
    for config in wiring.async_configs.values():
        if config.function_id not in targets:
            message = (
                f"it is about {config.function_id}, which is no rule's target and never runs asynchronously"
            )
            raise resources.by_id[config.logical_id].error(message, "FunctionName")
        if config.on_failure_arn is None:
            message = (
                f"events that {config.function_id} fails on would be lost: it has no OnFailure destination"
            )
            raise resources.by_id[config.logical_id].error(message)
    for rule in wiring.rules:
        for target in rule.targets:
            if target.function_id not in wiring.async_configs:
                message = (
                    f"events that {target.function_id} fails on would be lost: it has no EventInvokeConfig"
                )
                raise resources.by_id[rule.logical_id].error(message, "Targets")


def _check_queue(rule: Rule, queue_arn: str | None, resources: Resources) -> None:
    held = resources.by_id[rule.logical_id]
    if queue_arn is None:
        message = "events that it cannot deliver would be lost: its target has no DeadLetterConfig"
        raise held.error(message, "Targets")
    queue = resources.by_arn("AWS::SQS::Queue", queue_arn, held, "Targets.DeadLetterConfig.Arn")
    statements = [
        statement
        for policy in resources.of("AWS::SQS::QueuePolicy")
        if queue.ref in texts(policy.get("Queues"))
        for statement in policy.get("PolicyDocument", "Statement") or []
    ]
    if not any(_lets_send(statement, rule, queue) for statement in statements):
        message = f"no AWS::SQS::QueuePolicy lets {EVENTS} send to {queue.logical_id} for it"
        raise held.error(message, "Targets.DeadLetterConfig.Arn")


def _lets_send(statement: Mapping[str, Any], rule: Rule, queue: Resolved) -> bool:
    principal = statement.get("Principal")
    services = texts(principal.get("Service")) if isinstance(principal, Mapping) else []
    return (
        statement.get("Effect") == "Allow"
        and EVENTS in services
        and "sqs:SendMessage" in texts(statement.get("Action"))
        and any(arn_matches(resource, queue.arn) for resource in texts(statement.get("Resource")))
        and _holds(statement.get("Condition") or {}, rule)
    )


def _holds(condition: Mapping[str, Any], rule: Rule) -> bool:
    """Say whether a condition holds for a rule; one that is about anything else is taken not to."""
    return all(
        operator in _ARN_OPERATORS
        and keys.keys() == {_SOURCE_ARN}
        and any(arn_matches(arn, rule.arn) for arn in texts(keys[_SOURCE_ARN]))
        for operator, keys in condition.items()
    )
