"""LIKE, ILIKE, SIMILAR TO and the operator ~.

Source: AWS, Redshift Database Developer Guide, "Pattern-matching conditions".
"""

from __future__ import annotations

import re

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.operators import comparable
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, call, cast, text
from infra.local.redshift.types import BOOL, VARCHAR

_BACKSLASH = "\\"
_SIMILAR = {"%": ".*", "_": ".", ".": r"\.", "^": r"\^", "$": r"\$"}


def _like(node: exp.Like | exp.ILike, translate: Translate) -> Typed:
    return _pattern(node, translate, _BACKSLASH)


def _pattern(node: exp.Like | exp.ILike, translate: Translate, escape: str) -> Typed:
    left, right = comparable(node, translate, node.this, node.expression)
    for side in (left, right):
        _check_text(node, side)
    # Redshift escapes with a backslash unless told otherwise; DuckDB not at all.
    matched = exp.Escape(this=type(node)(this=left.sql, expression=right.sql), expression=text(escape))
    return Typed(
        exp.Not(this=exp.Paren(this=matched)) if node.args.get("negate") else exp.Paren(this=matched), BOOL
    )


def _escape(node: exp.Escape, translate: Translate) -> Typed:
    character = node.expression
    if not character.is_string or len(character.name) != 1:
        refuse(node, "ESCAPE takes one quoted character")
    if isinstance(node.this, exp.SimilarTo):
        return _similar_pattern(node.this, translate, character.name)
    if not isinstance(node.this, exp.Like | exp.ILike):
        refuse(node, "ESCAPE follows LIKE, ILIKE or SIMILAR TO")
    return _pattern(node.this, translate, character.name)


def _similar(node: exp.SimilarTo, translate: Translate) -> Typed:
    return _similar_pattern(node, translate, _BACKSLASH)


def _similar_pattern(node: exp.SimilarTo, translate: Translate, escape: str) -> Typed:
    pattern = node.expression
    if not (isinstance(pattern, exp.Literal) and pattern.is_string):
        refuse(node, "the pattern of SIMILAR TO must be a quoted literal on the laptop")
    subject = _text(node, translate.value(node.this))
    matched = call("regexp_full_match", subject, text(_regular(pattern.name, escape)), text("s"))
    return Typed(exp.Paren(this=matched), BOOL)


def _regular(pattern: str, escape: str) -> str:
    """The regular expression of a SIMILAR TO pattern: % and _ are its wildcards, . ^ $ mean themselves."""
    made, letters = "", iter(pattern)
    for letter in letters:
        made += re.escape(next(letters, "")) if letter == escape else _SIMILAR.get(letter, letter)
    return made


def _matches(node: exp.RegexpLike, translate: Translate) -> Typed:
    subject, pattern = translate.value(node.this), translate.value(node.expression)
    return Typed(call("regexp_matches", _text(node, subject), _text(node, pattern)), BOOL)


def _text(node: exp.Expr, value: Typed) -> exp.Expr:
    _check_text(node, value)
    return cast(value.sql, VARCHAR).sql


def _check_text(node: exp.Expr, value: Typed) -> None:
    if not value.type.is_text:
        refuse(
            node, f"a pattern is matched against text, and this is {value.type}", "Cast it: x::varchar(20)."
        )


RULES: dict[type[exp.Expr], Rule] = {
    exp.Like: _like,
    exp.ILike: _like,
    exp.Escape: _escape,
    exp.SimilarTo: _similar,
    exp.RegexpLike: _matches,
}
