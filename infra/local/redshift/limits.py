"""LIMIT, TOP and OFFSET: whole constants only."""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.errors import refuse


def check_limits(node: exp.Expr) -> None:
    """Refuse what Redshift does not take as a limit.

    Raises:
        SqlError: the limit is no plain constant.
    """
    limit = node.args.get("limit")
    if isinstance(limit, exp.Fetch):
        refuse(node, 'syntax error at or near "FETCH"', "Write LIMIT n.")
    for clause in (limit, node.args.get("offset")):
        if clause is not None:
            _check(node, clause)


def _check(node: exp.Expr, clause: exp.Expr) -> None:
    count = clause.args.get("expression")
    if clause.args.get("limit_options"):
        refuse(node, "a limit in percent is not supported", "Write LIMIT n.")
    if not isinstance(count, exp.Literal) or not count.name.isdigit():
        refuse(node, "LIMIT and OFFSET take a constant", "A parameter cannot stand here: write the number.")
