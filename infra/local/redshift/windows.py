"""The OVER clause and WITHIN GROUP.

Source: AWS, Redshift Database Developer Guide, "Window functions": an aggregate with ORDER BY in its window needs
an explicit frame, and frames are ROWS only.
"""

from __future__ import annotations

from decimal import Decimal

from sqlglot import exp

from infra.local.redshift.aggregates import AGGREGATES, WINDOW_ONLY, need_float8
from infra.local.redshift.errors import refuse
from infra.local.redshift.gate import check_function
from infra.local.redshift.parts import check_parts
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, call
from infra.local.redshift.types import FLOAT8

_NEEDS_NO_FRAME = frozenset(WINDOW_ONLY) - {"FIRST_VALUE", "LAST_VALUE"}


def _window(node: exp.Window, translate: Translate) -> Typed:
    function = node.this
    if not isinstance(function, exp.Anonymous):
        refuse(node, "this window function is not imitated on the laptop")
    rule = {**AGGREGATES, **WINDOW_ONLY}.get(function.name.upper())
    if rule is None:
        check_function(function)
        refuse(function, f"{function.name.upper()} is no window function")
    _check_window(node, function.name.upper())
    aggregate = rule(function, translate)
    return aggregate.typed(_over(node, aggregate.call, translate))


def _check_window(node: exp.Window, name: str) -> None:
    spec, ordered = node.args.get("spec"), node.args.get("order") is not None
    if spec is None and ordered and name not in _NEEDS_NO_FRAME:
        refuse(
            node,
            "aggregate window functions with an ORDER BY clause require a frame clause",
            "Add ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW, or the frame that you mean.",
        )
    if spec is not None:
        _check_frame(node, spec)


def _check_frame(node: exp.Window, spec: exp.WindowSpec) -> None:
    check_parts(spec)
    if str(spec.args.get("kind")).upper() != "ROWS":
        refuse(node, "window frames are ROWS only", "Write ROWS BETWEEN … AND ….")
    for bound in (spec.args.get("start"), spec.args.get("end")):
        if not (bound is None or isinstance(bound, str | exp.Literal)):
            refuse(node, "the bounds of a window frame are constants")


def _over(node: exp.Window, function: exp.Expr, translate: Translate) -> exp.Window:
    order, spec = node.args.get("order"), node.args.get("spec")
    partition = [translate.value(part).sql for part in node.args.get("partition_by") or []]
    ordering = order and exp.Order(expressions=[ordered(part, translate) for part in order.expressions])
    return exp.Window(
        this=function, partition_by=partition, order=ordering, spec=spec and spec.copy(), over="OVER"
    )


def ordered(node: exp.Ordered, translate: Translate) -> exp.Ordered:
    """One item of an ORDER BY over values. NULLs come last ascending and first descending, as on Redshift."""
    check_parts(node)
    return exp.Ordered(
        this=translate.value(node.this).sql,
        desc=node.args.get("desc"),
        nulls_first=node.args.get("nulls_first"),
    )


def _within_group(node: exp.WithinGroup, translate: Translate) -> Typed:
    function, items = node.this, node.expression.expressions
    if not isinstance(function, exp.Anonymous) or function.name.upper() != "PERCENTILE_CONT":
        if isinstance(function, exp.Anonymous):
            check_function(function)
        refuse(node, "of the WITHIN GROUP functions the laptop imitates PERCENTILE_CONT only")
    if (
        len(function.expressions) != 1
        or not isinstance(function.expressions[0], exp.Literal)
        or len(items) != 1
    ):
        refuse(node, "PERCENTILE_CONT takes one constant and one ORDER BY expression")
    value = translate.value(items[0].this)
    need_float8(node, value.type)
    share = Decimal(function.expressions[0].name)
    wanted = 1 - share if items[0].args.get("desc") else share
    return Typed(call("quantile_cont", value.sql, exp.Literal.number(str(wanted))), FLOAT8)


RULES: dict[type[exp.Expr], Rule] = {exp.Window: _window, exp.WithinGroup: _within_group}
