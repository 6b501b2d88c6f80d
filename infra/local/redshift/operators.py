"""Arithmetic, comparison, logic and pattern operators.

Source of the rules: AWS, Redshift Database Developer Guide, "Computations with numeric values", "Pattern-matching
conditions", "Datetime types".
"""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.numbers import common_type, product_type, sum_type
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, call, cast, text
from infra.local.redshift.types import (
    BOOL,
    DATE,
    INT4,
    INTERVAL,
    TIMESTAMP,
    UNKNOWN,
    VARCHAR,
    RedshiftType,
    varchar,
)


def _add(node: exp.Add | exp.Sub, translate: Translate) -> Typed:
    left, right = translate.value(node.this), translate.value(node.expression)
    kind = _moment_sum(node, left.type, right.type)
    if kind is None:
        _need_numbers(node, left, right)
        kind = sum_type(left.type, right.type)
    return Typed(type(node)(this=left.sql, expression=right.sql), kind)


def _moment_sum(node: exp.Add | exp.Sub, left: RedshiftType, right: RedshiftType) -> RedshiftType | None:
    """The type of a sum with a date or timestamp in it; None where there is none."""
    if left == DATE and right.is_integer:
        return DATE
    if left.is_moment and right == INTERVAL:
        return TIMESTAMP
    if isinstance(node, exp.Sub) and left == right == DATE:
        # AWS leaves the integer type of a difference of dates open; DATEDIFF is documented.
        refuse(node, "the type of date - date is not documented", "Write DATEDIFF(day, start, end).")
    if left.is_moment or right.is_moment:
        refuse(
            node, f"operator does not exist: {left} {_SIGNS[type(node)]} {right}", "Use DATEADD or DATEDIFF."
        )
    return None


_SIGNS = {exp.Add: "+", exp.Sub: "-"}


def _multiply(node: exp.Mul, translate: Translate) -> Typed:
    left, right = translate.value(node.this), translate.value(node.expression)
    _need_numbers(node, left, right)
    return Typed(exp.Mul(this=left.sql, expression=right.sql), product_type(left.type, right.type))


def _divide(node: exp.Div, translate: Translate) -> Typed:
    left, right = translate.value(node.this), translate.value(node.expression)
    _need_numbers(node, left, right)
    kind = sum_type(left.type, right.type)
    if kind.name == "numeric":
        refuse(
            node,
            "the last digit of a numeric division is not documented, so the laptop does not guess it",
            "Divide floats: a::float8 / b.",
        )
    # The session's integer_division keeps integers integer and truncates, as Redshift does.
    return Typed(exp.Div(this=left.sql, expression=right.sql), kind)


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
        if not operand.type.is_number:
            refuse(
                node, f"arithmetic needs numbers, and this is {operand.type}", "Cast it: x::int or x::float8."
            )


def _compare(node: exp.Binary, translate: Translate) -> Typed:
    left, right = comparable(node, translate, node.this, node.expression)
    return Typed(type(node)(this=left, expression=right), BOOL)


def comparable(
    node: exp.Expr, translate: Translate, left: exp.Expr, right: exp.Expr
) -> tuple[exp.Expr, exp.Expr]:
    """Both sides of a comparison. A placeholder may stand beside text without a cast.

    Raises:
        SqlError: the two cannot be compared without a conversion that AWS does not document.
    """
    if isinstance(left, exp.Placeholder) != isinstance(right, exp.Placeholder):
        known = right if isinstance(left, exp.Placeholder) else left
        typed = translate.value(known)
        if typed.type.name == "varchar":
            return (left, typed.sql) if known is right else (typed.sql, right)
    first, second = translate.value(left), translate.value(right)
    if common_type(first.type, second.type) is None:
        refuse(node, f"{first.type} and {second.type} cannot be compared as they are", "Cast one of them.")
    return first.sql, second.sql


def _between(node: exp.Between, translate: Translate) -> Typed:
    this, low = comparable(node, translate, node.this, node.args["low"])
    _, high = comparable(node, translate, node.this.copy(), node.args["high"])
    return Typed(exp.Between(this=this, low=low, high=high), BOOL)


