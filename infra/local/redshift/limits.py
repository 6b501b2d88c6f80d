"""LIMIT, TOP and OFFSET: whole constants only."""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.errors import refuse


def check_limits(node: exp.Expr) -> None:
    """Drop LIMIT ALL, and refuse what Redshift does not take as a limit.

    Raises:
        SqlError: the limit is no plain constant.
    """
    limit = node.args.get("limit")
    if limit is not None and _is_all(limit.args.get("expression")):
        node.set("limit", None)
        limit = None
    if isinstance(limit, exp.Fetch):
        refuse(limit, 'syntax error at or near "FETCH"', "Write LIMIT n.")
    for clause in (limit, node.args.get("offset")):
        if clause is not None:
            _check(clause)


def _is_all(count: exp.Expr | None) -> bool:
    # AWS: LIMIT ALL is no limit.
    return isinstance(count, exp.Var) and count.name.upper() == "ALL"


def _check(clause: exp.Expr) -> None:
    count = clause.args.get("expression")
    if clause.args.get("limit_options"):
        refuse(clause, "a limit in percent is not supported", "Write LIMIT n.")
    if not isinstance(count, exp.Literal) or not count.name.isdigit():
        refuse(clause, "LIMIT and OFFSET take a constant", "A parameter cannot stand here: write the number.")
