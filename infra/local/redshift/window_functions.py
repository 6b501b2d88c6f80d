"""Functions that exist as windows only (places, neighbours, shares), and those that are others there.

Source: AWS, Redshift Database Developer Guide, "Window functions" and the page of each function.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from infra.local.redshift.aggregates import (
    Aggregate,
    AggregateRule,
    argument,
    as_it_is,
    as_type,
    averaged,
    summed,
)
from infra.local.redshift.errors import refuse
from infra.local.redshift.translation import Translate, call, cast
from infra.local.redshift.types import FLOAT8, INT4, INT8, RedshiftType, declared

_NODES = {
    "LAG": exp.Lag,
    "LEAD": exp.Lead,
    "FIRST_VALUE": exp.FirstValue,
    "LAST_VALUE": exp.LastValue,
    "NTH_VALUE": exp.NthValue,
}


def _place(kind: RedshiftType, finish: Callable[[exp.Expr], exp.Expr] = as_it_is) -> AggregateRule:
    """The place of a row among the others, of that type."""

    def rule(node: exp.Anonymous, translate: Translate) -> Aggregate:
        del translate
        if node.expressions:
            refuse(node, f"{node.name.upper()} takes no argument")
        return Aggregate(call(node.name.lower()), kind, finish)

    return rule


def _ntile(node: exp.Anonymous, translate: Translate) -> Aggregate:
    sql, kind = argument(node, translate)
    if not kind.is_integer:
        refuse(node, "NTILE takes a number of groups")
    return Aggregate(call("ntile", sql), INT8, as_it_is)


def _picked(least: int, most: int) -> AggregateRule:
    """A value of another row; `least` to `most` arguments, the second one counts rows."""

    def rule(node: exp.Anonymous, translate: Translate) -> Aggregate:
        if not least <= len(node.expressions) <= most:
            refuse(
                node, f"{node.name.upper()} takes {'a value' if most == 1 else 'a value and a count of rows'}"
            )
        value, *counts = [translate.value(part) for part in node.expressions]
        for count in counts:
            if not count.type.is_integer:
                refuse(node, f"{node.name.upper()} counts rows in whole numbers")
        made = _NODES[node.name.upper()](this=value.sql)
        if counts:
            made.set("offset", cast(counts[0].sql, INT4).sql)
        return Aggregate(made, value.type, as_it_is)

    return rule


def _share(node: exp.Anonymous, translate: Translate) -> Aggregate:
    if len(node.expressions) != 1:
        refuse(node, "RATIO_TO_REPORT takes one number")
    value = translate.value(node.expressions[0])
    if not value.type.is_number:
        refuse(
            node, f"function ratio_to_report({value.type}) does not exist", "Cast the argument to a number."
        )
    part = cast(value.sql, FLOAT8).sql
    return Aggregate(call("sum", part), FLOAT8, lambda whole: exp.Div(this=part.copy(), expression=whole))


def _sum(node: exp.Anonymous, translate: Translate) -> Aggregate:
    sql, kind = argument(node, translate)
    if kind == INT8 and not _is_cast_to_number(node):
        refuse(
            node,
            "SUM(bigint) with OVER is a NUMERIC, whose precision is not documented",
            "Cast it: (SUM(x) OVER (…))::bigint.",
        )
    return summed(node, sql, kind)


def _average(node: exp.Anonymous, translate: Translate) -> Aggregate:
    sql, kind = argument(node, translate)
    if kind == INT8:
        refuse(
            node,
            "AVG(bigint) with OVER is a NUMERIC, whose decimals are not documented",
            "Average floats: AVG(x::float8) OVER (…).",
        )
    return averaged(node, sql, kind)


def _is_cast_to_number(function: exp.Anonymous) -> bool:
    """Whether the window over this function is cast: a sum of whole numbers is the same in every type then."""
    around = function.parent
    while isinstance(around, exp.Window | exp.Paren):
        around = around.parent
    kind = declared(around.args["to"]) if isinstance(around, exp.Cast) else None
    return kind is not None and kind.is_number


def skipping_nulls(node: exp.Expr, aggregate: Aggregate) -> Aggregate:
    """The same function with IGNORE NULLS.

    Raises:
        SqlError: the function at `node` cannot skip NULLs.
    """
    if not isinstance(aggregate.call, tuple(_NODES.values())):
        refuse(node, "IGNORE NULLS goes with LAG, LEAD, FIRST_VALUE, LAST_VALUE and NTH_VALUE")
    return Aggregate(exp.IgnoreNulls(this=aggregate.call), aggregate.type, aggregate.finish)


WINDOW_ONLY: dict[str, AggregateRule] = {
    "ROW_NUMBER": _place(INT8),
    # Newer pages say BIGINT of DENSE_RANK; either is served as an integer.
    **dict.fromkeys(("RANK", "DENSE_RANK"), _place(INT4, as_type(INT4))),
    **dict.fromkeys(("PERCENT_RANK", "CUME_DIST"), _place(FLOAT8)),
    "NTILE": _ntile,
    "LAG": _picked(1, 2),
    "LEAD": _picked(1, 2),
    "FIRST_VALUE": _picked(1, 1),
    "LAST_VALUE": _picked(1, 1),
    "NTH_VALUE": _picked(2, 2),
    "RATIO_TO_REPORT": _share,
}

# AWS: of a BIGINT these are BIGINT as aggregates, and NUMERIC as windows.
WINDOW_AGGREGATES: dict[str, AggregateRule] = {"SUM": _sum, "AVG": _average}
