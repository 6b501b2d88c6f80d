"""Which columns a part of a statement can see, and of which type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlglot import exp

from infra.local.redshift.correlation import marked, refuse_skipped
from infra.local.redshift.errors import refuse
from infra.local.redshift.types import RedshiftType

# The schemas that a name may carry: Redshift's default one, or none.
SCHEMAS = frozenset({"", "public"})
# Aliases of aliases grow exponentially; an analyst's do not come near it.
_MOST_PARTS = 1_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its lower-case name."""

    name: str
    type: RedshiftType


Columns = Sequence[Column]


@dataclass(frozen=True, slots=True)
class Typed:
    """A translated expression: DuckDB's form, and Redshift's type of it."""

    sql: exp.Expr
    type: RedshiftType


@dataclass(frozen=True, slots=True)
class Scope:
    """What one SELECT sees.

    `relations` are the names that FROM may use (tables, views, WITH); `sources` those it does use, by alias;
    `merged` the columns that USING made one; `aliases` what the names of the select list stand for that may be used
    here.
    """

    relations: Mapping[str, Columns]
    outer: Scope | None = None
    sources: Mapping[str, Columns] = field(default_factory=dict)
    merged: frozenset[str] = frozenset()
    aliases: Mapping[str, Typed] = field(default_factory=dict)

    @property
    def level(self) -> int:
        """How many queries are around this one."""
        return 0 if self.outer is None else self.outer.level + 1

    def with_aliases(self, aliases: Mapping[str, Typed]) -> Scope:
        """The same scope in a place where these names of the select list may be used."""
        return replace(self, aliases=aliases)

    def column(self, node: exp.Column) -> Typed:
        """The column that `node` names, qualified by its source.

        Raises:
            SqlError: no column has that name, or several have, or it belongs to a query that Redshift cannot reach.
        """
        scope: Scope | None = self
        while scope is not None:
            found = scope.own(node) or scope._alias(node, is_inside=scope is not self)
            if found is not None:
                return found if scope is self else self._from_outside(node, found, scope)
            scope = scope.outer
        return self._unknown(node)

    def own(self, node: exp.Column) -> Typed | None:
        """The column of this SELECT's own tables that `node` names; None if there is none.

        Raises:
            SqlError: several have that name.
        """
        name, table = node.name.lower(), node.table.lower()
        if node.db.lower() not in SCHEMAS:
            return None
        matches = [
            (alias, column.type)
            for alias, columns in self.sources.items()
            if table in {"", alias}
            for column in columns
            if column.name == name
        ]
        if name in self.merged and not table:
            return Typed(exp.column(name, quoted=True), matches[0][1])
        if len(matches) > 1:
            refuse(node, f'column reference "{name}" is ambiguous', "Write the table's name before it.")
        if matches:
            alias, kind = matches[0]
            return Typed(exp.column(name, table=alias, quoted=True), kind)
        return None

    def _from_outside(self, node: exp.Column, found: Typed, scope: Scope) -> Typed:
        if scope is not self.outer:
            refuse_skipped(node)
        return replace(found, sql=marked(found.sql, scope.level))

    def _alias(self, node: exp.Column, *, is_inside: bool) -> Typed | None:
        """The expression that an alias stands for; a subquery sees its name, because its tables may hide others."""
        name = node.name.lower()
        stands_for = None if node.table else self.aliases.get(name)
        if stands_for is None:
            return None
        if is_inside:
            return Typed(exp.column(name, quoted=True), stands_for.type)
        if sum(1 for _ in stands_for.sql.walk()) > _MOST_PARTS:
            refuse(node, f'the alias "{name}" stands for too long an expression', "Compute it in a subquery.")
        return Typed(exp.Paren(this=stands_for.sql.copy()), stands_for.type)

    def _unknown(self, node: exp.Column) -> Typed:
        table = node.table.lower()
        name = f"{table}.{node.name.lower()}" if table else node.name.lower()
        refuse(
            node,
            f'column "{name}" does not exist',
            "If it is an alias of the select list, repeat its expression here: conditions do not see aliases."
            if not table
            else "",
        )
