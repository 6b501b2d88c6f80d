"""How Redshift names output columns, with an alias and without."""

from __future__ import annotations

from sqlglot import exp

_FIXED: dict[type[exp.Expr], str] = {exp.Case: "case", exp.Extract: "date_part", exp.Exists: "?column?"}


def output_name(item: exp.Expr) -> str:
    """The lower-case name of an item of the select list; `?column?` where the expression gives none."""
    if isinstance(item, exp.Alias | exp.Column):
        return item.alias_or_name.lower()
    if isinstance(item, exp.Cast | exp.Window | exp.WithinGroup):
        return output_name(item.this)
    if isinstance(item, exp.Anonymous):
        return item.name.lower().removeprefix("approximate ")
    if isinstance(item, exp.Subquery):
        return item.alias.lower() or "?column?"
    return _FIXED.get(type(item), "?column?")


def named(item: exp.Expr, name: str) -> exp.Alias:
    """The expression under that name."""
    return exp.Alias(this=item, alias=exp.to_identifier(name, quoted=True))


def unnamed(item: exp.Expr) -> exp.Expr:
    """The expression of a select item without its name."""
    if isinstance(item, exp.Subquery) and item.alias:
        item = item.copy()
        item.set("alias", None)
    return item.this if isinstance(item, exp.Alias) else item
