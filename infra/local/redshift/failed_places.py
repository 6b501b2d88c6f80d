"""Where in the analyst's text a statement failed while it ran.

Of a cast that fails the engine shows its own text, which is looked up in the translation, whose nodes know their
places. Of other failures it tells no place: then the parts of the statement that can fail so are named, if few.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from sqlglot import exp

from infra.local.redshift.dialect import parse
from infra.local.redshift.positions import place
from infra.local.redshift.scope import Columns
from infra.local.redshift.translate import translated_query

# How the engine complains of a regular expression.
BROKEN_PATTERN = (
    r"missing [])]|unexpected \)|no argument for repetition|bad repetition"
    r"|invalid (?:perl operator|escape sequence|character class|repetition|named capture)"
)
_OWN = re.compile(r" \(line \d+(?:, column \d+)?\)$")
_SHOWN = re.compile(r"\n(LINE \d+: )(.*)\n( *)\^")
_MOST_LINES = 3
_Places = set[tuple[int, int]]


def failed_position(told: str, sql: str, relations: Mapping[str, Columns]) -> str:
    """` (line 3, column 8)` of what failed in a statement, by the engine's complaint; empty if that is not clear."""
    own = _OWN.search(told)
    if own is not None:
        return own[0]
    shown = _SHOWN.search(told)
    if shown is not None:
        return _said(_places(_casts(shown, translated_query(sql, relations))))
    for pattern, may_fail in _SUSPECTS:
        if re.search(pattern, told):
            return _said(_places(node for node in parse(sql).walk() if may_fail(node)))
    return ""


def _casts(shown: re.Match[str], query: exp.Expr) -> Iterator[exp.Expr]:
    """The casts and literals of a translation that stand where the engine points to in its excerpt."""
    excerpt = shown[2][len(shown[3]) - len(shown[1]) :].removesuffix("...")
    for node in query.find_all(exp.Cast, exp.Literal):
        written = node.sql(dialect="duckdb", comments=False)
        if written.startswith(excerpt) or excerpt.startswith(written):
            yield node


def _places(nodes: Iterator[exp.Expr]) -> _Places:
    return {found for found in map(place, nodes) if found is not None}


def _said(places: _Places) -> str:
    lines = sorted({line for line, _ in places})
    if len(places) == 1:
        ((line, column),) = places
        return f" (line {line}, column {column})"
    if len(lines) == 1:
        return f" (line {lines[0]})"
    if not 1 < len(lines) <= _MOST_LINES:
        return ""
    listed = ", ".join(map(str, lines[:-1]))
    return f" in one of {len(places)} places (line {listed} or {lines[-1]})"


def _divides_by_zero(node: exp.Expr) -> bool:
    if isinstance(node, exp.Div | exp.Mod):
        return _may_be_zero(node.expression)
    return _calls("MOD")(node) and _may_be_zero(node.expressions[-1])


def _may_be_zero(divisor: exp.Expr) -> bool:
    divisor = divisor.unnest()
    if isinstance(divisor, exp.Cast):
        return _may_be_zero(divisor.this)
    if isinstance(divisor, exp.Literal):
        return not float(divisor.name)
    return not (_calls("NULLIF")(divisor) and divisor.expressions[-1].name == "0")


def _gives_one_value(node: exp.Expr) -> bool:
    return isinstance(node, exp.Subquery) and not isinstance(
        node.parent, exp.From | exp.Join | exp.CTE | exp.SetOperation | exp.In | exp.Exists
    )


def _calls(*names: str) -> Callable[[exp.Expr], bool]:
    return lambda node: isinstance(node, exp.Anonymous) and node.name.upper() in names


def _is(*kinds: type[exp.Expr]) -> Callable[[exp.Expr], bool]:
    return lambda node: isinstance(node, kinds)


_REGULAR = _calls("REGEXP_SUBSTR", "REGEXP_COUNT", "REGEXP_INSTR", "REGEXP_REPLACE")
# What the engine says, and which parts of a statement can make it say so.
_SUSPECTS: tuple[tuple[str, Callable[[exp.Expr], bool]], ...] = (
    ("Division by zero", _divides_by_zero),
    ("More than one row returned by a subquery", _gives_one_value),
    ("Overflow in addition", _is(exp.Add)),
    ("Overflow in subtraction", _is(exp.Sub)),
    ("Overflow in multiplication", _is(exp.Mul)),
    ("square root", _calls("SQRT")),
    ("logarithm", _calls("LN", "DLOG1", "DLOG10")),
    ("ACOS is undefined", _calls("ACOS")),
    ("ASIN is undefined", _calls("ASIN")),
    ("end with escape character", _is(exp.Like, exp.ILike)),
    ("Unknown TimeZone", _calls("CONVERT_TIMEZONE")),
    ("Could not parse string", _calls("TO_DATE")),
    (BROKEN_PATTERN, lambda node: _is(exp.RegexpLike, exp.SimilarTo)(node) or _REGULAR(node)),
)
