"""Lambda functions, their execution roles and what may invoke them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from infra.local.template.resolved import Resolved, Resources, texts
from infra.local.template.text import as_text
from infra.local.wiring import AsyncConfig, Function, Grant, Permission, Role

FUNCTION = "AWS::Lambda::Function"
ROLE = "AWS::IAM::Role"
# AWS: Lambda, a function without a time-out of its own gets three seconds.
_DEFAULT_TIMEOUT_SECONDS = 3
# AWS: Lambda, quotas.
_LONGEST_TIMEOUT_SECONDS = 900
# AWS: Lambda tries an asynchronous invocation three times in all.
_DEFAULT_RETRIES = 2
_STATEMENT_KEYS = frozenset({"Sid", "Effect", "Action", "Resource"})


def functions(resources: Resources) -> dict[str, Function]:
    """Give every function by logical id."""
    return {held.logical_id: _function(held, resources) for held in resources.of(FUNCTION)}


def _function(held: Resolved, resources: Resources) -> Function:
    held.expect("Runtime", "python3.13")
    role = resources.by_arn(ROLE, held.text("Role"), held, "Role")
    variables = held.get("Environment", "Variables") or {}
    return Function(
        held.logical_id,
        held.ref,
        held.arn,
        held.text("Handler"),
        _timeout_seconds(held),
        {name: as_text(value) for name, value in variables.items()},
        role.logical_id,
        role.ref,
    )


def _timeout_seconds(held: Resolved) -> int:
    written = held.get("Timeout")
    if written is None:
        return _DEFAULT_TIMEOUT_SECONDS
    text = as_text(written)
    if not text.isdecimal() or not 1 <= int(text) <= _LONGEST_TIMEOUT_SECONDS:
        raise held.error(
            f"Timeout is {text!r}; Lambda takes 1 to {_LONGEST_TIMEOUT_SECONDS} seconds", "Timeout"
        )
    return int(text)


def roles(resources: Resources, used: Mapping[str, Function]) -> dict[str, Role]:
    """Give the execution role of every function by logical id."""
    ids = {function.role_id for function in used.values()}
    return {role_id: _role(resources.by_id[role_id]) for role_id in sorted(ids)}


def _role(held: Resolved) -> Role:
    if held.get("ManagedPolicyArns"):
        message = "a function's role names its actions itself; a managed policy hides them"
        raise held.error(message, "ManagedPolicyArns")
    _check_trust(held)
    statements = [
        statement
        for policy in held.get("Policies") or []
        for statement in policy["PolicyDocument"]["Statement"]
    ]
    return Role(held.logical_id, held.ref, frozenset(_grants(held, statements)))


def _check_trust(held: Resolved) -> None:
    for statement in held.get("AssumeRolePolicyDocument", "Statement") or []:
        services = texts(statement.get("Principal", {}).get("Service"))
        allows = statement.get("Effect") == "Allow" and "sts:AssumeRole" in texts(statement.get("Action"))
        if allows and "lambda.amazonaws.com" in services:
            return
    raise held.error("Lambda may not assume this role", "AssumeRolePolicyDocument")


def _grants(held: Resolved, statements: Sequence[Mapping[str, Any]]) -> Iterator[Grant]:
    for statement in statements:
        if statement.get("Effect") != "Allow" or not statement.keys() <= _STATEMENT_KEYS:
            message = "the stand-in can honour Allow with Action and Resource only"
            raise held.error(message, "Policies")
        for action in texts(statement.get("Action")):
            if "*" in action:
                message = f"the action {action} is a pattern; name the actions that are used"
                raise held.error(message, "Policies")
            yield from (Grant(action, resource) for resource in texts(statement.get("Resource")))


def permissions(resources: Resources) -> list[Permission]:
    """Give every permission to invoke a function."""
    return [_permission(held, resources) for held in resources.of("AWS::Lambda::Permission")]


def _permission(held: Resolved, resources: Resources) -> Permission:
    held.expect("Action", "lambda:InvokeFunction")
    function = resources.by_ref_or_arn(FUNCTION, held.text("FunctionName"), held, "FunctionName")
    return Permission(held.logical_id, function.logical_id, held.text("Principal"), held.text("SourceArn"))


def async_configs(resources: Resources) -> dict[str, AsyncConfig]:
    """Give the retries of asynchronous invocations by the function's logical id."""
    configs = [_async_config(held, resources) for held in resources.of("AWS::Lambda::EventInvokeConfig")]
    return {config.function_id: config for config in configs}


def _async_config(held: Resolved, resources: Resources) -> AsyncConfig:
    held.expect("Qualifier", "$LATEST")
    function = resources.by_ref_or_arn(FUNCTION, held.text("FunctionName"), held, "FunctionName")
    retries = held.get("MaximumRetryAttempts")
    destination = held.get("DestinationConfig", "OnFailure", "Destination")
    if destination is not None:
        resources.by_arn("AWS::SQS::Queue", destination, held, "DestinationConfig.OnFailure.Destination")
    return AsyncConfig(
        held.logical_id,
        function.logical_id,
        _DEFAULT_RETRIES if retries is None else int(retries),
        destination,
    )
