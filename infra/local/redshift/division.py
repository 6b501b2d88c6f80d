"""Numeric division whose last digit does not matter, because the result is rounded or cut to fewer decimals.

AWS documents the type of a numeric quotient, but not whether its last digit is rounded or cut. The quotient is
therefore computed both ways, in whole numbers; where both give the same after ROUND or the cast, that is the answer,
and where they do not, the statement fails instead of guessing. So that this stays an oddity, the quotient must have
some decimals to spare; that of a SUM has not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlglot import exp

from infra.local.redshift.decimals import cut_decimals
from infra.local.redshift.errors import refuse
from infra.local.redshift.numbers import quotient_type
from infra.local.redshift.positions import position
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import call, cast, filled, text
from infra.local.redshift.types import MAX_PRECISION, RedshiftType, numeric

_SPARE_DECIMALS = 6
_MOST_PARTS = 2_000
_WHOLE = exp.DataType(this=exp.DType.INT128, nested=False)
_NEXT = ":cut + sign(:above)::numeric(1,0) * sign(:below)::numeric(1,0) * :unit"
_SETTLED = """
    CASE WHEN 2 * abs(:rest) < abs(:below) OR :one = :other THEN :one
    WHEN :rest IS NOT NULL THEN error('numeric division too near to a tie' || :place) END
"""


def rounded_quotient(node: exp.Div, left: Typed, right: Typed, digits: int) -> Typed | None:
    """ROUND of the quotient `node` of these; None if it is no numeric, or has too few decimals.

    Raises:
        SqlError: divisions are nested too deeply.
    """
    parts = _parts(node, left, right, digits)
    if parts is None:
        return None
    kind = numeric(parts.type.precision, digits)
    finish = _round_to(digits, kind)
    return Typed(_settled(parts, finish), kind)


def cut_quotient(node: exp.Div, left: Typed, right: Typed, kind: RedshiftType) -> Typed | None:
    """The cast of that quotient to an exact type; None as above.

    Raises:
        SqlError: divisions are nested too deeply.
    """
    parts = _parts(node, left, right, kind.scale)
    if parts is None:
        return None
    return cast(_settled(parts, lambda value: exp.Paren(this=cut_decimals(value, kind.scale))), kind)


@dataclass(frozen=True, slots=True)
class _Quotient:
    """Two whole numbers whose integer quotient is the numeric one without its point; its type; its place."""

    above: exp.Expr
    below: exp.Expr
    type: RedshiftType
    place: str


def _parts(node: exp.Div, left: Typed, right: Typed, decimals: int) -> _Quotient | None:
    if not (left.type.is_exact and right.type.is_exact):
        return None
    kind = quotient_type(left.type, right.type)
    shift = kind.scale + right.type.scale - left.type.scale
    if kind.name != "numeric" or decimals + _SPARE_DECIMALS > kind.scale or shift < 0:
        return None
    # Each side is written several times.
    if sum(1 for side in (left, right) for _ in side.sql.walk()) > _MOST_PARTS:
        refuse(node, "rounded divisions are nested too deeply here", "Compute the inner one in a subquery.")
    return _Quotient(_unscaled(left, shift), _unscaled(right, 0), kind, position(node))


def _settled(quotient: _Quotient, finish: Callable[[Typed], exp.Expr]) -> exp.Expr:
    above, below, kind = quotient.above, quotient.below, quotient.type
    unit = cast(exp.Literal.number(f"0.{'0' * (kind.scale - 1)}1"), numeric(kind.scale + 1, kind.scale)).sql
    whole = cast(exp.Div(this=above, expression=below), numeric(MAX_PRECISION, 0)).sql
    cut = cast(exp.Mul(this=whole, expression=unit), kind)
    following = cast(filled(_NEXT, cut=cut.sql, above=above, below=below, unit=unit), kind)
    rest = exp.Mod(this=above.copy(), expression=below.copy())
    return filled(
        _SETTLED, rest=rest, below=below, one=finish(cut), other=finish(following), place=text(quotient.place)
    )


def _unscaled(value: Typed, shift: int) -> exp.Expr:
    """The value without its point and with `shift` more zeros, as a whole number of 128 bits."""
    wide = cast(value.sql, numeric(MAX_PRECISION, value.type.scale)).sql
    whole = exp.Cast(this=exp.Mul(this=wide, expression=_power(value.type.scale)), to=_WHOLE.copy())
    if shift:
        zeros = exp.Cast(this=exp.Literal.number(10**shift), to=_WHOLE.copy())
        return exp.Paren(this=exp.Mul(this=whole, expression=zeros))
    return exp.Paren(this=whole)


def _power(digits: int) -> exp.Expr:
    return cast(exp.Literal.number(10**digits), numeric(digits + 1, 0)).sql


def _round_to(digits: int, kind: RedshiftType) -> Callable[[Typed], exp.Expr]:
    return lambda value: cast(call("round", value.sql.copy(), exp.Literal.number(digits)), kind).sql
