"""Functions whose arguments and result have fixed types: one row each.

Source: AWS, Redshift Database Developer Guide, "Math functions", "String functions", "Hash functions".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, call, cast, text
from infra.local.redshift.types import FLOAT8, INT4, VARCHAR, RedshiftType


@dataclass(frozen=True, slots=True)
class _Simple:
    """DuckDB's name, the types of the arguments and of the result.

    The last `optional` arguments may be left out; then `default` stands for the last one, if DuckDB needs it.
    """

    duckdb: str
    takes: Sequence[RedshiftType]
    gives: RedshiftType
    optional: int = 0
    default: str | None = None


_SIMPLE = {
    "LOWER": _Simple("lower", (VARCHAR,), VARCHAR),
    "UPPER": _Simple("upper", (VARCHAR,), VARCHAR),
    "LEN": _Simple("length", (VARCHAR,), INT4),
    "LENGTH": _Simple("length", (VARCHAR,), INT4),
    "CHAR_LENGTH": _Simple("length", (VARCHAR,), INT4),
    "CHARACTER_LENGTH": _Simple("length", (VARCHAR,), INT4),
    "BTRIM": _Simple("trim", (VARCHAR, VARCHAR), VARCHAR, optional=1),
    "LTRIM": _Simple("ltrim", (VARCHAR, VARCHAR), VARCHAR, optional=1),
    "RTRIM": _Simple("rtrim", (VARCHAR, VARCHAR), VARCHAR, optional=1),
    "LEFT": _Simple("left", (VARCHAR, INT4), VARCHAR),
    "RIGHT": _Simple("right", (VARCHAR, INT4), VARCHAR),
    "LPAD": _Simple("lpad", (VARCHAR, INT4, VARCHAR), VARCHAR, optional=1, default=" "),
    "RPAD": _Simple("rpad", (VARCHAR, INT4, VARCHAR), VARCHAR, optional=1, default=" "),
    "REPLACE": _Simple("replace", (VARCHAR, VARCHAR, VARCHAR), VARCHAR),
    "REVERSE": _Simple("reverse", (VARCHAR,), VARCHAR),
    "STRPOS": _Simple("strpos", (VARCHAR, VARCHAR), INT4),
    "TEXTLEN": _Simple("length", (VARCHAR,), INT4),
    "OCTET_LENGTH": _Simple("strlen", (VARCHAR,), INT4),
    "REPEAT": _Simple("repeat", (VARCHAR, INT4), VARCHAR),
    "REPLICATE": _Simple("repeat", (VARCHAR, INT4), VARCHAR),
    "TRANSLATE": _Simple("translate", (VARCHAR, VARCHAR, VARCHAR), VARCHAR),
    "ASCII": _Simple("ascii", (VARCHAR,), INT4),
    "CHR": _Simple("chr", (INT4,), VARCHAR),
    "MD5": _Simple("md5", (VARCHAR,), VARCHAR),
    "SHA": _Simple("sha1", (VARCHAR,), VARCHAR),
    "SHA1": _Simple("sha1", (VARCHAR,), VARCHAR),
    "FUNC_SHA1": _Simple("sha1", (VARCHAR,), VARCHAR),
    "SQRT": _Simple("sqrt", (FLOAT8,), FLOAT8),
    "LN": _Simple("ln", (FLOAT8,), FLOAT8),
    "DLOG1": _Simple("ln", (FLOAT8,), FLOAT8),
    "DLOG10": _Simple("log10", (FLOAT8,), FLOAT8),
    "EXP": _Simple("exp", (FLOAT8,), FLOAT8),
    "DEXP": _Simple("exp", (FLOAT8,), FLOAT8),
    "POWER": _Simple("pow", (FLOAT8, FLOAT8), FLOAT8),
    "SIN": _Simple("sin", (FLOAT8,), FLOAT8),
    "COS": _Simple("cos", (FLOAT8,), FLOAT8),
    "TAN": _Simple("tan", (FLOAT8,), FLOAT8),
    "COT": _Simple("cot", (FLOAT8,), FLOAT8),
    "ASIN": _Simple("asin", (FLOAT8,), FLOAT8),
    "ACOS": _Simple("acos", (FLOAT8,), FLOAT8),
    "ATAN": _Simple("atan", (FLOAT8,), FLOAT8),
    "ATAN2": _Simple("atan2", (FLOAT8, FLOAT8), FLOAT8),
    "CBRT": _Simple("cbrt", (FLOAT8,), FLOAT8),
    "PI": _Simple("pi", (), FLOAT8),
    "RADIANS": _Simple("radians", (FLOAT8,), FLOAT8),
    "DEGREES": _Simple("degrees", (FLOAT8,), FLOAT8),
}


def _simple(row: _Simple) -> Rule:
    def rule(node: exp.Anonymous, translate: Translate) -> Typed:
        given = node.expressions
        if not len(row.takes) - row.optional <= len(given) <= len(row.takes):
            refuse(node, f"function {node.name.lower()} takes {len(row.takes)} argument(s)")
        for part in given:
            if isinstance(part, exp.Neg) and row.gives == VARCHAR:
                refuse(node, f"AWS does not say what {node.name.upper()} gives for a negative number")
        arguments = [
            _accepted(node, translate.value(part), kind) for part, kind in zip(given, row.takes, strict=False)
        ]
        if row.default is not None and len(given) < len(row.takes):
            arguments.append(text(row.default))
        return cast(call(row.duckdb, *arguments), row.gives)

    return rule


def _accepted(node: exp.Anonymous, value: Typed, kind: RedshiftType) -> exp.Expr:
    if not _accepts(value.type, kind):
        refuse(node, f"function {node.name.lower()} does not take {value.type} here", "Cast the argument.")
    return cast(value.sql, kind).sql


def _accepts(given: RedshiftType, wanted: RedshiftType) -> bool:
    if wanted == FLOAT8:
        return given.is_number
    return given.is_integer if wanted == INT4 else given.is_text


FUNCTIONS: dict[str, Rule] = {name: _simple(row) for name, row in _SIMPLE.items()}
