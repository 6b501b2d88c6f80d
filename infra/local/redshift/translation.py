"""The seam between the rules for single constructs and the walk over the statement."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

from sqlglot import exp

from infra.local.redshift.dialect import parse_expression
from infra.local.redshift.scope import Columns, Typed
from infra.local.redshift.types import RedshiftType


class Translate(Protocol):
    """Translates the parts of a construct; a rule gets it together with its node."""

    def value(self, node: exp.Expr) -> Typed:
        """The translation of an expression. Raises SqlError for what is not imitated."""

    def query(self, node: exp.Expr) -> tuple[exp.Expr, Columns]:
        """The translation of a subquery and its output columns. Raises SqlError as well."""


# A rule gets the node of exactly the class (or function name) under which it is listed.
Rule = Callable[[Any, Translate], Typed]


def call(name: str, *arguments: exp.Expr) -> exp.Expr:
    """A call of a DuckDB function under exactly this name."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def cast(sql: exp.Expr, kind: RedshiftType) -> Typed:
    """`sql` as DuckDB's form of that type."""
    wanted = kind.duckdb()
    if type(sql) is exp.Cast and sql.args["to"] == wanted:
        return Typed(sql, kind)
    return Typed(exp.Cast(this=sql, to=wanted), kind)


def text(value: str) -> exp.Expr:
    """A quoted literal."""
    return exp.Literal.string(value)


def filled(template: str, **parts: exp.Expr) -> exp.Expr:
    """DuckDB's expression of that template, each `:name` in it replaced by the part of that name."""
    tree = exp.Paren(this=_read(template).copy())
    for place in list(tree.find_all(exp.Placeholder)):
        place.replace(exp.Paren(this=parts[place.name].copy()))
    return tree


@cache
def _read(template: str) -> exp.Expr:
    return parse_expression(template)
