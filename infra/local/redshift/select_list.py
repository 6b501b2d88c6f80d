"""Expands `*` and `t.*`, so that every output column has a name and a type."""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.scope import Scope


def expanded(node: exp.Select, scope: Scope) -> list[exp.Expr]:
    """The select list without stars.

    Raises:
        SqlError: a star names no table, or does what Redshift cannot.
    """
    items: list[exp.Expr] = []
    for item in node.expressions:
        if _is_star(item):
            items.extend(_columns(item, scope))
        else:
            items.append(item)
    return items


def _is_star(item: exp.Expr) -> bool:
    return isinstance(item, exp.Star) or (isinstance(item, exp.Column) and isinstance(item.this, exp.Star))


def _columns(item: exp.Expr, scope: Scope) -> list[exp.Expr]:
    star = item if isinstance(item, exp.Star) else item.this
    if any(star.args.values()) or scope.merged:
        refuse(item, "this form of * is not imitated on the laptop", "Name the columns.")
    table = item.table.lower() if isinstance(item, exp.Column) else ""
    if table and table not in scope.sources:
        refuse(item, f'relation "{table}" does not exist in FROM')
    return [
        exp.column(column.name, table=alias, quoted=True)
        for alias, columns in scope.sources.items()
        if table in {"", alias}
        for column in columns
    ]