def _logic(node: exp.And | exp.Or, translate: Translate) -> Typed:
    return Typed(
        type(node)(this=truth(translate, node.this), expression=truth(translate, node.expression)), BOOL
    )


def _not(node: exp.Not, translate: Translate) -> Typed:
    return Typed(exp.Not(this=truth(translate, node.this)), BOOL)


def truth(translate: Translate, node: exp.Expr) -> exp.Expr:
    """A condition.

    Raises:
        SqlError: it is no boolean.
    """
    typed = translate.value(node)
    if typed.type == UNKNOWN:
        return cast(typed.sql, BOOL).sql
    if typed.type != BOOL:
        refuse(node, f"a condition must be type boolean, not type {typed.type}")
    return typed.sql


def _paren(node: exp.Paren, translate: Translate) -> Typed:
    inner = translate.value(node.this)
    return Typed(exp.Paren(this=inner.sql), inner.type)


def _is(node: exp.Is, translate: Translate) -> Typed:
    if not isinstance(node.expression, exp.Null | exp.Boolean):
        refuse(node, "IS takes NULL, TRUE, FALSE or UNKNOWN")
    return Typed(exp.Is(this=translate.value(node.this).sql, expression=node.expression.copy()), BOOL)


def _concatenate(node: exp.DPipe, translate: Translate) -> Typed:
    left, right = translate.value(node.this), translate.value(node.expression)
    for side in (left, right):
        if not side.type.is_text:
            refuse(node, f"|| joins text, and this is {side.type}", "Cast it: x::varchar(20).")
    return Typed(
        exp.DPipe(this=left.sql, expression=right.sql), varchar(left.type.precision + right.type.precision)
    )


def _like(node: exp.Like | exp.ILike, translate: Translate) -> Typed:
    return _pattern(node, translate, "\\")


def _pattern(node: exp.Like | exp.ILike, translate: Translate, escape: str) -> Typed:
    left, right = comparable(node, translate, node.this, node.expression)
    # Redshift escapes with a backslash unless told otherwise; DuckDB not at all.
    matched = exp.Escape(this=type(node)(this=left, expression=right), expression=text(escape))
    return Typed(
        exp.Not(this=exp.Paren(this=matched)) if node.args.get("negate") else exp.Paren(this=matched), BOOL
    )


def _escape(node: exp.Escape, translate: Translate) -> Typed:
    character = node.expression
    if not isinstance(node.this, exp.Like | exp.ILike) or not character.is_string:
        refuse(node, "ESCAPE takes one quoted character")
    return _pattern(node.this, translate, character.name)


def _matches(node: exp.RegexpLike, translate: Translate) -> Typed:
    subject = cast(translate.value(node.this).sql, VARCHAR)
    return Typed(call("regexp_matches", subject.sql, translate.value(node.expression).sql), BOOL)


def _interval(node: exp.Interval, translate: Translate) -> Typed:
    del translate
    amount, unit = node.this, node.args.get("unit")
    if amount is None or not amount.is_string or not isinstance(unit, exp.Var):
        refuse(node, "this form of an interval is not imitated on the laptop", "Write INTERVAL '1 day'.")
    return Typed(exp.Interval(this=amount.copy(), unit=unit.copy()), INTERVAL)


def integer(value: int) -> exp.Expr:
    """An integer literal that DuckDB does not shrink to the column's type (smallint * 2 would overflow)."""
    return cast(exp.Literal.number(value), INT4).sql


RULES: dict[type[exp.Expr], Rule] = {
    exp.Add: _add,
    exp.Sub: _add,
    exp.Mul: _multiply,
    exp.Div: _divide,
    exp.Mod: _modulo,
    exp.Neg: _negate,
    exp.EQ: _compare,
    exp.NEQ: _compare,
    exp.LT: _compare,
    exp.LTE: _compare,
    exp.GT: _compare,
    exp.GTE: _compare,
    exp.Between: _between,
    exp.And: _logic,
    exp.Or: _logic,
    exp.Not: _not,
    exp.Paren: _paren,
    exp.Is: _is,
    exp.DPipe: _concatenate,
    exp.Like: _like,
    exp.ILike: _like,
    exp.Escape: _escape,
    exp.RegexpLike: _matches,
    exp.Interval: _interval,
}
