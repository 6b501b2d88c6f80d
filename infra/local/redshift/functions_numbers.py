"""Functions of numbers whose type hangs on the argument's.

Source: AWS, Redshift Database Developer Guide, "Math functions".
"""

from __future__ import annotations

from sqlglot import exp

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
    quotient = _rounded_quotient(node, translate)
    if quotient is not None:
        return quotient
    value, digits = _number_and_digits(node, translate)
    if value.type.is_integer:
        refuse(node, "the type of ROUND(integer) is not documented", "Leave ROUND out, or cast to float8.")
    return _with_digits("round", value, digits)


def _rounded_quotient(node: exp.Anonymous, translate: Translate) -> Typed | None:
    """ROUND(a / b, digits) of numerics; None for every other argument."""
    if not 1 <= len(node.expressions) <= 2:
        return None
    digits = node.expressions[1].name if len(node.expressions) == 2 else "0"
    return rounded_quotient(node.expressions[0], translate, int(digits)) if digits.isdigit() else None


def _trunc(node: exp.Anonymous, translate: Translate) -> Typed:
    if len(node.expressions) == 1:
        value = translate.value(node.expressions[0])
        if value.type.is_moment:
            return cast(value.sql, DATE)
    value, digits = _number_and_digits(node, translate)
    if value.type.is_integer:
        refuse(node, "the type of TRUNC(integer) is not documented", "Leave TRUNC out, or cast to float8.")
    if value.type.is_float:
        return _with_digits("trunc", value, digits)
    kind = numeric(value.type.precision, min(digits, value.type.scale))
    return cast(cut_decimals(value, kind.scale), kind)


def _sign(node: exp.Anonymous, translate: Translate) -> Typed:
    value = _one_number(node, translate)
    # AWS: numeric(1,0) for exact numbers, float8 for floats.
    return cast(call("sign", value.sql), FLOAT8 if value.type.is_float else numeric(1, 0))


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
