"""YAML text to nodes. CloudFormation's YAML has short tags (`!Ref`) and neither aliases nor merged keys."""

from __future__ import annotations

import yaml

from infra.local.template.errors import TemplateError
from infra.local.template.nodes import Call, Entries, Items, Node, Scalar

_YAML = "tag:yaml.org,2002:"
_LONG_FORM = "Fn::"
# `Condition` is an intrinsic only as a tag: as a key it is also a resource's own condition, or a policy's.
_KEYS_THAT_CALL = frozenset({"Ref"})


# libyaml reads the template in a tenth of the time.
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


def parse(text: str, file: str) -> Node:
    """Give the tree of a template.

    Raises:
        TemplateError: the text is no YAML, holds a key twice, or uses an alias.
    """
    try:
        _refuse_aliases(text, file)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise TemplateError(file, line, f"This is not YAML: {error.problem}.") from error
    if root is None:
        raise TemplateError(file, 1, "The template is empty.")
    return _node(root, file)


def _refuse_aliases(text: str, file: str) -> None:
    for token in yaml.scan(text, Loader=_LOADER):
        if isinstance(token, yaml.AliasToken):
            message = (
                f"The alias *{token.value} cannot be read: aliases are not part of CloudFormation's YAML."
            )
            raise TemplateError(file, token.start_mark.line + 1, message)


def _node(node: yaml.Node, file: str) -> Node:
    line = node.start_mark.line + 1
    if node.tag.startswith("!"):
        return Call(line, node.tag[1:], _called(node, file))
    return _untagged(node, file)


def _called(node: yaml.Node, file: str) -> Node:
    """Give a tag's argument; the short form of GetAtt writes a list as a dotted text."""
    argument = _untagged(node, file)
    if node.tag != "!GetAtt" or not isinstance(argument, Scalar):
        return argument
    parts = str(argument.value).split(".", 1)
    return Items(argument.line, tuple(Scalar(argument.line, part) for part in parts))


def _untagged(node: yaml.Node, file: str) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Items(line, tuple(_node(item, file) for item in node.value))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file)
    return Scalar(line, _scalar(node))


def _mapping(node: yaml.MappingNode, file: str) -> Node:
    entries: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in entries:
            raise TemplateError(
                file, line, f"The key {key} stands here twice; the first is at line {lines[key]}."
            )
        entries[key], lines[key] = _node(value_node, file), line
    if len(entries) == 1:
        key, argument = next(iter(entries.items()))
        if key in _KEYS_THAT_CALL or key.startswith(_LONG_FORM):
            return Call(lines[key], key.removeprefix(_LONG_FORM), argument)
    return Entries(node.start_mark.line + 1, entries, lines)


def _scalar(node: yaml.Node) -> str | int | float | bool | None:
    """Read a scalar as YAML does, but for dates, which CloudFormation takes as text."""
    if node.tag in {f"{_YAML}int", f"{_YAML}float", f"{_YAML}bool", f"{_YAML}null"}:
        value: str | int | float | bool | None = yaml.safe_load(node.value)
        return value
    return str(node.value)
