"""FROM and JOIN: which tables a SELECT reads, under which names."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.gate import check_function
from infra.local.redshift.operators import truth
from infra.local.redshift.outer_joins import check_condition
from infra.local.redshift.refusals import SELECT_PARTS
from infra.local.redshift.scope import SCHEMAS, Columns, Scope
from infra.local.redshift.walk import QueryRule, Walk

_TABLE_PARTS = frozenset({"this", "alias", "db", "only"})
_JOIN_PARTS = frozenset({"this", "on", "side", "kind", "using"})


def sources(node: exp.Select, outer: Scope, query: QueryRule) -> Scope:
    """The scope inside the SELECT, its FROM and JOINs translated in place.

    Raises:
        SqlError: a table is unknown, or the form of the join is not imitated.
    """
    scope = Scope(outer.relations, outer=outer if outer.sources else outer.outer)
    clause = node.args.get("from_")
    if clause is None:
        return scope
    scope = _read(clause.this, scope, query)
    for join in node.args.get("joins") or []:
        scope = _join(join, scope, query)
    return scope


def _read(item: exp.Expr, scope: Scope, query: QueryRule) -> Scope:
    if item.args.get("joins"):
        refuse(
            item, "joins inside parentheses are not imitated on the laptop", "Write them one after another."
        )
    if isinstance(item, exp.Table):
        name, columns = _table(item, scope)
    elif isinstance(item, exp.Subquery):
        name, columns = _derived(item, scope, query)
    else:
        refuse(item, f"{item.key.upper()} in FROM is not supported", "Join a table or a subquery.")
    if name in scope.sources:
        refuse(item, f'table name "{name}" specified more than once')
    return replace(scope, sources={**scope.sources, name: columns})


def _table(item: exp.Table, scope: Scope) -> tuple[str, Columns]:
    for part, value in item.args.items():
        if value and part not in _TABLE_PARTS:
            refuse(
                item,
                *SELECT_PARTS.get(part, (f"{part.upper()} of a table is not imitated on the laptop", "")),
            )
    if isinstance(item.this, exp.Anonymous):
        check_function(item.this)
    name, schema = item.name.lower(), item.db.lower()
    columns = scope.relations.get(name)
    if columns is None or schema not in SCHEMAS:
        refuse(item, f'relation "{schema + "." if schema else ""}{name}" does not exist')
    alias = _named(item, item.alias.lower() or name)
    item.set("this", exp.to_identifier(name, quoted=True))
    item.set("db", None)
    return alias, columns


def _derived(item: exp.Subquery, scope: Scope, query: QueryRule) -> tuple[str, Columns]:
    if not item.alias:
        refuse(item, "subquery in FROM must have an alias", "Write FROM (SELECT …) AS t.")
    # A derived table does not see its neighbours in FROM.
    translated, columns = query(item.this, Scope(scope.relations))
    item.set("this", translated)
    return _named(item, item.alias.lower()), columns


def _named(item: exp.Expr, alias: str) -> str:
    given = item.args.get("alias")
    if given is not None and given.args.get("columns"):
        refuse(item, "column names behind a table's alias are not imitated here", "Name them inside.")
    item.set("alias", exp.TableAlias(this=exp.to_identifier(alias, quoted=True)))
    return alias


def _join(join: exp.Join, scope: Scope, query: QueryRule) -> Scope:
    for part, value in join.args.items():
        if value and part not in _JOIN_PARTS:
            refuse(join, f"{str(value).upper()} JOIN is not imitated on the laptop", "Write JOIN … ON ….")
    before = scope
    scope = _read(join.this, scope, query)
    condition, using = join.args.get("on"), join.args.get("using")
    if condition is not None:
        join.set("on", truth(Walk(scope, query), condition))
        check_condition(join, join.this.alias, scope.level)
    return _using(join, using, before, scope) if using else scope


def _using(join: exp.Join, using: list[exp.Identifier], before: Scope, scope: Scope) -> Scope:
    names = [name.name.lower() for name in using]
    seen = {column.name for columns in before.sources.values() for column in columns}
    for name in names:
        if name not in seen:
            refuse(join, f'column "{name}" specified in USING clause does not exist in left table')
    join.set("using", [exp.to_identifier(name, quoted=True) for name in names])
    return replace(scope, merged=scope.merged | set(names))
