"""Walks over whole queries: WITH, FROM, the select list, grouping and order, UNION."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.from_clause import sources
from infra.local.redshift.limits import check_limits
from infra.local.redshift.names import named, output_name, unnamed
from infra.local.redshift.numbers import common_type
from infra.local.redshift.operators import truth
from infra.local.redshift.parts import check_parts
from infra.local.redshift.refusals import SELECT_PARTS
from infra.local.redshift.scope import Column, Columns, Scope
from infra.local.redshift.select_list import expanded
from infra.local.redshift.translation import cast
from infra.local.redshift.types import INTERVAL, UNKNOWN, VARCHAR, RedshiftType
from infra.local.redshift.walk import Walk
from infra.local.redshift.windows import ordered

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
        return _set_operation(node, _with(node, scope))
    if not isinstance(node, exp.Select):
        refuse(node, f"{node.key.upper()} as a table is not supported", "Write SELECT … UNION ALL SELECT ….")
    return _select(node, _with(node, scope))


def _subquery(node: exp.Subquery, scope: Scope) -> tuple[exp.Expr, Columns]:
    check_parts(node)
    inner, columns = translate_query(node.this, _with(node, scope))
    node.set("this", inner)
    _order(node, Walk(Scope(scope.relations), translate_query), _types(columns), {})
    check_limits(node)
    return node, columns


def _with(node: exp.Expr, scope: Scope) -> Scope:
    """The scope with the node's WITH tables; each sees those before it."""
    clause = node.args.get("with_")
    if clause is None:
        return scope
    if clause.args.get("recursive"):
        refuse(clause, "WITH RECURSIVE is not imitated on the laptop", "Use the calendar table.")
    relations = dict(scope.relations)
    for table in clause.expressions:
        check_parts(table)
        query, columns = translate_query(table.this, replace(scope, relations=relations))
        table.set("this", query)
        relations[_alias(table)] = _renamed(table, columns)
    return replace(scope, relations=relations)


def _alias(table: exp.Expr) -> str:
    alias = table.args["alias"]
    alias.set("this", exp.to_identifier(alias.name.lower(), quoted=True))
    return str(alias.name)


def _renamed(table: exp.Expr, columns: Columns) -> Columns:
    names = [name.name.lower() for name in table.args["alias"].args.get("columns") or []]
    if len(names) > len(columns):
        refuse(table, "the table has more column names than columns")
    table.args["alias"].set("columns", [exp.to_identifier(name, quoted=True) for name in names])
    given = [replace(column, name=name) for column, name in zip(columns, names, strict=False)]
    return [*given, *columns[len(names) :]]


def _set_operation(node: exp.SetOperation, scope: Scope) -> tuple[exp.Expr, Columns]:
    check_parts(node)
    if not isinstance(node, exp.Union) and not node.args.get("distinct"):
        refuse(node, f"{node.key.upper()} ALL is not supported", f"Write {node.key.upper()}.")
    left, first = translate_query(node.left, scope)
    right, second = translate_query(node.right, scope)
    if len(first) != len(second):
        refuse(node, f"each {node.key.upper()} query must have the same number of columns")
    columns = [
        Column(one.name, _meeting(node, one.type, other.type))
        for one, other in zip(first, second, strict=True)
    ]
    node.set("this", with_output_types(left, columns))
    node.set("expression", with_output_types(right, columns))
    _order(node, Walk(Scope(scope.relations), translate_query), _types(columns), {})
    check_limits(node)
    return node, columns


def _meeting(node: exp.SetOperation, left: RedshiftType, right: RedshiftType) -> RedshiftType:
    kind = common_type(left, right)
    if kind is None:
        refuse(node, f"{node.key.upper()} types {left} and {right} cannot be matched", "Cast one of them.")
    return kind


def _types(columns: Columns) -> Mapping[str, RedshiftType]:
    return {column.name: column.type for column in columns}


