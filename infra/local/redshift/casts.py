"""CAST, :: and TRY_CAST: which conversions there are, and how each cuts or fails.

Source: AWS, Redshift Database Developer Guide, "CAST function", "Numeric types", `enable_numeric_rounding`.
"""

from __future__ import annotations

import re

from sqlglot import exp

from infra.local.redshift.arguments import quoted
from infra.local.redshift.decimals import cut_decimals
from infra.local.redshift.division import cut_quotient
from infra.local.redshift.errors import refuse
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, call, cast, filled, text
from infra.local.redshift.types import UNKNOWN, VARCHAR, RedshiftType, declared

_NUMBERS = frozenset({"int2", "int4", "int8", "numeric", "float4", "float8"})
_CASTS: dict[str, frozenset[str]] = {
    "unknown": _NUMBERS | {"bool", "varchar", "date", "timestamp"},
    "varchar": _NUMBERS | {"varchar", "date", "timestamp"},
    "integer": _NUMBERS | {"varchar"},
    "numeric": _NUMBERS | {"varchar"},
    "float4": _NUMBERS,
    "float8": _NUMBERS,
    "bool": frozenset({"int2", "int4", "int8", "bool"}),
    "date": frozenset({"date", "timestamp", "varchar"}),
    "timestamp": frozenset({"date", "timestamp"}),
}
_INSTEAD = {
    "timestamp": "Write TO_CHAR(x, 'YYYY-MM-DD HH24:MI:SS').",
    "bool": "Write CASE WHEN x THEN 'true' ELSE 'false' END.",
    "float8": "Cast to numeric first: x::numeric(18,2)::varchar(20).",
    "float4": "Cast to numeric first: x::numeric(18,2)::varchar(20).",
}
_WHOLE = r"\s*[+-]?\d+\s*"
_STRICT = """
    CASE WHEN NOT regexp_full_match(:value, :pattern)
    THEN error('Could not convert string ''' || :value || ''' to INT64') ELSE :value END
"""
_LENIENT = "CASE WHEN regexp_full_match(:value, :pattern) THEN :value END"


def _cast(node: exp.Cast | exp.TryCast, translate: Translate) -> Typed:
    kind = declared(node.args["to"])
    if kind is None:
        refuse(node, f"the type {node.args['to'].sql('redshift')} is not imitated on the laptop")
    if isinstance(node.this, exp.Placeholder):
        return _converted(Typed(node.this.copy(), UNKNOWN), kind)
    if kind.is_exact and type(node) is exp.Cast:
        quotient = cut_quotient(node.this, translate, kind)
        if quotient is not None:
            return quotient
    source = translate.value(node.this)
    family = "integer" if source.type.is_integer else source.type.name
    if kind.name not in _CASTS.get(family, ()):
        instead = _INSTEAD.get(family, "") if kind.name == "varchar" else ""
        refuse(
            node,
            f"cannot cast type {source.type} to {kind} on the laptop",
            instead or "Write it another way.",
        )
    if isinstance(node, exp.TryCast):
        return _tried(node, source, kind)
    written = quoted(node.this)
    if written is not None and kind.is_integer and not re.fullmatch(_WHOLE, written):
        refuse(node, f'invalid input syntax for integer: "{written}"')
    return _converted(source, kind)


def _converted(source: Typed, kind: RedshiftType) -> Typed:
    if source.type.name == "numeric" and kind.is_exact and kind.scale < source.type.scale:
        # Redshift truncates here (enable_numeric_rounding is off), DuckDB rounds.
        return cast(cut_decimals(source, kind.scale), kind)
    if kind.name == "varchar":
        return Typed(call("left", cast(source.sql, kind).sql, exp.Literal.number(kind.precision)), kind)
    if source.type.is_text and kind.is_integer and not isinstance(source.sql, exp.Null | exp.Placeholder):
        # DuckDB would round '1.7' to 2. Parameters are looked at before they are bound.
        return cast(_whole(source.sql, _STRICT), kind)
    return cast(source.sql, kind)


def _whole(value: exp.Expr, template: str) -> exp.Expr:
    return filled(template, value=cast(value, VARCHAR).sql, pattern=text(_WHOLE))


def _tried(node: exp.TryCast, source: Typed, kind: RedshiftType) -> Typed:
    if not source.type.is_text or kind.name == "varchar":
        refuse(node, f"TRY_CAST of {source.type} to {kind} is not imitated on the laptop", "Write CAST.")
    value = _whole(source.sql, _LENIENT) if kind.is_integer else source.sql
    return Typed(exp.TryCast(this=value, to=kind.duckdb()), kind)


RULES: dict[type[exp.Expr], Rule] = {exp.Cast: _cast, exp.TryCast: _cast}
