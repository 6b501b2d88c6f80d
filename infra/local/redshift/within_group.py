"""LISTAGG, PERCENTILE_CONT, PERCENTILE_DISC and MEDIAN: aggregates that order the rows of their group.

Source: AWS, Redshift Database Developer Guide, the page of each function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from sqlglot import exp

from infra.local.redshift.aggregates import Aggregate, as_it_is
from infra.local.redshift.arguments import quoted
from infra.local.redshift.errors import refuse
from infra.local.redshift.gate import check_function
from infra.local.redshift.operators import ordered
from infra.local.redshift.positions import position
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Translate, call, filled, text
from infra.local.redshift.types import FLOAT8, TIMESTAMP, VARCHAR, RedshiftType

# AWS: these run on the compute nodes only, and order all in one way within a SELECT.
SORTING = frozenset(
    {"LISTAGG", "MEDIAN", "PERCENTILE_CONT", "PERCENTILE_DISC", "APPROXIMATE PERCENTILE_DISC"}
)
_DISCRETE = frozenset({"PERCENTILE_DISC", "APPROXIMATE PERCENTILE_DISC"})
_LIMITED = (
    "CASE WHEN strlen(:x) > 65535 THEN error('Result size exceeds LISTAGG limit' || :place) ELSE :x END"
)


def within_group(node: exp.WithinGroup, translate: Translate, *, window: bool) -> Aggregate:
    """The function before WITHIN GROUP; `window` tells whether OVER follows.

    Raises:
        SqlError: the function does not order, or orders in a way that is not imitated.
    """
    function, items = node.this, node.expression.expressions
    if not isinstance(function, exp.Anonymous):
        refuse(node, "WITHIN GROUP goes with LISTAGG and PERCENTILE_CONT")
    name = function.name.upper()
    if name == "LISTAGG":
        return listed(function, translate, items)
    if name != "PERCENTILE_CONT" and name not in _DISCRETE:
        if name not in SORTING:
            check_function(function)
        refuse(node, f"{name} does not go with WITHIN GROUP")
    if name == "PERCENTILE_DISC" and not window:
        refuse(
            node,
            "PERCENTILE_DISC is a window function, or APPROXIMATE, on Redshift",
            "Use PERCENTILE_CONT, or add OVER (PARTITION BY …).",
        )
    return _percentile(function, translate, items)


def _percentile(node: exp.Anonymous, translate: Translate, items: list[exp.Ordered]) -> Aggregate:
    share = node.expressions[0] if len(node.expressions) == 1 else None
    if not isinstance(share, exp.Literal) or share.is_string or len(items) != 1 or Decimal(share.name) > 1:
        refuse(node, f"{node.name.upper()} takes one constant from 0 to 1 and one ORDER BY expression")
    value = translate.value(items[0].this)
    if node.name.upper() in _DISCRETE:
        share = _discrete_share(Decimal(share.name), descending=bool(items[0].args.get("desc")))
        return Aggregate(call("quantile_disc", value.sql, share), value.type, as_it_is)
    wanted = 1 - Decimal(share.name) if items[0].args.get("desc") else Decimal(share.name)
    return quantile(node, value, wanted)


def _discrete_share(share: Decimal, *, descending: bool) -> exp.Expr:
    # In windows DuckDB overlooks an ORDER BY of quantile_disc; a negative share counts from the largest value.
    if descending and not share:
        return exp.Literal.number(1)
    return exp.Literal.number(str(-share if descending else share))


def median(node: exp.Anonymous, translate: Translate) -> Aggregate:
    """MEDIAN(x), which is PERCENTILE_CONT(0.5).

    Raises:
        SqlError: the type of the result is not documented.
    """
    if len(node.expressions) != 1 or isinstance(node.expressions[0], exp.Distinct):
        refuse(node, "MEDIAN takes one expression")
    return quantile(node, translate.value(node.expressions[0]), Decimal("0.5"))


def quantile(node: exp.Expr, value: Typed, share: Decimal) -> Aggregate:
    """The interpolated quantile. DuckDB's form without ORDER BY is the faster one."""
    _check_interpolated(node, value.type)
    kind = TIMESTAMP if value.type == TIMESTAMP else FLOAT8
    return Aggregate(call("quantile_cont", value.sql, exp.Literal.number(str(share))), kind, as_it_is)


