"""The resources that a stack makes, with every value resolved: what the builders of the wiring read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infra.local.template.document import Resource, Template
from infra.local.template.errors import TemplateError
from infra.local.template.names import StackNames, is_made
from infra.local.template.nodes import Entries, Items, Node
from infra.local.template.resolve import Resolver
from infra.local.template.text import as_text


@dataclass(frozen=True, slots=True)
class Resolved:
    """One resource. `ref` is what Ref answers for it, `arn` its ARN, which is `ref` where the stand-in knows none."""

    resource: Resource
    file: str
    name: str
    ref: str
    arn: str
    properties: Mapping[str, Any]

    @property
    def logical_id(self) -> str:
        """The name of the resource in the template."""
        return self.resource.logical_id

    def get(self, *path: str) -> Any:
        """Give a property, or None when it is not written; lists are not stepped into."""
        value: Any = self.properties
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        return value

    def text(self, *path: str) -> str:
        """Give a property that must be there, as text."""
        value = self.get(*path)
        if value is None:
            raise self.error(f"the property {'.'.join(path)} is missing")
        return as_text(value)

    def expect(self, name: str, *allowed: str) -> str:
        """Give a property that must be there, and be one of a few values."""
        value = self.text(*name.split("."))
        if value not in allowed:
            raise self.error(f"{name} is {value!r}; the stand-in can do {' or '.join(allowed)} only", name)
        return value

    def error(self, message: str, path: str = "") -> TemplateError:
        """Make an error about this resource; `path` (dotted) is the property whose line is told."""
        line = _line(self.resource, path) if path else self.resource.line
        return TemplateError(self.file, line, f"{self.logical_id}: {message}.")


@dataclass(frozen=True, slots=True)
class Resources:
    """Every resource that the stack makes."""

    by_id: Mapping[str, Resolved]
    file: str

    def of(self, resource_type: str) -> Iterator[Resolved]:
        """Give the resources of a type, in the order of the template."""
        return (held for held in self.by_id.values() if held.resource.resource_type == resource_type)

    def only(self, resource_type: str) -> Resolved:
        """Give the one resource of a type.

        Raises:
            TemplateError: there are several, or none.
        """
        held = list(self.of(resource_type))
        if len(held) != 1:
            message = f"{resource_type}: the template makes {len(held)} of these; the stand-in can do one."
            raise TemplateError(self.file, held[-1].resource.line if held else 1, message)
        return held[0]

    def by_ref(self, resource_type: str, ref: str, asking: Resolved, path: str) -> Resolved:
        """Find the resource of a type that a property of `asking` names by what Ref answers: its id or its name."""
        held = self.by_ref_or_arn(resource_type, ref, asking, path)
        if ref != held.ref:
            raise asking.error(f"{path} must be what Ref gives for {held.logical_id}, not its ARN", path)
        return held

    def by_arn(self, resource_type: str, arn: str, asking: Resolved, path: str) -> Resolved:
        """Find the resource of a type that a property of `asking` names by its ARN."""
        held = self.by_ref_or_arn(resource_type, arn, asking, path)
        if arn != held.arn:
            raise asking.error(
                f"{path} must be the ARN of {held.logical_id}, not what Ref gives for it", path
            )
        return held

    def by_ref_or_arn(self, resource_type: str, text: str, asking: Resolved, path: str) -> Resolved:
        """Find the resource of a type that a property of `asking` may name in either way."""
        for held in self.of(resource_type):
            if text in {held.ref, held.arn}:
                return held
        raise asking.error(f"{path} is {text!r}, which is no {resource_type} of this stack", path)


def resolve_resources(template: Template, names: StackNames) -> Resources:
    """Resolve every resource that the stack makes."""
    scope = names.scope()
    made = [resource for resource in template.resources.values() if is_made(scope, resource)]
    return Resources(
        {resource.logical_id: _resolved(resource, template, names) for resource in made}, template.file
    )


def _resolved(resource: Resource, template: Template, names: StackNames) -> Resolved:
    properties = Resolver(names.scope(), resource.logical_id).resolve(resource.properties)
    ref = names.ref(resource.logical_id) or ""
    arn = names.attribute(resource.logical_id, "Arn") or ref
    return Resolved(resource, template.file, names.name(resource), ref, arn, properties)


def texts(value: object) -> Sequence[str]:
    """Give a text, or a list of texts, as a list (IAM allows both)."""
    return [as_text(item) for item in value] if isinstance(value, list) else [as_text(value)]


def _line(resource: Resource, path: str) -> int:
    """Find the line of a property; that of its nearest known parent where it is not written."""
    node: Node = resource.properties
    line = resource.line
    for key in path.split("."):
        if isinstance(node, Items) and node.items:
            node = node.items[0]
        if not isinstance(node, Entries) or key not in node.entries:
            break
        line, node = node.lines[key], node.entries[key]
    return line
