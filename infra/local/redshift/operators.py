"""Comparison, logic and joining of text.

Source of the rules: AWS, Redshift Database Developer Guide, "Conditions" and "Concatenation operator".
"""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.literals import check_literal
from infra.local.redshift.numbers import common_type
from infra.local.redshift.parts import check_parts
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, cast
from infra.local.redshift.types import BOOL, UNKNOWN, VARCHAR, varchar


def _compare(node: exp.Binary, translate: Translate) -> Typed:
    left, right = comparable(node, translate, node.this, node.expression)
    return Typed(type(node)(this=left.sql, expression=right.sql), BOOL)


def comparable(node: exp.Expr, translate: Translate, *sides: exp.Expr) -> list[Typed]:
    """The sides of a comparison of the first with each other one. A placeholder may stand beside text without a cast.

    Raises:
        SqlError: two cannot be compared without a conversion that AWS does not document, or that fails.
    """
    first, *others = [
        Typed(side, VARCHAR) if isinstance(side, exp.Placeholder) else translate.value(side) for side in sides
    ]
    for other in others:
        _check_pair(node, translate, first, other)
    return [first, *others]


def _check_pair(node: exp.Expr, translate: Translate, left: Typed, right: Typed) -> None:
    for bare, beside in ((left, right), (right, left)):
        is_bare, is_beside_bare = (isinstance(side.sql, exp.Placeholder) for side in (bare, beside))
        if is_bare and (is_beside_bare or beside.type.name != "varchar"):
            translate.value(bare.sql)  # which refuses it, because its type is not known
    if common_type(left.type, right.type) is None:
        refuse(node, f"{left.type} and {right.type} cannot be compared as they are", "Cast one of them.")
    check_literal(left.sql, right.type)
    check_literal(right.sql, left.type)


def _between(node: exp.Between, translate: Translate) -> Typed:
    this, low, high = comparable(node, translate, node.this, node.args["low"], node.args["high"])
    return Typed(exp.Between(this=this.sql, low=low.sql, high=high.sql), BOOL)


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
        check_literal(typed.sql, BOOL)
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
