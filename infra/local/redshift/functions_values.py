"""Number, text and conditional functions.

Source: AWS, Redshift Database Developer Guide, "Math functions", "String functions", "Conditional expressions".
A function whose arguments and result have fixed types is one row of `_SIMPLE`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, call, cast
from infra.local.redshift.types import (
    DATE,
    FLOAT8,
    INT4,
    VARCHAR,
    RedshiftType,
    numeric,
)
from infra.local.redshift.values import one_type, widened


@dataclass(frozen=True, slots=True)
class _Simple:
    """DuckDB's name, the types of the arguments (the last `optional` may be left out) and of the result."""

    duckdb: str
    takes: Sequence[RedshiftType]
    gives: RedshiftType
    optional: int = 0


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
    "LPAD": _Simple("lpad", (VARCHAR, INT4, VARCHAR), VARCHAR),
    "RPAD": _Simple("rpad", (VARCHAR, INT4, VARCHAR), VARCHAR),
    "REPLACE": _Simple("replace", (VARCHAR, VARCHAR, VARCHAR), VARCHAR),
    "REVERSE": _Simple("reverse", (VARCHAR,), VARCHAR),
    "SPLIT_PART": _Simple("split_part", (VARCHAR, VARCHAR, INT4), VARCHAR),
    "STRPOS": _Simple("strpos", (VARCHAR, VARCHAR), INT4),
    "MD5": _Simple("md5", (VARCHAR,), VARCHAR),
    "SQRT": _Simple("sqrt", (FLOAT8,), FLOAT8),
    "LN": _Simple("ln", (FLOAT8,), FLOAT8),
    "DLOG1": _Simple("ln", (FLOAT8,), FLOAT8),
    "DLOG10": _Simple("log10", (FLOAT8,), FLOAT8),
    "EXP": _Simple("exp", (FLOAT8,), FLOAT8),
    "DEXP": _Simple("exp", (FLOAT8,), FLOAT8),
    "POWER": _Simple("pow", (FLOAT8, FLOAT8), FLOAT8),
    "SIN": _Simple("sin", (FLOAT8,), FLOAT8),
    "COS": _Simple("cos", (FLOAT8,), FLOAT8),
    "RADIANS": _Simple("radians", (FLOAT8,), FLOAT8),
    "DEGREES": _Simple("degrees", (FLOAT8,), FLOAT8),
}


def _simple(row: _Simple) -> Rule:
    def rule(node: exp.Anonymous, translate: Translate) -> Typed:
        given = node.expressions
        if not len(row.takes) - row.optional <= len(given) <= len(row.takes):
            refuse(node, f"function {node.name.lower()} takes {len(row.takes)} argument(s)")
        arguments = [
            _accepted(node, translate.value(part), kind) for part, kind in zip(given, row.takes, strict=False)
        ]
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


def _one_number(node: exp.Anonymous, translate: Translate) -> Typed:
    if len(node.expressions) != 1:
        refuse(node, f"function {node.name.lower()} takes one argument")
    value = translate.value(node.expressions[0])
    if not value.type.is_number:
        refuse(node, f"function {node.name.lower()}({value.type}) does not exist", "Cast the argument.")
    return value


def _same_type(duckdb: str) -> Rule:
    def rule(node: exp.Anonymous, translate: Translate) -> Typed:
        value = _one_number(node, translate)
        return cast(call(duckdb, value.sql), value.type)

    return rule


def _round(node: exp.Anonymous, translate: Translate) -> Typed:
    value, digits = _number_and_digits(node, translate)
    if value.type.is_integer:
        refuse(node, "the type of ROUND(integer) is not documented", "Leave ROUND out, or cast to float8.")
    return _with_digits("round", value, digits)


def _trunc(node: exp.Anonymous, translate: Translate) -> Typed:
    if len(node.expressions) == 1:
        value = translate.value(node.expressions[0])
        if value.type.is_moment:
            return cast(value.sql, DATE)
    value, digits = _number_and_digits(node, translate)
    if not value.type.is_float or digits:
        refuse(node, "TRUNC of this is not imitated on the laptop", "Cast it: x::int, x::numeric(18,2).")
    return cast(call("trunc", value.sql), value.type)


