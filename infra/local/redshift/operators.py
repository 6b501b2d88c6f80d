"""Comparison, logic and joining of text.

Source of the rules: AWS, Redshift Database Developer Guide, "Conditions" and "Concatenation operator".
"""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.numbers import common_type
from infra.local.redshift.parts import check_parts
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, cast
from infra.local.redshift.types import BOOL, UNKNOWN, varchar


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


def ordered(node: exp.Ordered, translate: Translate) -> exp.Ordered:
    """One item of an ORDER BY over values. NULLs come last ascending and first descending, as on Redshift."""
    check_parts(node)
    return exp.Ordered(
        this=translate.value(node.this).sql,
        desc=node.args.get("desc"),
        nulls_first=node.args.get("nulls_first"),
    )


RULES: dict[type[exp.Expr], Rule] = {
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
    exp.Is: _is,
    exp.DPipe: _concatenate,
}
