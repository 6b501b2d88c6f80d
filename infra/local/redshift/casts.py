"""CAST, :: and TRY_CAST: which conversions there are, and how each cuts or fails.

Source: AWS, Redshift Database Developer Guide, "CAST function", "Numeric types", `enable_numeric_rounding`.
"""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.arithmetic import divided
from infra.local.redshift.decimals import cut_decimals
from infra.local.redshift.division import cut_quotient
from infra.local.redshift.errors import refuse
from infra.local.redshift.literals import WHOLE, check_literal, finer_than
from infra.local.redshift.positions import position
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, call, cast, filled, text
from infra.local.redshift.types import MAX_VARCHAR, UNKNOWN, VARCHAR, RedshiftType, declared

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
_OTHERWISE = {"bool": "Compare it, as in x = 'true' or x <> 0."}
_CUT = """
    CASE WHEN strlen(:cut) > :most THEN error('letters beyond ASCII are cut at bytes' || :place) ELSE :cut END
"""
_STRICT = """
    CASE WHEN NOT regexp_full_match(:value, :pattern)
    THEN error('Could not convert string ''' || :value || ''' to INT64' || :place) ELSE :value END
"""
_EXACT = """
    CASE WHEN regexp_matches(:value, :pattern)
    THEN error('decimals of a text are cut' || :place) ELSE :value END
"""
_LENIENT = "CASE WHEN regexp_full_match(:value, :pattern) THEN :value END"


def _cast(node: exp.Cast | exp.TryCast, translate: Translate) -> Typed:
    kind = declared(node.args["to"])
    if kind is None:
        written = node.args["to"].sql()
        instead = "Write VARCHAR(n)." if "CHAR" in written else ""
        refuse(node, f"the type {written} is not imitated on the laptop", instead)
    if isinstance(node.this, exp.Placeholder):
        return _converted(node, Typed(node.this.copy(), UNKNOWN), kind)
    inner = node.this.unnest()
    if kind.is_exact and type(node) is exp.Cast and isinstance(inner, exp.Div):
        return _cast_quotient(inner, translate, kind)
    return _cast_value(node, translate.value(node.this), kind)


def _cast_quotient(node: exp.Div, translate: Translate, kind: RedshiftType) -> Typed:
    left, right = translate.value(node.this), translate.value(node.expression)
    quotient = cut_quotient(node, left, right, kind)
    return _converted(node, divided(node, left, right), kind) if quotient is None else quotient


def _cast_value(node: exp.Cast | exp.TryCast, source: Typed, kind: RedshiftType) -> Typed:
    family = "integer" if source.type.is_integer else source.type.name
    if kind.name not in _CASTS.get(family, ()):
        instead = _INSTEAD.get(family, "") if kind.name == "varchar" else _OTHERWISE.get(kind.name, "")
        refuse(
            node,
            f"cannot cast type {source.type} to {kind} on the laptop",
            instead or "Write it another way.",
        )
    if isinstance(node, exp.TryCast):
        return _tried(node, source, kind)
    check_literal(source.sql, kind, instead="")
    return _converted(node, source, kind)


def _converted(node: exp.Expr, source: Typed, kind: RedshiftType) -> Typed:
    if source.type.name == "numeric" and kind.is_exact and kind.scale < source.type.scale:
        # Redshift truncates here (enable_numeric_rounding is off), DuckDB rounds.
        return cast(cut_decimals(source, kind.scale), kind)
    if kind.name == "varchar":
        return Typed(_cut(node, source, kind.precision), kind)
    if not source.type.is_text or isinstance(source.sql, exp.Null | exp.Placeholder):
        return cast(source.sql, kind)
    # DuckDB would round '1.7' to 2. Parameters are looked at before they are bound.
    return cast(_exactly(node, source.sql, kind), kind)


def _exactly(node: exp.Expr, value: exp.Expr, kind: RedshiftType, whole: str = _STRICT) -> exp.Expr:
    """The text, or a failure where an integer or a numeric cannot hold it as it is."""
    if kind.is_integer:
        return _checked(node, value, whole, WHOLE)
    return _checked(node, value, _EXACT, finer_than(kind)) if kind.is_exact else value


def _cut(node: exp.Expr, source: Typed, most: int) -> exp.Expr:
    """The text of at most so many bytes. AWS leaves open what becomes of a letter that has some of them."""
    number = exp.Literal.number(most)
    cut = call("left", cast(source.sql, VARCHAR).sql, number)
    if not source.type.is_text or most == MAX_VARCHAR:
        return cut
    return filled(_CUT, cut=cut, most=number, place=text(position(node)))


def _checked(node: exp.Expr, value: exp.Expr, template: str, pattern: str) -> exp.Expr:
    return filled(template, value=cast(value, VARCHAR).sql, pattern=text(pattern), place=text(position(node)))


def _tried(node: exp.TryCast, source: Typed, kind: RedshiftType) -> Typed:
    if not source.type.is_text or kind.name == "varchar":
        refuse(node, f"TRY_CAST of {source.type} to {kind} is not imitated on the laptop", "Write CAST.")
    return Typed(exp.TryCast(this=_exactly(node, source.sql, kind, _LENIENT), to=kind.duckdb()), kind)


RULES: dict[type[exp.Expr], Rule] = {exp.Cast: _cast, exp.TryCast: _cast}
