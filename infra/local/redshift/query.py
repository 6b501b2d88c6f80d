"""Walks over whole queries: WITH, FROM, the select list, grouping and order, UNION."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from infra.local.redshift.correlation import check_windows
from infra.local.redshift.errors import refuse
from infra.local.redshift.from_clause import sources
from infra.local.redshift.grouping import group_by
from infra.local.redshift.limits import check_limits
from infra.local.redshift.names import named, output_name, unnamed
from infra.local.redshift.operators import truth
from infra.local.redshift.ordering import order_by
from infra.local.redshift.outputs import meeting, with_output_types
from infra.local.redshift.parts import check_parts
from infra.local.redshift.placement import check_placement
from infra.local.redshift.quantiles import merge_quantiles
from infra.local.redshift.refusals import SELECT_PARTS
from infra.local.redshift.scope import Column, Columns, Scope, Typed
from infra.local.redshift.select_list import expanded
from infra.local.redshift.types import INTERVAL, UNKNOWN, VARCHAR, RedshiftType
from infra.local.redshift.walk import Walk
from infra.local.redshift.with_clause import with_tables
from infra.local.redshift.within_group import check_sorting

_KNOWN_PARTS = frozenset(
    {"with_", "expressions", "from_", "joins", "where", "group", "having", "qualify", "order", "limit"}
    | {"offset", "distinct", "kind", "hint", "operation_modifiers"}
)


def translate_query(node: exp.Expr, scope: Scope) -> tuple[exp.Expr, Columns]:
    """DuckDB's form of a query and its output columns; `scope` is what it sees from outside.

    Raises:
        SqlError: something in it has no translation.
    """
    if isinstance(node, exp.Subquery):
        return _subquery(node, scope)
    if isinstance(node, exp.SetOperation):
        return _set_operation(node, with_tables(node, scope, translate_query))
    if not isinstance(node, exp.Select):
        refuse(node, f"{node.key.upper()} as a table is not supported", "Write SELECT … UNION ALL SELECT ….")
    return _select(node, with_tables(node, scope, translate_query))


def _subquery(node: exp.Subquery, scope: Scope) -> tuple[exp.Expr, Columns]:
    check_parts(node)
    inner, columns = translate_query(node.this, with_tables(node, scope, translate_query))
    node.set("this", inner)
    order_by(node, Walk(Scope(scope.relations), translate_query), columns)
    check_limits(node)
    return node, columns


def _set_operation(node: exp.SetOperation, scope: Scope) -> tuple[exp.Expr, Columns]:
    check_parts(node)
    if not isinstance(node, exp.Union) and not node.args.get("distinct"):
        refuse(node, f"{node.key.upper()} ALL is not supported", f"Write {node.key.upper()}.")
    left, first = translate_query(node.left, scope)
    right, second = translate_query(node.right, scope)
    columns = meeting(node, first, second)
    node.set("this", _united(left, first, columns))
    node.set("expression", _united(right, second, columns))
    order_by(node, Walk(Scope(scope.relations), translate_query), columns)
    check_limits(node)
    return node, columns


def _united(side: exp.Expr, own: Columns, columns: Columns) -> exp.Expr:
    """One side of a UNION with these columns; a UNION of the same types has got their casts already."""
    cast_already = isinstance(side, exp.SetOperation) and _types(own) == _types(columns)
    return side if cast_already else with_output_types(side, columns)


def _types(columns: Columns) -> list[RedshiftType]:
    return [column.type for column in columns]


def _select(node: exp.Select, scope: Scope) -> tuple[exp.Expr, Columns]:
    _check_parts(node)
    check_placement(node)
    sorting = check_sorting(node)
    inner = sources(node, scope, translate_query)
    walk = Walk(inner, translate_query)
    _condition(node, "where", walk)
    written = expanded(node, inner)
    columns = _outputs(node, written, inner)
    group_by(node, walk, written, columns)
    _condition(node, "having", walk)
    _condition(node, "qualify", walk)
    order_by(node, walk, columns, written)
    check_windows(node, inner.level)
    check_limits(node)
    if sorting > 1:
        merge_quantiles(node)
    return node, columns


def _check_parts(node: exp.Select) -> None:
    for part, value in node.args.items():
        if value and part not in _KNOWN_PARTS:
            says, instead = SELECT_PARTS.get(part, (f"{part.upper()} is not imitated on the laptop", ""))
            refuse(node, says, instead)
    distinct = node.args.get("distinct")
    if distinct is not None and distinct.args.get("on"):
        refuse(distinct, "SELECT DISTINCT ON is not supported", "Use ROW_NUMBER() OVER (…) = 1.")
    source = node.args.get("from_")
    if node.args.get("qualify") and source is not None and not source.this.alias:
        refuse(node, "QUALIFY needs an alias for the table before it", "Write FROM table AS t QUALIFY ….")
    if not node.expressions:
        refuse(node, "the select list is empty")


def _condition(node: exp.Select, part: str, walk: Walk) -> None:
    clause = node.args.get(part)
    if clause is not None:
        clause.set("this", truth(walk, clause.this))


def _outputs(node: exp.Select, written: list[exp.Expr], scope: Scope) -> Columns:
    """Translate the select list in place; each item sees the aliases before it."""
    columns: list[Column] = []
    projections: list[exp.Expr] = []
    aliases: dict[str, Typed] = {}
    for item in written:
        walk = Walk(scope.with_aliases(aliases), translate_query)
        name, value = output_name(item), walk.value(unnamed(item))
        if value.type == INTERVAL:
            refuse(item, "an interval cannot be a result column", "Write DATEDIFF(minute, start, end).")
        columns.append(Column(name, value.type))
        projections.append(named(value.sql, name))
        aliases[name] = value
    node.set("expressions", projections)
    return columns


def result_columns(columns: Columns) -> Columns:
    """The columns as the client sees them: an untyped literal is text by now."""
    return [replace(column, type=VARCHAR) if column.type == UNKNOWN else column for column in columns]
