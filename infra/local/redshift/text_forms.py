"""Text functions that have a grammar of their own: SUBSTRING, TRIM, POSITION.

Source: AWS, Redshift Database Developer Guide, "String functions".
"""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.arguments import text_value, whole_number
from infra.local.redshift.errors import refuse
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, call, cast, filled
from infra.local.redshift.types import INT4, VARCHAR

# Redshift counts a start before the text from there: ('caterpillar', -2, 6) is 'cat'.
_FROM = "substring(:x, greatest(:start, 1))"
_FROM_FOR = "substring(:x, greatest(:start, 1), greatest(least(:start, 1) + :count - 1, 0))"


def _substring(node: exp.Substring, translate: Translate) -> Typed:
    start, count = node.args.get("start"), node.args.get("length")
    if start is None:
        refuse(node, "SUBSTRING needs a start", "Write SUBSTRING(x, 1, 3).")
    if isinstance(count, exp.Neg):
        refuse(node, "negative substring length not allowed")
    parts = {"x": text_value(node.this, translate), "start": whole_number(node, start, translate)}
    if count is None:
        return cast(filled(_FROM, **parts), VARCHAR)
    return cast(filled(_FROM_FOR, **parts, count=whole_number(node, count, translate)), VARCHAR)


def _trim(node: exp.Trim, translate: Translate) -> Typed:
    name = {"LEADING": "ltrim", "TRAILING": "rtrim"}.get(str(node.args.get("position") or "").upper(), "trim")
    characters = [text_value(node.expression, translate)] if node.args.get("expression") else []
    return Typed(call(name, text_value(node.this, translate), *characters), VARCHAR)


def _position(node: exp.StrPosition, translate: Translate) -> Typed:
    found = call("strpos", text_value(node.this, translate), text_value(node.args["substr"], translate))
    return cast(found, INT4)


RULES: dict[type[exp.Expr], Rule] = {exp.Substring: _substring, exp.Trim: _trim, exp.StrPosition: _position}
