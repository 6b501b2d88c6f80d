"""Text functions that have a grammar of their own: SUBSTRING, TRIM, POSITION.

Source: AWS, Redshift Database Developer Guide, "String functions".
"""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, call, cast
from infra.local.redshift.types import INT4, VARCHAR


def _text(node: exp.Expr, translate: Translate) -> exp.Expr:
    typed = translate.value(node)
    if not typed.type.is_text:
        refuse(node, f"text is needed, and this is {typed.type}", "Cast it: x::varchar(20).")
    return cast(typed.sql, VARCHAR).sql


def _substring(node: exp.Substring, translate: Translate) -> Typed:
    start, length = node.args.get("start"), node.args.get("length")
    if not isinstance(start, exp.Literal) or not start.name.isdigit() or start.name == "0":
        # Redshift counts from a virtual place before the text, DuckDB from the end.
        refuse(node, "SUBSTRING starts at a constant of at least 1 on the laptop")
    count = [cast(translate.value(length).sql, INT4).sql] if length is not None else []
    return Typed(call("substring", _text(node.this, translate), start.copy(), *count), VARCHAR)


def _trim(node: exp.Trim, translate: Translate) -> Typed:
    name = {"LEADING": "ltrim", "TRAILING": "rtrim"}.get(str(node.args.get("position") or "").upper(), "trim")
    characters = [_text(node.expression, translate)] if node.args.get("expression") else []
    return Typed(call(name, _text(node.this, translate), *characters), VARCHAR)


def _position(node: exp.StrPosition, translate: Translate) -> Typed:
    found = call("strpos", _text(node.this, translate), _text(node.args["substr"], translate))
    return cast(found, INT4)


RULES: dict[type[exp.Expr], Rule] = {exp.Substring: _substring, exp.Trim: _trim, exp.StrPosition: _position}
