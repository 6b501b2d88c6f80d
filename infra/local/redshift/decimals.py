"""Cuts decimals off a numeric, exactly."""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import cast
from infra.local.redshift.types import numeric


def cut_decimals(source: Typed, scale: int) -> exp.Expr:
    """The numeric with only `scale` decimals, exactly: remainders are decimal arithmetic, no double is used."""
    unit = cast(
        exp.Literal.number(10**-scale if scale == 0 else f"0.{'0' * (scale - 1)}1"), numeric(scale + 1, scale)
    )
    value = exp.Paren(this=source.sql)
    return exp.Sub(this=value, expression=exp.Mod(this=value.copy(), expression=unit.sql))
