"""GROUP BY, with its ROLLUP, CUBE and GROUPING SETS.

Source: AWS, Redshift Database Developer Guide, "GROUP BY clause", "Aggregation extensions".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from infra.local.redshift.correlation import check_uncorrelated
from infra.local.redshift.errors import refuse
from infra.local.redshift.ordering import check_position, is_position, place_of_name
from infra.local.redshift.placement import check_grouped
from infra.local.redshift.scope import Columns
from infra.local.redshift.walk import Walk

_MOST_SETS = 64


def group_by(node: exp.Select, walk: Walk, written: Sequence[exp.Expr], columns: Columns) -> None:
    """Translate GROUP BY in place; `written` is the select list as the analyst wrote it, `columns` are its columns.

    Raises:
        SqlError: an item has no translation.
    """
    clause = node.args.get("group")
    if clause is None:
        return
    for part, value in clause.args.items():
        if value and part != "expressions":
            refuse(clause, f"GROUP BY {part.upper()} is not imitated on the laptop", "List the columns.")
    grouping = _Grouping(walk, written, node.expressions, columns)
    clause.set("expressions", [grouping.item(item) for item in clause.expressions])


@dataclass(frozen=True, slots=True)
class _Grouping:
    """The select list that GROUP BY may point into: as written, translated, and by its columns."""

    walk: Walk
    written: Sequence[exp.Expr]
    translated: Sequence[exp.Expr]
    columns: Columns

    def item(self, item: exp.Expr) -> exp.Expr:
        """One item of GROUP BY."""
        if isinstance(item, exp.GroupingSets | exp.Rollup | exp.Cube):
            _check_extension(item)
            return type(item)(expressions=[self._member(part) for part in item.expressions])
        place = self._place(item)
        grouped = self.walk.value(item).sql if place is None else self._spelled_out(place)
        check_uncorrelated(
            grouped, self.walk.scope.level, "GROUP BY names the result of a correlated subquery"
        )
        return grouped

    def _member(self, part: exp.Expr) -> exp.Expr:
        """One set of an extension: an expression, several in parentheses, or none."""
        if isinstance(part, exp.Literal | exp.Null | exp.Boolean):
            refuse(part, "constants are not allowed in ROLLUP, CUBE and GROUPING SETS", "Name the column.")
        if isinstance(part, exp.Tuple):
            return exp.Tuple(expressions=[self._member(inner) for inner in part.expressions])
        return self.item(part)

    def _place(self, item: exp.Expr) -> int | None:
        """The place in the select list, from 0, that the item names by position or alias; None if it names none."""
        if is_position(item):
            check_position(item, "GROUP BY", len(self.columns))
            return int(item.name) - 1
        # A column of FROM comes before an alias; and inside an expression an alias may not stand.
        if not isinstance(item, exp.Column) or item.table or self.walk.scope.own(item) is not None:
            return None
        return place_of_name(item, "GROUP BY", self.columns, self.written)

    def _spelled_out(self, place: int) -> exp.Expr:
        """The expression there: the engine knows it again in windows and HAVING, and beneath the cast around it."""
        check_grouped(self.written[place])
        named = self.translated[place].unalias()
        return exp.Literal.number(place + 1) if isinstance(named, exp.Literal) else named.copy()


def _check_extension(item: exp.Expr) -> None:
    members = len(item.expressions)
    sets = (
        members + 1 if isinstance(item, exp.Rollup) else 2**members if isinstance(item, exp.Cube) else members
    )
    if sets > _MOST_SETS:
        refuse(item, f"more than {_MOST_SETS} grouping sets")
