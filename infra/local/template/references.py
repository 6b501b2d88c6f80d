"""What a template refers to, checked before anything is resolved: also in what this stack does not make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from infra.local.template.document import Resource, Template
from infra.local.template.nodes import Call, Entries, Items, Node, Scalar, calls
from infra.local.template.resolve import PLACEHOLDER, SUPPORTED
from infra.local.template.text import as_text


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that something refers to, and where."""

    line: int
    name: str


def check_references(template: Template) -> None:
    """Check every function and every name that one refers to.

    Raises:
        TemplateError: a function is not supported, a name is not in the template, or resources need each other.
    """
    for section in ("Conditions", "Outputs"):
        for name, node in template.section(section).items():
            _check_node(template, name, node)
    for resource in template.resources.values():
        _check_node(template, resource.logical_id, resource.properties)
        _check_dependencies(template, resource)
    _check_circles(template)


def _check_node(template: Template, subject: str, node: Node) -> None:
    for call in calls(node):
        if call.name not in SUPPORTED:
            message = f"{subject}: the intrinsic function {call.name} is not supported."
            raise template.error(call.line, message)
        _check_condition(template, subject, call)
    known = template.section("Parameters").keys() | template.resources.keys()
    for reference in references(node):
        if reference.name not in known:
            message = f"{subject}: {reference.name} is neither a parameter nor a resource of this template."
            raise template.error(reference.line, message)


def _check_condition(template: Template, subject: str, call: Call) -> None:
    """Check the condition of an If, also of one that this stack never comes to."""
    if call.name != "If" or not isinstance(call.argument, Items) or not call.argument.items:
        return
    first = call.argument.items[0]
    name = as_text(first.value) if isinstance(first, Scalar) else ""
    if name not in template.section("Conditions"):
        raise template.error(first.line, f"{subject}: the template has no condition {name}.")


def _check_dependencies(template: Template, resource: Resource) -> None:
    for name in resource.depends_on:
        if name not in template.resources:
            message = f"{resource.logical_id}: it depends on {name}, which is no resource of this template."
            raise template.error(resource.line, message)
    if resource.condition is not None and resource.condition not in template.section("Conditions"):
        message = f"{resource.logical_id}: the template has no condition {resource.condition}."
        raise template.error(resource.line, message)


def _check_circles(template: Template) -> None:
    """AWS: CloudFormation refuses resources that need each other to be made."""
    needs = {
        resource.logical_id: {reference.name for reference in references(resource.properties)}
        | set(resource.depends_on)
        for resource in template.resources.values()
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        circle = error.args[1]
        line = template.resources[circle[0]].line
        raise template.error(
            line, f"{circle[0]}: these resources need each other: {', '.join(circle)}."
        ) from error


def references(node: Node) -> Iterator[Reference]:
    """Give what Ref, GetAtt and Sub name at or below a node, but for pseudo parameters."""
    for call in calls(node):
        for name in _names(call):
            if not name.startswith("AWS::"):
                yield Reference(call.line, name)


def _names(call: Call) -> Iterator[str]:
    if call.name == "Ref" and isinstance(call.argument, Scalar):
        yield as_text(call.argument.value)
    if call.name == "GetAtt" and isinstance(call.argument, Items) and call.argument.items:
        first = call.argument.items[0]
        yield as_text(first.value) if isinstance(first, Scalar) else ""
    if call.name == "Sub":
        yield from _placeholders(call.argument)


def _placeholders(argument: Node) -> Iterator[str]:
    template, own = argument, frozenset[str]()
    if isinstance(argument, Items) and argument.items:
        template = argument.items[0]
        last = argument.items[-1]
        own = frozenset(last.entries) if isinstance(last, Entries) else own
    if not isinstance(template, Scalar):
        return
    for match in PLACEHOLDER.finditer(as_text(template.value)):
        name = match[1].strip()
        if name not in own:
            yield name.partition(".")[0]
