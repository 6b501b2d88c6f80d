"""Subqueries that name columns of the query around them: the patterns that Redshift cannot take apart.

A column that a subquery names from outside is marked with the level of the SELECT that has it: 0 for the outermost.

Source: AWS, Redshift Database Developer Guide, "Correlated subqueries".
"""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.errors import refuse

_SAYS = "this type of correlated subquery pattern is not supported: "
_INSTEAD = "Join the table instead."
_LEVEL = "correlated_level"


def marked(column: exp.Expr, level: int) -> exp.Expr:
    """The column, marked as named from inside a subquery."""
    column.meta[_LEVEL] = level
    return column


def refuse_skipped(node: exp.Column) -> None:
    """Refuse a column of a query that is not the next one around.

    Raises:
        SqlError: always.
    """
    refuse(node, f"{_SAYS}the column belongs to a query further out than the next", _INSTEAD)


def check_uncorrelated(translated: exp.Expr, level: int, why: str) -> None:
    """Refuse what holds a subquery that names columns of the SELECT of this level.

    Raises:
        SqlError: it does; `why` completes the sentence.
    """
    for column in translated.find_all(exp.Column):
        if column.meta.get(_LEVEL) == level:
            refuse(column, _SAYS + why, _INSTEAD)


def check_windows(select: exp.Select, level: int) -> None:
    """Refuse a translated SELECT of this level that has a window function and names columns from around it.

    Raises:
        SqlError: it is such.
    """
    own = select.walk(prune=lambda node: node is not select and isinstance(node, exp.Query))
    if any(isinstance(node, exp.Window) for node in own):
        check_uncorrelated(select, level - 1, "the subquery has a window function")
