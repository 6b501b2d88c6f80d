"""The OVER clause.

Source: AWS, Redshift Database Developer Guide, "Window functions": an aggregate with ORDER BY in its window needs
an explicit frame, and frames are ROWS only.
"""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.aggregates import AGGREGATES, Aggregate
from infra.local.redshift.errors import refuse
from infra.local.redshift.gate import DOCUMENTED, check_function, function_classes
from infra.local.redshift.operators import ordered
from infra.local.redshift.parts import check_parts
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate
from infra.local.redshift.window_functions import WINDOW_AGGREGATES, WINDOW_ONLY, skipping_nulls
from infra.local.redshift.within_group import SORTING, listed, median, within_group

_PARTITION_ONLY = SORTING | {"RATIO_TO_REPORT"}
_NEEDS_NO_FRAME = frozenset(WINDOW_ONLY) - {"FIRST_VALUE", "LAST_VALUE", "NTH_VALUE", "RATIO_TO_REPORT"}
_NEEDS_ORDER = frozenset({"LAG", "LEAD"})


def _window(node: exp.Window, translate: Translate) -> Typed:
    function, skip = _without_null_rule(node.this)
    aggregate = _function(node, function, translate)
    if skip:
        aggregate = skipping_nulls(node, aggregate)
    return aggregate.typed(_over(node, aggregate.call, translate))


def _without_null_rule(function: exp.Expr) -> tuple[exp.Expr, bool]:
    """The function without IGNORE NULLS or RESPECT NULLS, and whether it ignores them."""
    if isinstance(function, exp.IgnoreNulls | exp.RespectNulls):
        return function.this, isinstance(function, exp.IgnoreNulls)
    first = function.expressions[0] if function.expressions else None
    if isinstance(first, exp.IgnoreNulls | exp.RespectNulls):
        first.replace(first.this)
        return function, isinstance(first, exp.IgnoreNulls)
    return function, False


def _function(node: exp.Window, function: exp.Expr, translate: Translate) -> Aggregate:
    if isinstance(function, exp.WithinGroup):
        _check_window(node, function.this.name.upper())
        return within_group(function, translate, window=True)
    if not isinstance(function, exp.Anonymous):
        refuse(node, "this window function is not imitated on the laptop")
    name = function.name.upper()
    rule = {**AGGREGATES, **WINDOW_AGGREGATES, **WINDOW_ONLY, **SORTED}.get(name)
    if rule is None or name == "GROUPING":
        if function_classes().get(name) != DOCUMENTED:
            check_function(function)
        refuse(function, f"{name} is no window function")
    _check_window(node, name)
    if name in AGGREGATES and isinstance(next(iter(function.expressions), None), exp.Distinct):
        refuse(
            function,
            f"DISTINCT is not supported in {name} with OVER",
            "Aggregate in a subquery with GROUP BY, and join it.",
        )
    return rule(function, translate)


def _check_window(node: exp.Window, name: str) -> None:
    spec, order = node.args.get("spec"), node.args.get("order")
    if name in _PARTITION_ONLY and (spec is not None or order is not None):
        refuse(
            node, f"the OVER clause of {name} takes PARTITION BY only", "Leave ORDER BY and the frame out."
        )
    if name in _NEEDS_NO_FRAME and spec is not None:
        refuse(node, f"{name} takes no frame clause", "Leave ROWS … out.")
    if name in _NEEDS_ORDER and order is None:
        refuse(node, f"{name} needs an ORDER BY in its OVER clause")
    if spec is None and order is not None and name not in _NEEDS_NO_FRAME:
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


def _sorted_aggregate(node: exp.WithinGroup, translate: Translate) -> Typed:
    aggregate = within_group(node, translate, window=False)
    return aggregate.typed(aggregate.call)


def _listed(node: exp.Anonymous, translate: Translate) -> Aggregate:
    return listed(node, translate, [])


# The sorting aggregates that may stand without WITHIN GROUP.
SORTED = {"LISTAGG": _listed, "MEDIAN": median}

RULES: dict[type[exp.Expr], Rule] = {exp.Window: _window, exp.WithinGroup: _sorted_aggregate}
