"""What Redshift asks of the condition of an outer join.

Source: AWS, Redshift Database Developer Guide, "Correlated subqueries"; Redshift's own sentence on FULL JOIN.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from infra.local.redshift.correlation import check_uncorrelated
from infra.local.redshift.errors import refuse


def check_condition(join: exp.Join, alias: str, level: int) -> None:
    """Check the translated ON of a join that brings in the table `alias`, in a SELECT of this level.

    Raises:
        SqlError: it is an outer join whose ON has a correlated subquery, or a FULL JOIN that does not only compare
            values of the table with values of those before it, by `=`.
    """
    condition = join.args["on"]
    if join.side:
        check_uncorrelated(
            condition, level, "a subquery in the ON of an outer join names a column from outside it"
        )
    if join.side == "FULL":
        for part in _parts(condition):
            if not _matches(part, alias):
                refuse(
                    part,
                    "FULL JOIN is only supported with merge-joinable join conditions",
                    "Join by = alone, or write LEFT JOIN and add what is missing with UNION ALL.",
                )


def _parts(condition: exp.Expr) -> Iterator[exp.Expr]:
    """The conditions that AND joins."""
    inner = condition.unnest()
    if isinstance(inner, exp.And):
        yield from _parts(inner.left)
        yield from _parts(inner.right)
    else:
        yield inner


def _matches(part: exp.Expr, alias: str) -> bool:
    """Whether this is an equality with the table on one side and earlier tables on the other."""
    if not isinstance(part, exp.EQ):
        return False
    sides = (_tables(part.left), _tables(part.right))
    return {alias} in sides and any(tables and alias not in tables for tables in sides)


def _tables(side: exp.Expr) -> set[str]:
    return {column.table for column in side.find_all(exp.Column)}
