"""What a stack is made with: its name, its place, and the values of its parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from infra.local.template.document import Template
from infra.local.template.nodes import Entries, Items, Node, Scalar
from infra.local.template.text import as_text

_USED = frozenset({"Type", "Default", "AllowedValues", "AllowedPattern", "MinLength", "MinValue", "MaxValue"})
_REMARKS = frozenset({"Description", "ConstraintDescription", "NoEcho"})
_TYPES = frozenset({"String", "Number"})


@dataclass(frozen=True, slots=True)
class Stack:
    """Where the template is made: `parameters` holds every parameter of the template, as text."""

    name: str
    region: str
    account: str
    parameters: Mapping[str, str]

    def pseudo_parameters(self) -> Mapping[str, str]:
        """Give the values that every stack has (AWS: pseudo parameters reference)."""
        stack_id = f"arn:aws:cloudformation:{self.region}:{self.account}:stack/{self.name}/local"
        return {
            "AWS::AccountId": self.account,
            "AWS::Partition": "aws",
            "AWS::Region": self.region,
            "AWS::StackId": stack_id,
            "AWS::StackName": self.name,
            "AWS::URLSuffix": "amazonaws.com",
        }


def parameter_values(template: Template, given: Mapping[str, str]) -> dict[str, str]:
    """Give the value of each parameter: the given one, or its default.

    Raises:
        TemplateError: a value is missing or not allowed, or belongs to no parameter.
    """
    declared = template.section("Parameters")
    for name in given:
        if name not in declared:
            raise template.error(1, f"{name}: the template has no such parameter.")
    return {name: _value(template, name, node, given.get(name)) for name, node in declared.items()}


def _value(template: Template, name: str, node: Node, given: str | None) -> str:
    declaration = _declaration(template, name, node)
    default = declaration.get("Default")
    value = given if given is not None else default
    if value is None:
        raise template.error(node.line, f"{name}: this parameter has no default and was given no value.")
    reason = _refusal(str(value), declaration)
    if reason:
        raise template.error(node.line, f"{name}: the value {value!r} {reason}.")
    return str(value)


def _declaration(template: Template, name: str, node: Node) -> dict[str, str | list[str]]:
    if not isinstance(node, Entries):
        raise template.error(node.line, f"{name}: this parameter is not a mapping.")
    for key, line in node.lines.items():
        if key not in _USED | _REMARKS:
            raise template.error(
                line, f"{name}: the stand-in does not know what {key} means for a parameter."
            )
    declaration = {key: _declared(entry) for key, entry in node.entries.items()}
    if declaration.get("Type") not in _TYPES:
        line = node.lines.get("Type", node.line)
        raise template.error(line, f"{name}: the stand-in knows the parameter types String and Number only.")
    return declaration


def _declared(node: Node) -> str | list[str]:
    match node:
        case Scalar():
            return as_text(node.value)
        case Items():
            return [as_text(item.value) for item in node.items if isinstance(item, Scalar)]
        case _:
            return ""


def _refusal(value: str, declaration: Mapping[str, str | list[str]]) -> str | None:
    """Say why a value is not allowed; None when it is."""
    if "AllowedValues" in declaration and value not in declaration["AllowedValues"]:
        return "is not one of its AllowedValues"
    if "AllowedPattern" in declaration and not re.fullmatch(str(declaration["AllowedPattern"]), value):
        return "does not match its AllowedPattern"
    if len(value) < int(str(declaration.get("MinLength", 0))):
        return "is shorter than its MinLength"
    return _number_refusal(value, declaration) if declaration["Type"] == "Number" else None


def _number_refusal(value: str, declaration: Mapping[str, str | list[str]]) -> str | None:
    try:
        number = float(value)
    except ValueError:
        return "is not a number"
    if number < float(str(declaration.get("MinValue", "-inf"))):
        return "is below its MinValue"
    if number > float(str(declaration.get("MaxValue", "inf"))):
        return "is above its MaxValue"
    return None
