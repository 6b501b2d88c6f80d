"""Arithmetic: + - * / % and the sign.

Source of the rules: AWS, Redshift Database Developer Guide, "Computations with numeric values", "Datetime types".
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NoReturn

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.numbers import product_type, quotient_type, sum_type
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, cast
from infra.local.redshift.types import DATE, INT2, INT4, INTERVAL, TIMESTAMP, RedshiftType, numeric

_MOST_DECIMALS = 20
_SIGNS = {exp.Add: "+", exp.Sub: "-"}


def _add(node: exp.Add | exp.Sub, translate: Translate) -> Typed:
    left, right = translate.value(node.this), translate.value(node.expression)
    kind = _moment_sum(node, left.type, right.type)
    if kind is None:
        _need_numbers(node, left, right)
        kind = sum_type(left.type, right.type)
    return Typed(type(node)(this=left.sql, expression=right.sql), kind)


def _moment_sum(node: exp.Add | exp.Sub, left: RedshiftType, right: RedshiftType) -> RedshiftType | None:
    """The type of a sum with a date or timestamp in it; None where there is none."""
    if left == DATE and right in {INT2, INT4}:
        return DATE
    if left.is_moment and right == INTERVAL:
        return TIMESTAMP
    if isinstance(node, exp.Add) and left == INTERVAL and right.is_moment:
        return TIMESTAMP
    if isinstance(node, exp.Sub) and left.is_moment and right.is_moment:
        _refuse_difference(node, left, right)
    if left.is_moment or right.is_moment:
        refuse(
            node, f"operator does not exist: {left} {_SIGNS[type(node)]} {right}", "Use DATEADD or DATEDIFF."
        )
    return None


def _refuse_difference(node: exp.Sub, left: RedshiftType, right: RedshiftType) -> NoReturn:
    if left == right == DATE:
        # AWS leaves the integer type of a difference of dates open; DATEDIFF is documented.
        refuse(node, "the type of date - date is not documented", "Write DATEDIFF(day, start, end).")
    refuse(
        node,
        f"{left} - {right} gives an interval, which the laptop does not imitate",
        "Write DATEDIFF(second, start, end).",
    )


def _multiply(node: exp.Mul, translate: Translate) -> Typed:
    left, right = translate.value(node.this), translate.value(node.expression)
    _need_numbers(node, left, right)
    return Typed(exp.Mul(this=left.sql, expression=right.sql), product_type(left.type, right.type))


def _divide(node: exp.Div, translate: Translate) -> Typed:
    return divided(node, translate.value(node.this), translate.value(node.expression))


def divided(node: exp.Div, left: Typed, right: Typed) -> Typed:
    """The division `node` of these two values.

    Raises:
        SqlError: they are no numbers, or AWS leaves the last digit of the quotient open.
    """
    _need_numbers(node, left, right)
    kind = quotient_type(left.type, right.type)
    if kind.name == "numeric":
        return _exact_quotient(node, left, kind)
    # The session's integer_division keeps integers integer and truncates, as Redshift does.
    return Typed(exp.Div(this=left.sql, expression=right.sql), kind)


def _exact_quotient(node: exp.Div, left: Typed, kind: RedshiftType) -> Typed:
    """A numeric division that leaves no digit to round: by a constant such as 2, 100 or 0.5.

    DuckDB would divide doubles, so this multiplies by the reciprocal: decimal arithmetic, exact to the last digit.
    """
    reciprocal = _terminating_reciprocal(node.expression)
    if reciprocal is None or left.type.scale + reciprocal[1] > kind.scale:
        refuse(
            node,
            "the last digit of a numeric division is not documented, so the laptop does not guess it",
            "Divide floats: a::float8 / b.",
        )
    digits, decimals = reciprocal
    written = format(Decimal(digits).scaleb(-decimals), "f")
    factor = cast(exp.Literal.number(written), numeric(max(len(str(digits)), decimals + 1), decimals))
    return cast(exp.Mul(this=exp.Paren(this=left.sql), expression=factor.sql), kind)


def _terminating_reciprocal(divisor: exp.Expr) -> tuple[int, int] | None:
    """1 / divisor as an integer and a count of decimals; None if the divisor is no such constant."""
    if not isinstance(divisor, exp.Literal) or divisor.is_string or not Fraction(divisor.name):
        return None
    share = 1 / Fraction(divisor.name)
    for decimals in range(_MOST_DECIMALS):
        scaled = share * 10**decimals
        if scaled.denominator == 1:
            return scaled.numerator, decimals
    return None


def _modulo(node: exp.Mod, translate: Translate) -> Typed:
    left, right = translate.value(node.this), translate.value(node.expression)
    if not (left.type.is_exact and right.type.is_exact):
        refuse(node, f"operator does not exist: {left.type} % {right.type}")
    return Typed(exp.Mod(this=left.sql, expression=right.sql), sum_type(left.type, right.type))


def _negate(node: exp.Neg, translate: Translate) -> Typed:
    operand = translate.value(node.this)
    _need_numbers(node, operand)
    return Typed(exp.Neg(this=operand.sql), operand.type)


def _need_numbers(node: exp.Expr, *operands: Typed) -> None:
    for operand in operands:
        if operand.type == INTERVAL:
            refuse(
                node, "an interval is added to a date or subtracted from it only", "Write DATEADD(day, n, x)."
            )
        if not operand.type.is_number:
            refuse(
                node, f"arithmetic needs numbers, and this is {operand.type}", "Cast it: x::int or x::float8."
            )


def _paren(node: exp.Paren, translate: Translate) -> Typed:
    inner = translate.value(node.this)
    return Typed(exp.Paren(this=inner.sql), inner.type)


RULES: dict[type[exp.Expr], Rule] = {
    exp.Add: _add,
    exp.Sub: _add,
    exp.Mul: _multiply,
    exp.Div: _divide,
    exp.Mod: _modulo,
    exp.Neg: _negate,
    exp.Paren: _paren,
}
