"""The sections of a template, and its resources with the lines that they stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.local.template.errors import TemplateError
from infra.local.template.nodes import Entries, Items, Node, Scalar
from infra.local.template.parse import parse

_REMARKS = frozenset({"AWSTemplateFormatVersion", "Description", "Metadata"})
_SECTIONS = frozenset({"Parameters", "Rules", "Conditions", "Resources", "Outputs"})
_RESOURCE_KEYS = frozenset(
    {"Type", "Properties", "DependsOn", "Condition", "DeletionPolicy", "UpdateReplacePolicy", "Metadata"}
)


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource as written: `condition` is None when it is always made."""

    logical_id: str
    resource_type: str
    line: int
    properties: Entries
    depends_on: tuple[str, ...]
    condition: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """A template as written; `file` is its name in every sentence about it."""

    file: str
    sections: Mapping[str, Entries]
    resources: Mapping[str, Resource]

    def section(self, name: str) -> Mapping[str, Node]:
        """Give the entries of a section; empty when it is not there."""
        return self.sections[name].entries if name in self.sections else {}

    def error(self, line: int, message: str) -> TemplateError:
        """Make an error about a line."""
        return TemplateError(self.file, line, message)


def load(path: Path) -> Template:
    """Read a template.

    Raises:
        TemplateError: it has a section, or a key in a resource, that the stand-in does not know.
    """
    file = _shown(path)
    root = parse(path.read_text(encoding="utf-8"), file)
    if not isinstance(root, Entries):
        raise TemplateError(file, root.line, "The template is not a mapping of sections.")
    sections = _sections(root, file)
    if "Resources" not in sections:
        raise TemplateError(file, root.line, "The template has no Resources.")
    return Template(file, sections, _resources(sections["Resources"], file))


def _sections(root: Entries, file: str) -> dict[str, Entries]:
    sections: dict[str, Entries] = {}
    for name, node in root.entries.items():
        if name not in _SECTIONS | _REMARKS:
            raise TemplateError(
                file, root.lines[name], f"The section {name} is not one that the stand-in knows."
            )
        if isinstance(node, Entries):
            sections[name] = node
        elif name not in _REMARKS:
            raise TemplateError(file, root.lines[name], f"The section {name} is not a mapping.")
    return sections


def _shown(path: Path) -> str:
    """Give the path as people write it: relative where it is below the working folder."""
    here = Path.cwd()
    return str(path.resolve().relative_to(here) if path.resolve().is_relative_to(here) else path)


def _resources(section: Entries, file: str) -> dict[str, Resource]:
    return {name: _resource(name, section.lines[name], node, file) for name, node in section.entries.items()}


def _resource(logical_id: str, line: int, node: Node, file: str) -> Resource:
    if not isinstance(node, Entries):
        raise TemplateError(file, line, f"{logical_id}: this resource is not a mapping.")
    for key, key_line in node.lines.items():
        if key not in _RESOURCE_KEYS:
            message = f"{logical_id}: the stand-in does not know what {key} means for a resource."
            raise TemplateError(file, key_line, message)
    properties = node.entries.get("Properties", Entries(line, {}, {}))
    if not isinstance(properties, Entries):
        raise TemplateError(file, properties.line, f"{logical_id}: its Properties are not a mapping.")
    condition = _texts(node.entries.get("Condition"))
    return Resource(
        logical_id,
        "".join(_texts(node.entries.get("Type"))),
        node.lines.get("Type", line),
        properties,
        _texts(node.entries.get("DependsOn")),
        condition[0] if condition else None,
    )


def _texts(node: Node | None) -> tuple[str, ...]:
    """Read a text or a list of texts; none where the key is missing."""
    match node:
        case Scalar():
            return (str(node.value),)
        case Items():
            return tuple(text for item in node.items for text in _texts(item))
        case _:
            return ()