def _check_interpolated(node: exp.Expr, kind: RedshiftType) -> None:
    what = f"{node.name.upper()} of {kind}"
    if kind.is_exact:
        refuse(node, f"the scale of {what} is not documented", "Cast the argument: x::float8.")
    if not (kind.is_float or kind == TIMESTAMP):
        refuse(
            node,
            f"{what} is not imitated on the laptop",
            "Cast the argument: x::float8, x::timestamp.",
        )


def listed(node: exp.Anonymous, translate: Translate, items: list[exp.Ordered]) -> Aggregate:
    """LISTAGG; `items` are those of WITHIN GROUP.

    Raises:
        SqlError: an argument is missing or of the wrong kind.
    """
    value, delimiter, distinct = _listed_parts(node)
    joined = translate.value(value)
    if not joined.type.is_text:
        refuse(node, f"LISTAGG joins text, and this is {joined.type}", "Cast it: x::varchar(20).")
    if distinct and any(item.this != value for item in items):
        refuse(
            node,
            "LISTAGG(DISTINCT x) is ordered by x alone on the laptop",
            "Write WITHIN GROUP (ORDER BY x).",
        )
    # AWS: NULLs and empty strings are ignored, and there is no delimiter unless one is given.
    kept = call("nullif", joined.sql, text(""))
    order = exp.Order(
        this=text(delimiter),
        expressions=[
            exp.Ordered(this=kept.copy() if distinct else part.this, desc=part.args.get("desc"))
            for part in (ordered(item, translate) for item in items)
        ],
    )
    given = exp.Distinct(expressions=[kept]) if distinct else kept
    return Aggregate(call("string_agg", given, order if items else text(delimiter)), VARCHAR, _limited(node))


def _limited(node: exp.Expr) -> Callable[[exp.Expr], exp.Expr]:
    place = text(position(node))
    return lambda sql: filled(_LIMITED, x=sql, place=place)


def _listed_parts(node: exp.Anonymous) -> tuple[exp.Expr, str, bool]:
    """What LISTAGG joins, with what between, and whether each value once only."""
    given = node.expressions
    distinct = bool(given) and isinstance(given[0], exp.Distinct)
    # The parser takes the delimiter behind DISTINCT for a second distinct value.
    parts = given[0].expressions if distinct else given
    delimiter = quoted(parts[1]) if len(parts) == 2 else ""
    if not 1 <= len(parts) <= 2 or delimiter is None:
        refuse(node, "LISTAGG takes text and a quoted delimiter")
    return parts[0], delimiter, distinct


def sorting_orders(select: exp.Expr) -> Iterator[tuple[exp.Expr, str]]:
    """Each sorting aggregate of a SELECT itself, and what it orders by; windows and subqueries left out."""
    for node in select.walk(
        prune=lambda part: part is not select and isinstance(part, exp.Query | exp.Window)
    ):
        if isinstance(node, exp.WithinGroup):
            yield node, node.expression.sql().lower()
        elif isinstance(node, exp.Anonymous) and node.name.upper() == "MEDIAN" and node.expressions:
            item = exp.Ordered(this=node.expressions[0].copy(), nulls_first=False)
            yield node, exp.Order(expressions=[item]).sql().lower()


def check_sorting(select: exp.Select) -> int:
    """The number of sorting aggregates of a SELECT, which must all order alike.

    Raises:
        SqlError: they do not.
    """
    orders = list(sorting_orders(select))
    for node, order in orders:
        if order != orders[0][1]:
            refuse(
                node,
                "within group ORDER BY clauses for aggregate functions must be the same",
                "Compute each in a subquery of its own and join them.",
            )
    return len(orders)
