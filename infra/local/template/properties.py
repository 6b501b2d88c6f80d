"""Every resource's type and properties against what the stand-in knows: nothing is left out in silence."""

from __future__ import annotations

from infra.local.template.document import Resource, Template
from infra.local.template.kinds import KINDS, Kind
from infra.local.template.nodes import Call, Entries, Items, Node


def check_properties(template: Template) -> None:
    """Check the type of every resource, and the name of every property.

    Raises:
        TemplateError: one of them is not known.
    """
    for resource in template.resources.values():
        kind = KINDS.get(resource.resource_type)
        if kind is None:
            message = (
                f"{resource.logical_id}: the stand-in does not know the type {resource.resource_type!r}."
            )
            raise template.error(resource.line, message)
        if kind.treatment != "not imitated":
            _check(template, resource, kind, "", resource.properties)


def _check(template: Template, resource: Resource, kind: Kind, path: str, node: Node) -> None:
    """Check what is below a property of which only parts are known."""
    match node:
        case Entries():
            for key, child in node.entries.items():
                _check_key(template, resource, kind, f"{path}.{key}".lstrip("."), node.lines[key], child)
        case Items():
            for item in node.items:
                _check(template, resource, kind, path, item)
        case Call(name="If", argument=Items(items=(_, *branches))):
            for branch in branches:
                _check(template, resource, kind, path, branch)
        case _:
            return


def _check_key(template: Template, resource: Resource, kind: Kind, path: str, line: int, node: Node) -> None:
    if kind.knows(path):
        return
    if not kind.knows_below(path):
        message = (
            f"{resource.logical_id}: the stand-in does not know what the property {path} of"
            f" {resource.resource_type} changes."
        )
        raise template.error(line, message)
    _check(template, resource, kind, path, node)
