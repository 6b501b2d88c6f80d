"""Aggregate functions: what they give on Redshift.

Source: AWS, Redshift Database Developer Guide, "Aggregate functions".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Translate, call, cast
from infra.local.redshift.types import BOOL, FLOAT8, INT4, INT8, UNKNOWN, VARCHAR, RedshiftType, numeric


@dataclass(frozen=True, slots=True)
class Aggregate:
    """DuckDB's call, Redshift's type, and what must be done around the call (or around its whole window)."""

    call: exp.Expr
    type: RedshiftType
    finish: Callable[[exp.Expr], exp.Expr]

    def typed(self, sql: exp.Expr) -> Typed:
        """The finished value; `sql` is the call or the window over it."""
        return Typed(self.finish(sql), self.type)


AggregateRule = Callable[[exp.Anonymous, Translate], Aggregate]


def as_it_is(sql: exp.Expr) -> exp.Expr:
    """Nothing is to be done around the call."""
    return sql


def as_type(kind: RedshiftType) -> Callable[[exp.Expr], exp.Expr]:
    """The call is cast to that type."""
    return lambda sql: cast(sql, kind).sql


def _whole(sql: exp.Expr) -> exp.Expr:
    return cast(call("trunc", sql), INT8).sql


def argument(node: exp.Anonymous, translate: Translate) -> tuple[exp.Expr, RedshiftType]:
    """The one argument of an aggregate, with its DISTINCT if it has one.

    Raises:
        SqlError: there is not exactly one.
    """
    arguments = node.expressions
    distinct = bool(arguments) and isinstance(arguments[0], exp.Distinct)
    values = arguments[0].expressions if distinct else arguments
    if len(values) != 1:
        refuse(node, f"{node.name.upper()} takes one expression", "Join several with || if you count pairs.")
    typed = translate.value(values[0])
    return (exp.Distinct(expressions=[typed.sql]) if distinct else typed.sql), typed.type


def _count(node: exp.Anonymous, translate: Translate) -> Aggregate:
    if len(node.expressions) == 1 and isinstance(node.expressions[0], exp.Star):
        return Aggregate(call("count", exp.Star()), INT8, as_it_is)
    sql, _ = argument(node, translate)
    return Aggregate(call("count", sql), INT8, as_it_is)


def _count_distinct(node: exp.Anonymous, translate: Translate) -> Aggregate:
    # The exact count is one of the estimates that AWS allows.
    if len(node.expressions) != 1 or not isinstance(node.expressions[0], exp.Distinct):
        refuse(node, "APPROXIMATE COUNT takes DISTINCT and one expression")
    return _count(node, translate)


def _sum(node: exp.Anonymous, translate: Translate) -> Aggregate:
    return summed(node, *argument(node, translate))


def summed(node: exp.Anonymous, sql: exp.Expr, kind: RedshiftType) -> Aggregate:
    """The SUM `node` of an argument of that type.

    Raises:
        SqlError: it is no number.
    """
    if kind.is_integer:
        return Aggregate(call("sum", sql), INT8, as_type(INT8))
    if kind.name == "numeric":
        return Aggregate(call("sum", sql), numeric(38, kind.scale), as_it_is)
    _need_float(node, kind)
    return Aggregate(call("sum", sql), FLOAT8, as_type(FLOAT8))


def _average(node: exp.Anonymous, translate: Translate) -> Aggregate:
    return averaged(node, *argument(node, translate))


def averaged(node: exp.Anonymous, sql: exp.Expr, kind: RedshiftType) -> Aggregate:
    """The AVG `node` of an argument of that type.

    Raises:
        SqlError: it is no number, or AWS leaves the last digit of the average open.
    """
    if kind.is_integer:
        # AWS: AVG of an integer is a BIGINT; the fraction is cut.
        return Aggregate(call("avg", sql), INT8, _whole)
    if kind.name == "numeric":
        refuse(
            node,
            "the last digit of AVG(numeric) is not documented, so the laptop does not guess it",
            "Average floats: AVG(x::float8).",
        )
    _need_float(node, kind)
    return Aggregate(call("avg", sql), FLOAT8, as_type(FLOAT8))


def _need_float(node: exp.Anonymous, kind: RedshiftType) -> None:
    if not kind.is_float:
        refuse(node, f"function {node.name.lower()}({kind}) does not exist", "Cast the argument to a number.")


def _any(node: exp.Anonymous, translate: Translate) -> Aggregate:
    sql, kind = argument(node, translate)
    if kind == UNKNOWN:
        return Aggregate(call(node.name.lower(), sql), VARCHAR, as_it_is)
    return Aggregate(call(node.name.lower(), sql), kind, as_it_is)


def _extreme(boolean: str) -> AggregateRule:
    """MIN or MAX; for truth values Redshift has the function `boolean` instead."""

    def rule(node: exp.Anonymous, translate: Translate) -> Aggregate:
        made = _any(node, translate)
        if made.type == BOOL:
            refuse(node, f"function {node.name.lower()}(bool) does not exist", f"Use {boolean}.")
        return made

    return rule


def _spread(name: str) -> AggregateRule:
    def rule(node: exp.Anonymous, translate: Translate) -> Aggregate:
        sql, kind = argument(node, translate)
        if not kind.is_number or isinstance(sql, exp.Distinct):
            refuse(node, f"function {node.name.lower()}({kind}) is not imitated on the laptop")
        return Aggregate(call(name, cast(sql, FLOAT8).sql), FLOAT8, as_it_is)

    return rule


def _all_true(node: exp.Anonymous, translate: Translate) -> Aggregate:
    sql, kind = argument(node, translate)
    if kind.name != "bool":
        refuse(
            node,
            f"function {node.name.lower()}({kind}) is not imitated on the laptop",
            "Compare first: x <> 0.",
        )
    return Aggregate(call(node.name.lower(), sql), kind, as_it_is)


def _bits(node: exp.Anonymous, translate: Translate) -> Aggregate:
    sql, kind = argument(node, translate)
    if not kind.is_integer:
        refuse(
            node, f"function {node.name.lower()}({kind}) does not exist", "Cast the argument to an integer."
        )
    return Aggregate(call(node.name.lower(), sql), kind, as_it_is)


def _grouping(node: exp.Anonymous, translate: Translate) -> Aggregate:
    if not node.expressions:
        refuse(node, "GROUPING takes expressions of GROUP BY")
    parts = [translate.value(part).sql for part in node.expressions]
    return Aggregate(call("grouping", *parts), INT4, as_type(INT4))


AGGREGATES: dict[str, AggregateRule] = {
    "COUNT": _count,
    "APPROXIMATE COUNT": _count_distinct,
    "SUM": _sum,
    "AVG": _average,
    "MIN": _extreme("BOOL_AND"),
    "MAX": _extreme("BOOL_OR"),
    "STDDEV": _spread("stddev_samp"),
    "STDDEV_SAMP": _spread("stddev_samp"),
    "STDDEV_POP": _spread("stddev_pop"),
    "VARIANCE": _spread("var_samp"),
    "VAR_SAMP": _spread("var_samp"),
    "VAR_POP": _spread("var_pop"),
    "ANY_VALUE": _any,
    "BOOL_AND": _all_true,
    "BOOL_OR": _all_true,
    "BIT_AND": _bits,
    "BIT_OR": _bits,
    "GROUPING": _grouping,
}
