"""WITH: named queries, each of which sees those before it, and recursive ones, which see themselves.

Source: AWS, Redshift Database Developer Guide, "WITH clause".
"""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.outputs import meeting, with_output_types
from infra.local.redshift.parts import check_parts
from infra.local.redshift.scope import Columns, Scope
from infra.local.redshift.walk import QueryRule


def with_tables(node: exp.Expr, scope: Scope, query: QueryRule) -> Scope:
    """The scope with the node's WITH tables, translated in place.

    Raises:
        SqlError: one of them has no translation.
    """
    clause = node.args.get("with_")
    if clause is None:
        return scope
    relations = dict(scope.relations)
    names: set[str] = set()
    for table in clause.expressions:
        check_parts(table)
        if table.alias.lower() in names:
            refuse(table, f'WITH query name "{table.alias.lower()}" specified more than once')
        names.add(table.alias.lower())
        inner = replace(scope, relations=relations)
        if clause.args.get("recursive") and _reads_itself(table):
            columns = _recursive(table, inner, query)
        else:
            columns = _plain(table, inner, query)
        relations[_alias(table)] = columns
    return replace(scope, relations=relations)


def _plain(table: exp.CTE, scope: Scope, query: QueryRule) -> Columns:
    translated, columns = query(table.this, scope)
    table.set("this", translated)
    return _renamed(table, columns)


def _reads_itself(table: exp.CTE) -> bool:
    name = table.alias.lower()
    return any(read.name.lower() == name for read in table.this.find_all(exp.Table))


def _recursive(table: exp.CTE, scope: Scope, query: QueryRule) -> Columns:
    union = table.this
    if not isinstance(union, exp.Union) or union.args.get("distinct") or not table.args["alias"].columns:
        refuse(
            table,
            "a recursive WITH is a list of columns and a UNION ALL of a start and a step",
            "Write WITH RECURSIVE t(n) AS (SELECT … UNION ALL SELECT … FROM t WHERE …).",
        )
    for part in ("order", "limit", "offset", "with_"):
        if union.args.get(part):
            refuse(table, f"{part.rstrip('_').upper()} in a recursive WITH is not imitated on the laptop")
    start, first = query(union.left, scope)
    columns = _renamed(table, first)
    own = {table.alias.lower(): columns}
    step, second = query(union.right, replace(scope, relations={**scope.relations, **own}))
    if [column.type for column in meeting(union, columns, second)] != [column.type for column in columns]:
        refuse(table, "the step of a recursive WITH gives wider types than its start", "Cast the start.")
    union.set("this", with_output_types(start, columns))
    union.set("expression", with_output_types(step, columns))
    return columns


def _alias(table: exp.CTE) -> str:
    alias = table.args["alias"]
    alias.set("this", exp.to_identifier(alias.name.lower(), quoted=True))
    return str(alias.name)


def _renamed(table: exp.CTE, columns: Columns) -> Columns:
    names = [name.name.lower() for name in table.args["alias"].args.get("columns") or []]
    if len(names) > len(columns):
        refuse(table, "the table has more column names than columns")
    table.args["alias"].set("columns", [exp.to_identifier(name, quoted=True) for name in names])
    given = [replace(column, name=name) for column, name in zip(columns, names, strict=False)]
    return [*given, *columns[len(names) :]]
