"""Functions of numbers whose type hangs on the argument's.

Source: AWS, Redshift Database Developer Guide, "Math functions".
"""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.arithmetic import divided
from infra.local.redshift.decimals import cut_decimals
from infra.local.redshift.division import rounded_quotient
from infra.local.redshift.errors import refuse
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, call, cast
from infra.local.redshift.types import DATE, FLOAT8, numeric


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
    digits = _digits(node)
    inner = node.expressions[0].unnest()
    if isinstance(inner, exp.Div):
        return _round_quotient(node, inner, translate, digits)
    return _rounded(node, translate.value(inner), digits)


def _round_quotient(node: exp.Anonymous, inner: exp.Div, translate: Translate, digits: int) -> Typed:
    left, right = translate.value(inner.this), translate.value(inner.expression)
    quotient = rounded_quotient(inner, left, right, digits) if digits >= 0 else None
    return _rounded(node, divided(inner, left, right), digits) if quotient is None else quotient


def _rounded(node: exp.Anonymous, value: Typed, digits: int) -> Typed:
    _check_number(node, value, digits)
    if value.type.is_integer:
        refuse(node, "the type of ROUND(integer) is not documented", "Leave ROUND out, or cast to float8.")
    return _with_digits("round", value, digits)


def _trunc(node: exp.Anonymous, translate: Translate) -> Typed:
    digits = _digits(node)
    value = translate.value(node.expressions[0])
    if value.type.is_moment and len(node.expressions) == 1:
        return cast(value.sql, DATE)
    _check_number(node, value, digits)
    if value.type.is_integer:
        refuse(node, "the type of TRUNC(integer) is not documented", "Leave TRUNC out, or cast to float8.")
    if value.type.is_float:
        return _with_digits("trunc", value, digits)
    if digits >= value.type.scale:
        return value
    kind = numeric(value.type.precision, digits)
    return cast(cut_decimals(value, kind.scale), kind)


def _sign(node: exp.Anonymous, translate: Translate) -> Typed:
    value = _one_number(node, translate)
    # AWS: numeric(1,0) for exact numbers, float8 for floats.
    return cast(call("sign", value.sql), FLOAT8 if value.type.is_float else numeric(1, 0))


def _digits(node: exp.Anonymous) -> int:
    """The count of decimals to keep; below zero it counts digits before the point."""
    written = node.expressions[1] if len(node.expressions) == 2 else exp.Literal.number(0)
    digits = written.this if isinstance(written, exp.Neg) else written
    if (
        not 1 <= len(node.expressions) <= 2
        or not isinstance(digits, exp.Literal)
        or not digits.name.isdigit()
    ):
        refuse(node, f"{node.name.upper()} takes a number and a constant count of decimals")
    return int(digits.name) if digits is written else -int(digits.name)


def _check_number(node: exp.Anonymous, value: Typed, digits: int) -> None:
    if not value.type.is_number:
        refuse(node, f"function {node.name.lower()}({value.type}) does not exist", "Cast the argument.")
    if digits < 0 and not value.type.is_float:
        refuse(
            node,
            f"the type of {node.name.upper()} to tens is not documented",
            "Cast the argument: x::float8.",
        )


def _with_digits(duckdb: str, value: Typed, digits: int) -> Typed:
    kind = value.type
    if kind.name == "numeric":
        # AWS's example: ROUND(28.05, 1) is 28.1.
        kind = numeric(kind.precision, min(digits, kind.scale))
    # DuckDB rounds to whole numbers a third faster when it is not told how many decimals that is.
    counted = [] if kind.is_float and digits == 0 else [exp.Literal.number(digits)]
    return cast(call(duckdb, value.sql, *counted), kind)


def _mod(node: exp.Anonymous, translate: Translate) -> Typed:
    if len(node.expressions) != 2:
        refuse(node, "MOD takes two arguments")
    left, right = (exp.Paren(this=part) for part in node.expressions)
    return translate.value(exp.Paren(this=exp.Mod(this=left, expression=right)))


FUNCTIONS: dict[str, Rule] = {
    "ABS": _same_type("abs"),
    "CEIL": _same_type("ceil"),
    "CEILING": _same_type("ceil"),
    "FLOOR": _same_type("floor"),
    "ROUND": _round,
    "SIGN": _sign,
    "TRUNC": _trunc,
    "MOD": _mod,
}
