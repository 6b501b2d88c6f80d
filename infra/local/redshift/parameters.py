"""Binds a statement's named values. On AWS every value is text and the database converts it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from infra.local.redshift.errors import SqlError
from infra.local.redshift.literals import UNDOCUMENTED_CUT, finer_than
from infra.local.redshift.translate import Parameter
from infra.local.redshift.types import RedshiftType

_WHOLE = re.compile(r"\s*[+-]?\d{1,40}\s*", re.ASCII)
_BITS = {"int2": 16, "int4": 32, "int8": 64}


def bound_values(parameters: Sequence[Parameter], values: Mapping[str, str]) -> dict[str, str]:
    """The values by DuckDB's parameter names.

    Raises:
        SqlError: a value is missing, or its type, an integer or a numeric, cannot hold it as it is.
    """
    return {parameter.duckdb: _value(parameter, values) for parameter in parameters}


def _value(parameter: Parameter, values: Mapping[str, str]) -> str:
    if parameter.name not in values:
        # Redshift gets the bare text then, and stumbles over the colon.
        raise SqlError(f'syntax error at or near ":": the parameter {parameter.name} is not supplied')
    value = values[parameter.name]
    for kind in parameter.casts:
        _check_whole(kind, value)
        if kind.name == "numeric" and re.search(finer_than(kind), value):
            raise SqlError(f'{UNDOCUMENTED_CUT} (:{parameter.name} is "{value}")')
    return value


def _check_whole(kind: RedshiftType, value: str) -> None:
    if not kind.is_integer:
        return
    # DuckDB would round '1.7' to 2.
    if not _WHOLE.fullmatch(value):
        raise SqlError(f'invalid input syntax for integer: "{value}"')
    largest = 1 << (_BITS[kind.name] - 1)
    if not -largest <= int(value) < largest:
        raise SqlError(f'value "{value}" is out of range for type {kind}')
