"""Where aggregates and window functions may stand. DuckDB refuses the same, but without the place in the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from sqlglot import exp

from infra.local.redshift.aggregates import AGGREGATES
from infra.local.redshift.errors import refuse
from infra.local.redshift.within_group import SORTING

_AGGREGATES = (frozenset(AGGREGATES) | SORTING) - {"GROUPING"}
_EXTREMES = frozenset({"MIN", "MAX"})
_CLAUSES = {"where": "WHERE clause", "group": "GROUP BY clause"}


def check_placement(select: exp.Select) -> None:
    """Refuse an aggregate in WHERE, ON, GROUP BY or another aggregate, and a window before the select list.

    Raises:
        SqlError: there is one.
    """
    for part, name in _CLAUSES.items():
        _check_clause(select.args.get(part), name)
    for join in select.args.get("joins") or []:
        _check_clause(join.args.get("on"), "JOIN conditions")
    _check_windows(select.args.get("having"), "HAVING clause")
    for item in select.expressions:
        for call in _aggregates(item):
            _check_nested(call)


def check_in_list(query: exp.Expr) -> None:
    """Refuse IN (SELECT … GROUP BY …) whose select list aggregates, other than by MIN or MAX.

    Source: AWS, Redshift Database Developer Guide, "Correlated subqueries".

    Raises:
        SqlError: it does.
    """
    select = query.unnest()
    if not isinstance(select, exp.Select) or select.args.get("group") is None:
        return
    for item in select.expressions:
        for call in _aggregates(item):
            if call.name.upper() not in _EXTREMES:
                refuse(
                    call,
                    f"IN takes no subquery with GROUP BY that computes {call.name.upper()}",
                    "Join the subquery.",
                )


def check_grouped(item: exp.Expr) -> None:
    """Refuse an item of the select list that GROUP BY names and that can only be computed after grouping.

    Raises:
        SqlError: it holds an aggregate or a window.
    """
    _check_clause(item, _CLAUSES["group"])


def _check_clause(clause: exp.Expr | None, name: str) -> None:
    for node in _own(clause) if clause is not None else ():
        if isinstance(node, exp.Window):
            _refuse_window(node, name)
        if _is_aggregate(node):
            refuse(node, f"aggregates not allowed in {name}", "Use HAVING, or aggregate in a subquery.")


def _check_windows(clause: exp.Expr | None, name: str) -> None:
    for node in _own(clause) if clause is not None else ():
        if isinstance(node, exp.Window):
            _refuse_window(node, name)


def _refuse_window(node: exp.Window, name: str) -> NoReturn:
    refuse(node, f"window functions not allowed in {name}", "Use QUALIFY, or a subquery.")


def _check_nested(call: exp.Expr) -> None:
    for inner in _own(call):
        if inner is not call and _is_aggregate(inner) and not _is_window(inner):
            refuse(inner, "aggregate function calls may not be nested", "Aggregate in a subquery first.")
        if isinstance(inner, exp.Window):
            refuse(inner, "aggregate function calls may not contain window function calls", "Use a subquery.")


def _aggregates(root: exp.Expr) -> Iterator[exp.Expr]:
    return (node for node in _own(root) if _is_aggregate(node) and not _is_window(node))


def _is_aggregate(node: exp.Expr) -> bool:
    return isinstance(node, exp.Anonymous) and node.name.upper() in _AGGREGATES


def _is_window(call: exp.Expr) -> bool:
    parent = call.parent
    while isinstance(parent, exp.WithinGroup | exp.IgnoreNulls | exp.RespectNulls):
        call, parent = parent, parent.parent
    return isinstance(parent, exp.Window) and parent.this is call


def _own(root: exp.Expr) -> Iterator[exp.Expr]:
    """The nodes below `root`, without those of subqueries."""
    return root.walk(prune=lambda node: node is not root and isinstance(node, exp.Query))
