"""One reader and one writer between dataclasses and what travels as JSON or stands in a TOML declaration.

The dataclass is the schema: a field `query_id: str` is `queryId` on the wire, must be there unless it has a
default, and must have exactly the type that it names. Supported: str, int, float, bool, Literal, datetime,
X | None, unions of plain types, tuple[X, ...], Mapping[str, X], Any and nested dataclasses.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from math import isfinite
from typing import Any, Literal, TypeVar

from pipeline.core.instants import instant_text, parse_instant

T = TypeVar("T")

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
    if type(value) in _PLAIN:
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            name: _rows_to_wire(getattr(value, attribute)) if rows else to_wire(getattr(value, attribute))
            for attribute, name, rows in _wire_fields(type(value))
        }
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, Mapping):
        return {name: to_wire(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_wire(item) for item in value]
    return value


@cache
def _wire_fields(kind: Any) -> tuple[tuple[str, str, bool], ...]:
    return tuple((f.name, wire_name(f.name), f.metadata == ROWS) for f in dataclasses.fields(kind))


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
    for name, (attribute, hint, required) in known.items():
        if name in data:
            place = _join(field, name)
            rows = hint is _Rows
            values[attribute] = (
                _read_rows(data[name], place) if rows else _read(hint, data[name], refuse_unknown, place)
            )
        elif required:
            raise SchemaError(_join(field, name), "is missing")
    return kind(**values)


@cache
def _fields(kind: Any) -> dict[str, tuple[str, Any, bool]]:
    hints = typing.get_type_hints(kind)
    return {
        wire_name(f.name): (
            f.name,
            _Rows if f.metadata == ROWS else hints[f.name],
            f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING,
        )
        for f in dataclasses.fields(kind)
    }


class _Rows:
    """Stands for the type of a field of rows."""


def _join(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _read(hint: Any, value: Any, refuse_unknown: bool, field: str) -> Any:
    origin = typing.get_origin(hint)
    if origin in {typing.Union, types.UnionType}:
        return _read_union(typing.get_args(hint), value, refuse_unknown, field)
    if origin is Literal:
        return _read_literal(typing.get_args(hint), value, field)
    if origin is tuple:
        return _read_list(typing.get_args(hint)[0], value, refuse_unknown, field)
    if origin is not None and issubclass(origin, Mapping):
        return _read_mapping(typing.get_args(hint)[1], value, refuse_unknown, field)
    if dataclasses.is_dataclass(hint):
        return from_wire(typing.cast("type[Any]", hint), value, refuse_unknown=refuse_unknown, field=field)
    return _read_scalar(hint, value, field)


def _read_union(arms: tuple[Any, ...], value: Any, refuse_unknown: bool, field: str) -> Any:
    """Read `X | None`, or a union of plain types such as `str | int | None`."""
    if type(value) in arms:
        return _finite(value, field)
    inner = [arm for arm in arms if arm is not types.NoneType]
    if len(inner) > 1:
        raise SchemaError(field, f"must be {' or '.join(_WORDS[arm] for arm in inner)}")
    return _read(inner[0], value, refuse_unknown, field)


def _read_literal(allowed: tuple[Any, ...], value: Any, field: str) -> Any:
    if not isinstance(value, str) or value not in allowed:
        raise SchemaError(field, f"must be one of {', '.join(allowed)}")
    return value


def _read_list(item: Any, value: Any, refuse_unknown: bool, field: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise SchemaError(field, "must be a list")
    return tuple(_read(item, entry, refuse_unknown, f"{field}[{n}]") for n, entry in enumerate(value))


def _read_rows(value: Any, field: str) -> tuple[tuple[Any, ...], ...]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise SchemaError(field, "must be a list of lists")
    return tuple(map(tuple, value))


def _read_mapping(item: Any, value: Any, refuse_unknown: bool, field: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise SchemaError(field, "must be an object")
    return {name: _read(item, entry, refuse_unknown, _join(field, name)) for name, entry in value.items()}


def _read_scalar(hint: Any, value: Any, field: str) -> Any:
    if hint is Any:
        return value
    if hint is datetime:
        return _read_instant(value, field)
    value = _finite(value, field)
    fits = isinstance(value, hint) or (hint is float and isinstance(value, int))
    if not fits or (isinstance(value, bool) and hint is not bool):
        raise SchemaError(field, f"must be {_WORDS[hint]}")
    return value


def _finite(value: Any, field: str) -> Any:
    if isinstance(value, float) and not isfinite(value):  # TOML has nan and inf, JSON has not
        raise SchemaError(field, "must be a finite number")
    return value


def _read_instant(value: Any, field: str) -> datetime:
    try:
        return parse_instant(value)
    except (TypeError, ValueError) as error:
        raise SchemaError(field, "must be an instant such as 2026-11-24T15:00:00.000Z") from error