def _number_and_digits(node: exp.Anonymous, translate: Translate) -> tuple[Typed, int]:
    given = node.expressions
    digits = given[1] if len(given) == 2 else exp.Literal.number(0)
    if not 1 <= len(given) <= 2 or not isinstance(digits, exp.Literal) or not digits.name.isdigit():
        refuse(node, f"{node.name.upper()} takes a number and a constant count of decimals")
    value = translate.value(given[0])
    if not value.type.is_number:
        refuse(node, f"function {node.name.lower()}({value.type}) does not exist", "Cast the argument.")
    return value, int(digits.name)


def _with_digits(duckdb: str, value: Typed, digits: int) -> Typed:
    kind = value.type
    if kind.name == "numeric":
        # AWS's example: ROUND(28.05, 1) is 28.1.
        kind = numeric(kind.precision, min(digits, kind.scale))
    return cast(call(duckdb, value.sql, exp.Literal.number(digits)), kind)


def _mod(node: exp.Anonymous, translate: Translate) -> Typed:
    if len(node.expressions) != 2:
        refuse(node, "MOD takes two arguments")
    left, right = (exp.Paren(this=part) for part in node.expressions)
    return translate.value(exp.Paren(this=exp.Mod(this=left, expression=right)))


def _concat(node: exp.Anonymous, translate: Translate) -> Typed:
    if len(node.expressions) != 2:
        refuse(node, "CONCAT takes two arguments on Redshift", "Join several with ||.")
    # Redshift's CONCAT of a NULL is NULL, DuckDB's is not: || is the same on both.
    left, right = (exp.Paren(this=part) for part in node.expressions)
    return translate.value(exp.Paren(this=exp.DPipe(this=left, expression=right)))


def _first_of(duckdb: str) -> Rule:
    def rule(node: exp.Anonymous, translate: Translate) -> Typed:
        values = [translate.value(part) for part in node.expressions]
        if len(values) < 2:
            refuse(node, f"{node.name.upper()} takes at least two arguments")
        kind = one_type(node, values)
        return Typed(call(duckdb, *(widened(value, kind) for value in values)), kind)

    return rule


def _nullif(node: exp.Anonymous, translate: Translate) -> Typed:
    values = [translate.value(part) for part in node.expressions]
    if len(values) != 2:
        refuse(node, "NULLIF takes two arguments")
    one_type(node, values)
    return cast(call("nullif", *(value.sql for value in values)), values[0].type)


def _nvl2(node: exp.Anonymous, translate: Translate) -> Typed:
    values = [translate.value(part) for part in node.expressions]
    if len(values) != 3:
        refuse(node, "NVL2 takes three arguments")
    kind = one_type(node, values[1:])
    present = exp.Not(this=exp.Is(this=exp.Paren(this=values[0].sql), expression=exp.Null()))
    chosen = exp.If(this=present, true=widened(values[1], kind))
    return Typed(exp.Case(ifs=[chosen], default=widened(values[2], kind)), kind)


def _decode(node: exp.Anonymous, translate: Translate) -> Typed:
    if len(node.expressions) < 3:
        refuse(node, "DECODE takes an expression, then pairs of search and result")
    subject, *rest = [translate.value(part) for part in node.expressions]
    searches, results = rest[: len(rest) // 2 * 2 : 2], rest[1::2]
    default = rest[-1:] if len(rest) % 2 else []
    one_type(node, [subject, *searches])
    kind = one_type(node, [*results, *default])
    ifs = [
        exp.If(this=_same(subject, search), true=widened(result, kind))
        for search, result in zip(searches, results, strict=True)
    ]
    return Typed(exp.Case(ifs=ifs, default=widened(default[0], kind) if default else None), kind)


def _same(left: Typed, right: Typed) -> exp.Expr:
    # In DECODE a NULL matches a NULL.
    return exp.NullSafeEQ(this=exp.Paren(this=left.sql.copy()), expression=exp.Paren(this=right.sql))


FUNCTIONS: dict[str, Rule] = {
    **{name: _simple(row) for name, row in _SIMPLE.items()},
    "ABS": _same_type("abs"),
    "CEIL": _same_type("ceil"),
    "CEILING": _same_type("ceil"),
    "FLOOR": _same_type("floor"),
    "ROUND": _round,
    "TRUNC": _trunc,
    "MOD": _mod,
    "CONCAT": _concat,
    "COALESCE": _first_of("coalesce"),
    "NVL": _first_of("coalesce"),
    "GREATEST": _first_of("greatest"),
    "LEAST": _first_of("least"),
    "NULLIF": _nullif,
    "NVL2": _nvl2,
    "DECODE": _decode,
}