def _select(node: exp.Select, scope: Scope) -> tuple[exp.Expr, Columns]:
    _check_parts(node)
    inner = sources(node, scope, translate_query)
    walk = Walk(inner, translate_query)
    _condition(node, "where", walk)
    written = expanded(node, inner)
    columns = _outputs(node, written, inner)
    _group(node, walk, _types(columns))
    _condition(node, "having", walk)
    _condition(node, "qualify", walk)
    _order(
        node, walk, _types(columns), {unnamed(part): number for number, part in enumerate(written, start=1)}
    )
    check_limits(node)
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
    for item in written:
        walk = Walk(scope.with_aliases(_types(columns)), translate_query)
        name, value = output_name(item), walk.value(unnamed(item))
        columns.append(Column(name, value.type))
        projections.append(named(value.sql, name))
    node.set("expressions", projections)
    return columns


def _group(node: exp.Select, walk: Walk, names: Mapping[str, RedshiftType]) -> None:
    clause = node.args.get("group")
    if clause is None:
        return
    for part, value in clause.args.items():
        if value and part != "expressions":
            refuse(clause, f"GROUP BY {part.upper()} is not imitated on the laptop", "List the columns.")
    clause.set("expressions", [_grouped(item, walk, names) for item in clause.expressions])


def _grouped(item: exp.Expr, walk: Walk, names: Mapping[str, RedshiftType]) -> exp.Expr:
    if _is_position(item):
        return item.copy()
    if isinstance(item, exp.Column):
        # A name alone may be an alias of the select list; inside an expression it may not.
        walk = Walk(walk.scope.with_aliases(names), translate_query)
    return walk.value(item).sql


def _is_position(item: exp.Expr) -> bool:
    return isinstance(item, exp.Literal) and not item.is_string


def _order(
    node: exp.Expr, walk: Walk, names: Mapping[str, RedshiftType], positions: Mapping[exp.Expr, int]
) -> None:
    """Translate ORDER BY in place. What also stands in the select list is ordered by its position there."""
    clause = node.args.get("order")
    if clause is not None:
        clause.set("expressions", [_ordered(item, walk, names, positions) for item in clause.expressions])


def _ordered(
    item: exp.Ordered, walk: Walk, names: Mapping[str, RedshiftType], positions: Mapping[exp.Expr, int]
) -> exp.Ordered:
    check_parts(item)
    value = item.this
    made = exp.Ordered(desc=item.args.get("desc"), nulls_first=item.args.get("nulls_first"))
    if _is_position(value):
        made.set("this", value.copy())
    elif isinstance(value, exp.Column) and not value.table and value.name.lower() in names:
        made.set("this", exp.column(value.name.lower(), quoted=True))
    elif value in positions:
        made.set("this", exp.Literal.number(positions[value]))
    else:
        made = ordered(item, walk)
    return made


def with_output_types(node: exp.Expr, columns: Columns) -> exp.Expr:
    """The query with every output column cast to its Redshift type, which makes the result's metadata true."""
    if isinstance(node, exp.SetOperation):
        node.set("this", with_output_types(node.left, columns))
        node.set("expression", with_output_types(node.right, columns))
    elif isinstance(node, exp.Subquery):
        node.set("this", with_output_types(node.this, columns))
    else:
        node.set("expressions", _cast_items(node, columns))
    return node


def _cast_items(node: exp.Expr, columns: Columns) -> list[exp.Expr]:
    return [
        named(cast(item.this, column.type).sql, item.alias)
        for item, column in zip(node.expressions, columns, strict=True)
    ]


def result_columns(node: exp.Expr, columns: Columns) -> Columns:
    """The columns as the client sees them: an untyped literal is text by now.

    Raises:
        SqlError: a column has no type that the Data API can carry.
    """
    if any(column.type == INTERVAL for column in columns):
        refuse(node, "an interval cannot be a result column", "Write DATEDIFF(minute, start, end).")
    return [replace(column, type=VARCHAR) if column.type == UNKNOWN else column for column in columns]
