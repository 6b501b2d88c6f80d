"""Finds the column that GROUP BY lacks. DuckDB names it, but tells a place in its own text only."""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.aggregates import AGGREGATES
from infra.local.redshift.dialect import parse
from infra.local.redshift.errors import SqlError
from infra.local.redshift.positions import position


def ungrouped_position(sql: str, name: str) -> str:
    """Where in a statement a column of that name stands bare beside aggregates; empty if that is not clear."""
    try:
        tree = parse(sql)
    except SqlError:
        return ""
    candidates = [_bare(select, name) for select in tree.find_all(exp.Select) if _aggregates(select)]
    found = [columns for columns in candidates if columns]
    return position(found[0][0]) if len(found) == 1 else ""


def _aggregates(select: exp.Select) -> bool:
    return select.args.get("group") is not None or any(
        _is_aggregate(node) for item in select.expressions for node in item.walk(prune=_is_query)
    )


def _bare(select: exp.Select, name: str) -> list[exp.Column]:
    return [
        node
        for item in select.expressions
        for node in item.walk(bfs=False, prune=_closed)
        if isinstance(node, exp.Column) and node.name.lower() == name.lower()
    ]


def _closed(node: exp.Expr) -> bool:
    return _is_aggregate(node) or _is_query(node) or isinstance(node, exp.WithinGroup)


def _is_aggregate(node: exp.Expr) -> bool:
    return isinstance(node, exp.Anonymous) and node.name.upper() in AGGREGATES


def _is_query(node: exp.Expr) -> bool:
    return isinstance(node, exp.Query)
