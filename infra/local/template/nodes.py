"""The template as a tree that remembers its lines, with each intrinsic function as a node of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, number or truth value; dates stay text (`2012-10-17` is the version of a policy)."""

    line: int
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping; `lines` holds the line of each key."""

    line: int
    entries: Mapping[str, Node]
    lines: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Call:
    """An intrinsic function: `!Ref x`, `{"Ref": x}` and `{"Fn::Sub": x}` alike; `name` is without `Fn::`."""

    line: int
    name: str
    argument: Node


Node = Scalar | Items | Entries | Call


def children(node: Node) -> tuple[Node, ...]:
    """Give the nodes directly below a node."""
    match node:
        case Items():
            return node.items
        case Entries():
            return tuple(node.entries.values())
        case Call():
            return (node.argument,)
        case _:
            return ()


def calls(node: Node) -> Iterator[Call]:
    """Give every intrinsic function at or below a node, outermost first."""
    if isinstance(node, Call):
        yield node
    for child in children(node):
        yield from calls(child)


def plain(node: Node) -> object:
    """Give a node as plain JSON data, each call as `{"Fn::Name": argument}`: its content without its lines."""
    match node:
        case Scalar():
            return node.value
        case Items():
            return [plain(item) for item in node.items]
        case Entries():
            return {key: plain(value) for key, value in node.entries.items()}
        case Call():
            return {f"Fn::{node.name}": plain(node.argument)}
