"""One reader and one writer between dataclasses and what travels as JSON or stands in a TOML declaration.

The dataclass is the schema: a field `query_id: str` is `queryId` on the wire, must be there unless it has a
default, and must have exactly the type that it names. Supported: str, int, float, bool, Literal, datetime,
X | None, unions of plain types, tuple[X, ...], Mapping[str, X], Any and nested dataclasses.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial
from math import isfinite
from typing import Any, Literal, TypeVar

from pipeline.core.instants import instant_text, parse_instant

T = TypeVar("T")

# Reads a value; is told whether unknown fields are refused, and the value's place.
_Reader = Callable[[Any, bool, str], Any]

_WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
_PLAIN = frozenset({str, int, float, bool, types.NoneType})

ROWS: Mapping[str, Any] = types.MappingProxyType({"rows": True})
"""Metadata of a field that holds rows of plain JSON values: they pass as they are.

Looking at every cell would cost more than all the rest of an answer of a thousand rows."""


class SchemaError(ValueError):
    """A value that does not have the form asked for; `field` is its place, for example `columns[2].role`."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}" if field else message)
        self.field = field
        self.message = message


def wire_name(field_name: str) -> str:
    """Give the wire's name of a field: `query_id` is `queryId`."""
    first, *rest = field_name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def to_wire(value: Any) -> Any:
    """Give the JSON form of a dataclass, or of anything that its fields may hold."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    fields = _wire_fields(kind)
    if fields is not None:
        return {name: write(getattr(value, attribute)) for attribute, name, write in fields}
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, Mapping):
        return {name: to_wire(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_wire(item) for item in value]
    return value


@cache
def _wire_fields(kind: Any) -> tuple[tuple[str, str, Callable[[Any], Any]], ...] | None:
    """Give a dataclass's attributes, their names on the wire and their writers; None for any other type."""
    if not dataclasses.is_dataclass(kind):
        return None
    return tuple(
        (f.name, wire_name(f.name), _rows_to_wire if f.metadata == ROWS else to_wire)
        for f in dataclasses.fields(kind)
    )


def _rows_to_wire(value: Any) -> list[list[Any]]:
    return list(map(list, value))


def from_wire(kind: type[T], data: Any, *, refuse_unknown: bool = True, field: str = "") -> T:
    """Read a dataclass from its JSON form.

    Raises:
        SchemaError: a field is missing, has another type, or (with `refuse_unknown`) is not known.
    """
    if not isinstance(data, Mapping):
        raise SchemaError(field, "must be an object")
    known = _fields(typing.cast("Any", kind))
    if refuse_unknown and (unknown := sorted(set(data) - set(known))):
        raise SchemaError(_join(field, str(unknown[0])), "is not known here")
    values = {}
    for name, (attribute, read, required) in known.items():
        if name in data:
            values[attribute] = read(data[name], refuse_unknown, _join(field, name))
        elif required:
            raise SchemaError(_join(field, name), "is missing")
    return kind(**values)


@cache
def _fields(kind: Any) -> dict[str, tuple[str, _Reader, bool]]:
    """Give a dataclass's attributes by their names on the wire, with their readers, and whether they must be there.

    What a type calls for is found out here, once, and not at each value.
    """
    hints = typing.get_type_hints(kind)
    return {
        wire_name(f.name): (
            f.name,
            _read_rows if f.metadata == ROWS else _reader(hints[f.name]),
            f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING,
        )
        for f in dataclasses.fields(kind)
    }


def _join(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _reader(hint: Any) -> _Reader:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        inner = [arm for arm in arguments if arm is not types.NoneType]
        return partial(_read_union, arguments, _reader(inner[0]) if len(inner) == 1 else None)
    if origin is Literal:
        return partial(_read_literal, arguments)
    if origin is tuple:
        return partial(_read_list, _reader(arguments[0]))
    if origin is not None and issubclass(origin, Mapping):
        return partial(_read_mapping, _reader(arguments[1]))
    if dataclasses.is_dataclass(hint):
        return partial(_read_dataclass, typing.cast("type[Any]", hint))
    return _OTHERS.get(hint) or partial(_read_scalar, hint)


def _read_union(
    arms: tuple[Any, ...], read: _Reader | None, value: Any, refuse_unknown: bool, field: str
) -> Any:
    """Read `X | None` with the reader of X, or a union of plain types such as `str | int | None`."""
    if type(value) in arms:
        return _finite(value, field)
    if read is None:
        words = [_WORDS[arm] for arm in arms if arm is not types.NoneType]
        raise SchemaError(field, f"must be {' or '.join(words)}")
    return read(value, refuse_unknown, field)


def _read_literal(allowed: tuple[Any, ...], value: Any, _: bool, field: str) -> Any:
    if not isinstance(value, str) or value not in allowed:
        raise SchemaError(field, f"must be one of {', '.join(allowed)}")
    return value


def _read_list(read: _Reader, value: Any, refuse_unknown: bool, field: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise SchemaError(field, "must be a list")
    return tuple([read(entry, refuse_unknown, f"{field}[{n}]") for n, entry in enumerate(value)])


def _read_rows(value: Any, _: bool, field: str) -> tuple[tuple[Any, ...], ...]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise SchemaError(field, "must be a list of lists")
    return tuple(map(tuple, value))


def _read_mapping(read: _Reader, value: Any, refuse_unknown: bool, field: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise SchemaError(field, "must be an object")
    return {name: read(entry, refuse_unknown, _join(field, name)) for name, entry in value.items()}


def _read_dataclass(kind: type[Any], value: Any, refuse_unknown: bool, field: str) -> Any:
    return from_wire(kind, value, refuse_unknown=refuse_unknown, field=field)


def _read_scalar(hint: Any, value: Any, _: bool, field: str) -> Any:
    value = _finite(value, field)
    fits = isinstance(value, hint) or (hint is float and isinstance(value, int))
    if not fits or (isinstance(value, bool) and hint is not bool):
        raise SchemaError(field, f"must be {_WORDS[hint]}")
    return value


def _read_anything(value: Any, _: bool, _field: str) -> Any:
    return value


def _finite(value: Any, field: str) -> Any:
    if isinstance(value, float) and not isfinite(value):  # TOML has nan and inf, JSON has not
        raise SchemaError(field, "must be a finite number")
    return value


def _read_instant(value: Any, _: bool, field: str) -> datetime:
    try:
        return parse_instant(value)
    except (TypeError, ValueError) as error:
        raise SchemaError(field, "must be an instant such as 2026-11-24T15:00:00.000Z") from error


_OTHERS: Mapping[Any, _Reader] = types.MappingProxyType({Any: _read_anything, datetime: _read_instant})
