"""The intrinsic functions: from nodes to values.

The supported ones are `Ref Sub GetAtt Join If Equals Not And Or`. What a resource answers to Ref and GetAtt comes from
outside (`Names`), so that this module knows no resource type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from infra.local.template.document import Template
from infra.local.template.errors import TemplateError
from infra.local.template.nodes import Call, Entries, Items, Node, Scalar
from infra.local.template.text import as_text

NO_VALUE = object()
"""What `AWS::NoValue` resolves to: the entry that holds it is as if it were not written."""

PLACEHOLDER = re.compile(r"\$\{([^!{}][^{}]*)\}")
_LITERAL = re.compile(r"\$\{!([^{}]*)\}")


class Names(Protocol):
    """What resources answer to Ref and GetAtt."""

    def ref(self, logical_id: str) -> str | None:
        """Give what Ref answers; None when the stack makes no such resource."""
        ...

    def attribute(self, logical_id: str, name: str) -> str | None:
        """Give what GetAtt answers; None when there is no such resource or attribute."""
        ...


@dataclass(frozen=True, slots=True)
class Scope:
    """What a template's functions can see: values by name (parameters and pseudo parameters), and resources."""

    template: Template
    values: Mapping[str, str]
    names: Names


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves nodes; `subject` is the logical id that the node belongs to, and opens every sentence."""

    scope: Scope
    subject: str

    def resolve(self, node: Node) -> Any:
        """Give the value of a node.

        Raises:
            TemplateError: a function is unknown or ill-formed, or refers to something that is not there.
        """
        match node:
            case Scalar():
                return node.value
            case Items():
                return [value for value in map(self.resolve, node.items) if value is not NO_VALUE]
            case Entries():
                resolved = {key: self.resolve(child) for key, child in node.entries.items()}
                return {key: value for key, value in resolved.items() if value is not NO_VALUE}
            case Call():
                return self._call(node)

    def truth(self, node: Node) -> bool:
        """Give the value of a condition."""
        value = self.resolve(node)
        if not isinstance(value, bool):
            raise self.error(node.line, "a condition is made of Equals, Not, And and Or")
        return value

    def condition(self, name: str, line: int) -> bool:
        """Say whether a condition of the template holds; `line` is where it is asked for.

        Raises:
            TemplateError: the template has no such condition.
        """
        conditions = self.scope.template.section("Conditions")
        if name not in conditions:
            raise self.error(line, f"the template has no condition {name}")
        return Resolver(self.scope, name).truth(conditions[name])

    def error(self, line: int, message: str) -> TemplateError:
        """Make an error about a line of this resolver's subject."""
        return self.scope.template.error(line, f"{self.subject}: {message}.")

    def _call(self, call: Call) -> Any:
        if call.name not in _FUNCTIONS:
            raise self.error(call.line, f"the intrinsic function {call.name} is not supported")
        return _FUNCTIONS[call.name](self, call)

    def ref(self, line: int, name: str) -> str | object:
        """Give what `Ref` answers for a parameter, a pseudo parameter or a resource."""
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in self.scope.values:
            return self.scope.values[name]
        value = self.scope.names.ref(name)
        if value is None:
            raise self.error(line, f"{name} is neither a parameter nor a resource of this stack")
        return value

    def attribute(self, line: int, logical_id: str, name: str) -> str:
        """Give what `GetAtt` answers for a resource."""
        value = self.scope.names.attribute(logical_id, name)
        if value is None:
            raise self.error(line, f"{logical_id}.{name} is no attribute that the stand-in knows")
        return value

    def arguments(self, call: Call, *counts: int) -> tuple[Node, ...]:
        """Give the arguments of a call, of which there must be one of these counts."""
        items = call.argument.items if isinstance(call.argument, Items) else ()
        if len(items) not in counts:
            raise self.error(call.line, f"{call.name} is written with the wrong number of arguments")
        return items


def _ref(resolver: Resolver, call: Call) -> str | object:
    if not isinstance(call.argument, Scalar):
        raise resolver.error(call.line, "Ref takes a name")
    return resolver.ref(call.line, as_text(call.argument.value))


def _get_att(resolver: Resolver, call: Call) -> str:
    logical_id, name = (as_text(resolver.resolve(node)) for node in resolver.arguments(call, 2))
    return resolver.attribute(call.line, logical_id, name)


def _sub(resolver: Resolver, call: Call) -> str:
    template, own = _sub_arguments(resolver, call)

    def value(match: re.Match[str]) -> str:
        name = match[1].strip()
        if name in own:
            return own[name]
        logical_id, _, attribute = name.partition(".")
        if attribute:
            return resolver.attribute(call.line, logical_id, attribute)
        return as_text(resolver.ref(call.line, name))

    return _LITERAL.sub(r"${\1}", PLACEHOLDER.sub(value, template))


def _sub_arguments(resolver: Resolver, call: Call) -> tuple[str, dict[str, str]]:
    if isinstance(call.argument, Scalar):
        return as_text(call.argument.value), {}
    template, own = resolver.arguments(call, 2)
    values = resolver.resolve(own)
    if not isinstance(template, Scalar) or not isinstance(values, dict):
        raise resolver.error(call.line, "Sub takes a text, or a text and a mapping")
    return as_text(template.value), {name: as_text(value) for name, value in values.items()}


def _join(resolver: Resolver, call: Call) -> str:
    separator, parts = (resolver.resolve(node) for node in resolver.arguments(call, 2))
    if not isinstance(parts, list):
        raise resolver.error(call.line, "Join takes a separator and a list")
    return as_text(separator).join(as_text(part) for part in parts)


def _if(resolver: Resolver, call: Call) -> Any:
    condition, then, otherwise = resolver.arguments(call, 3)
    name = as_text(resolver.resolve(condition))
    return resolver.resolve(then if resolver.condition(name, call.line) else otherwise)


def _equals(resolver: Resolver, call: Call) -> bool:
    first, second = (resolver.resolve(node) for node in resolver.arguments(call, 2))
    return as_text(first) == as_text(second)


def _not(resolver: Resolver, call: Call) -> bool:
    return not resolver.truth(resolver.arguments(call, 1)[0])


def _truths(resolver: Resolver, call: Call) -> list[bool]:
    """Give every operand's truth; also those that would not change the result, so that none hides a fault."""
    return [resolver.truth(node) for node in resolver.arguments(call, *_OPERANDS)]


def _and(resolver: Resolver, call: Call) -> bool:
    return all(_truths(resolver, call))


def _or(resolver: Resolver, call: Call) -> bool:
    return any(_truths(resolver, call))


# AWS: CloudFormation's And and Or take two to ten conditions.
_OPERANDS = range(2, 11)

_FUNCTIONS: Mapping[str, Callable[[Resolver, Call], Any]] = {
    "Ref": _ref,
    "Sub": _sub,
    "GetAtt": _get_att,
    "Join": _join,
    "If": _if,
    "Equals": _equals,
    "Not": _not,
    "And": _and,
    "Or": _or,
}
SUPPORTED = frozenset(_FUNCTIONS)
"""The intrinsic functions by their names without `Fn::`."""
