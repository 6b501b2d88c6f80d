"""Date and time functions.

Source: AWS, Redshift Database Developer Guide, "Date and time functions" and "Dateparts for date or timestamp
functions".
"""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.scope import Typed
from infra.local.redshift.templates import formatted
from infra.local.redshift.translation import Rule, Translate, call, cast, text
from infra.local.redshift.types import DATE, FLOAT8, INT4, INT8, TIMESTAMP, VARCHAR, RedshiftType

_PARTS = {
    "year": ("year", "years", "y", "yr", "yrs"),
    "quarter": ("quarter", "quarters", "qtr", "qtrs"),
    "month": ("month", "months", "mon", "mons"),
    "week": ("week", "weeks", "w"),
    "day": ("day", "days", "d"),
    "hour": ("hour", "hours", "h", "hr", "hrs"),
    "minute": ("minute", "minutes", "m", "min", "mins"),
    "second": ("second", "seconds", "s", "sec", "secs"),
    "dow": ("dow", "dayofweek", "dw", "weekday"),
    "doy": ("doy", "dayofyear", "dy", "yearday"),
    "epoch": ("epoch",),
}
_PART_OF = {written: part for part, names in _PARTS.items() for written in names}
_READ_ONLY = frozenset({"dow", "doy", "epoch"})
_STEPS = {
    "year": ("to_years", 1),
    "quarter": ("to_months", 3),
    "month": ("to_months", 1),
    "week": ("to_days", 7),
    "day": ("to_days", 1),
    "hour": ("to_hours", 1),
    "minute": ("to_minutes", 1),
    "second": ("to_seconds", 1),
}


def _part(node: exp.Expr, written: exp.Expr, *, countable: bool) -> str:
    name = written.name.lower()
    part = _PART_OF.get(name)
    if part is None or (countable and part in _READ_ONLY):
        refuse(node, f'the date part "{name}" is not imitated here on the laptop')
    return part


def _arguments(node: exp.Anonymous, count: int, form: str) -> list[exp.Expr]:
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


def _date_trunc(node: exp.Anonymous, translate: Translate) -> Typed:
    part, value = _arguments(node, 2, "DATE_TRUNC('day', x)")
    name = _part(node, part, countable=True)
    return Typed(call("date_trunc", text(name), moment(value, translate)), TIMESTAMP)


def _date_diff(node: exp.Anonymous, translate: Translate) -> Typed:
    part, start, end = _arguments(node, 3, "DATEDIFF(day, start, end)")
    name = _part(node, part, countable=True)
    return Typed(call("date_diff", text(name), moment(start, translate), moment(end, translate)), INT8)


def _date_add(node: exp.Anonymous, translate: Translate) -> Typed:
    part, amount, value = _arguments(node, 3, "DATEADD(day, 1, x)")
    step, factor = _STEPS[_part(node, part, countable=True)]
    count = translate.value(amount)
    if not count.type.is_integer:
        refuse(node, "DATEADD takes a whole number", "Cast it: n::int.")
    steps = exp.Mul(this=exp.Paren(this=cast(count.sql, INT4).sql), expression=exp.Literal.number(factor))
    return Typed(
        exp.Paren(this=exp.Add(this=moment(value, translate), expression=call(step, steps))), TIMESTAMP
    )


def _read_part(
    node: exp.Expr, part: exp.Expr, value: exp.Expr, translate: Translate, kind: RedshiftType
) -> Typed:
    read = call("date_part", text(_part(node, part, countable=False)), moment(value, translate))
    # DuckDB's epoch has a fraction; Redshift's is whole seconds.
    return cast(call("trunc", read), kind)


def _date_part(node: exp.Anonymous, translate: Translate) -> Typed:
    part, value = _arguments(node, 2, "DATE_PART('hour', x)")
    return _read_part(node, part, value, translate, FLOAT8)


def _extract(node: exp.Extract, translate: Translate) -> Typed:
    return _read_part(node, node.this, node.expression, translate, INT4)


def _last_day(node: exp.Anonymous, translate: Translate) -> Typed:
    (value,) = _arguments(node, 1, "LAST_DAY(x)")
    return cast(call("last_day", moment(value, translate)), DATE)


def _convert_timezone(node: exp.Anonymous, translate: Translate) -> Typed:
    source, target, value = _arguments(node, 3, "CONVERT_TIMEZONE('UTC', 'America/New_York', x)")
    if not (source.is_string and target.is_string):
        refuse(node, "the time zones must be quoted names")
    there = call("timezone", source.copy(), moment(value, translate))
    return Typed(call("timezone", target.copy(), there), TIMESTAMP)


def _now(node: exp.Expr, translate: Translate) -> Typed:
    del node, translate
    return cast(call("now"), TIMESTAMP)


def _sysdate(node: exp.CurrentTimestamp, translate: Translate) -> Typed:
    if not node.args.get("sysdate"):
        refuse(node, "CURRENT_TIMESTAMP runs on Redshift's leader node only", "Use GETDATE().")
    return _now(node, translate)


def _today(node: exp.CurrentDate, translate: Translate) -> Typed:
    del node, translate
    return cast(call("now"), DATE)


def _to_char(node: exp.Anonymous, translate: Translate) -> Typed:
    value, template = _arguments(node, 2, "TO_CHAR(x, 'YYYY-MM-DD')")
    if not template.is_string:
        refuse(node, "the template of TO_CHAR must be a quoted literal")
    return Typed(formatted(node, moment(value, translate), template.name), VARCHAR)


FUNCTIONS: dict[str, Rule] = {
    "DATE_TRUNC": _date_trunc,
    "DATEDIFF": _date_diff,
    "DATE_DIFF": _date_diff,
    "DATEADD": _date_add,
    "DATE_ADD": _date_add,
    "DATE_PART": _date_part,
    "PGDATE_PART": _date_part,
    "LAST_DAY": _last_day,
    "CONVERT_TIMEZONE": _convert_timezone,
    "GETDATE": _now,
    "TO_CHAR": _to_char,
}

RULES: dict[type[exp.Expr], Rule] = {
    exp.Extract: _extract,
    exp.CurrentTimestamp: _sysdate,
    exp.CurrentDate: _today,
}
