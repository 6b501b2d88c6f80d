"""What functions ask of their arguments: how many there are, and of which type."""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.translation import Translate, cast
from infra.local.redshift.types import INT4, TIMESTAMP, VARCHAR


def arguments(node: exp.Anonymous, count: int, form: str) -> list[exp.Expr]:
    """The arguments of the call.

    Raises:
        SqlError: there are not exactly `count`; the sentence shows `form`.
    """
    if len(node.expressions) != count:
        refuse(node, f"function {node.name.lower()} takes other arguments", f"Write {form}.")
    return list(node.expressions)


def moment(node: exp.Expr, translate: Translate) -> exp.Expr:
    """A date, timestamp or quoted literal as TIMESTAMP.

    Raises:
        SqlError: it is something else.
    """
    typed = translate.value(node)
    if not (typed.type.is_moment or typed.type.name == "unknown"):
        refuse(node, f"a date or timestamp is needed, and this is {typed.type}", "Cast it: x::timestamp.")
    return cast(typed.sql, TIMESTAMP).sql


def text_value(node: exp.Expr, translate: Translate) -> exp.Expr:
    """A text as VARCHAR.

    Raises:
        SqlError: it is something else.
    """
    typed = translate.value(node)
    if not typed.type.is_text:
        refuse(node, f"text is needed, and this is {typed.type}", "Cast it: x::varchar(20).")
    return cast(typed.sql, VARCHAR).sql


def whole_number(call: exp.Expr, node: exp.Expr, translate: Translate) -> exp.Expr:
    """An integer as INTEGER.

    Raises:
        SqlError: it is something else.
    """
    typed = translate.value(node)
    if not typed.type.is_integer:
        refuse(call, f"a whole number is needed, and this is {typed.type}", "Cast it: n::int.")
    return cast(typed.sql, INT4).sql


def quoted(node: exp.Expr) -> str | None:
    """The text of a quoted literal; None for anything else."""
    return str(node.name) if isinstance(node, exp.Literal) and node.is_string else None
