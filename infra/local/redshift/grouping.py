"""GROUP BY, with its ROLLUP, CUBE and GROUPING SETS.

Source: AWS, Redshift Database Developer Guide, "GROUP BY clause", "Aggregation extensions".
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.ordering import check_position, is_position
from infra.local.redshift.scope import Scope
from infra.local.redshift.types import RedshiftType
from infra.local.redshift.walk import QueryRule, Walk

_MOST_SETS = 64


def group_by(node: exp.Select, scope: Scope, names: Mapping[str, RedshiftType], query: QueryRule) -> None:
    """Translate GROUP BY in place; `names` are those of the select list.

    Raises:
        SqlError: an item has no translation.
    """
    clause = node.args.get("group")
    if clause is None:
        return
    for part, value in clause.args.items():
        if value and part != "expressions":
            refuse(clause, f"GROUP BY {part.upper()} is not imitated on the laptop", "List the columns.")
    grouped = [_grouped(item, scope, names, query) for item in clause.expressions]
    clause.set("expressions", [_spelled_out(item, node) for item in grouped])


def _grouped(item: exp.Expr, scope: Scope, names: Mapping[str, RedshiftType], query: QueryRule) -> exp.Expr:
    if isinstance(item, exp.GroupingSets | exp.Rollup | exp.Cube):
        _check_extension(item)
        return type(item)(expressions=[_member(part, scope, names, query) for part in item.expressions])
    if is_position(item):
        check_position(item, "GROUP BY", len(names))
        return item.copy()
    # A name alone may be an alias of the select list; inside an expression it may not.
    seen = scope.with_aliases(names) if isinstance(item, exp.Column) else scope
    return Walk(seen, query).value(item).sql


def _spelled_out(item: exp.Expr, node: exp.Select) -> exp.Expr:
    """What a position stands for: the engine knows it again in HAVING, and beneath the cast of the select list."""
    if not is_position(item):
        return item
    named = node.expressions[int(item.name) - 1].unalias()
    return item if isinstance(named, exp.Literal) else named.copy()


def _member(part: exp.Expr, scope: Scope, names: Mapping[str, RedshiftType], query: QueryRule) -> exp.Expr:
    """One set of an extension: an expression, several in parentheses, or none."""
    if isinstance(part, exp.Literal | exp.Null | exp.Boolean):
        refuse(part, "constants are not allowed in ROLLUP, CUBE and GROUPING SETS", "Name the column.")
    if isinstance(part, exp.Tuple):
        return exp.Tuple(expressions=[_member(inner, scope, names, query) for inner in part.expressions])
    return _grouped(part, scope, names, query)


def _check_extension(item: exp.Expr) -> None:
    members = len(item.expressions)
    sets = (
        members + 1 if isinstance(item, exp.Rollup) else 2**members if isinstance(item, exp.Cube) else members
    )
    if sets > _MOST_SETS:
        refuse(item, f"more than {_MOST_SETS} grouping sets")
