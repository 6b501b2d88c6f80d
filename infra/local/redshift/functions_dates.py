"""Date and time functions.

Source: AWS, Redshift Database Developer Guide, "Date and time functions" and "Dateparts for date or timestamp
functions".
"""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.arguments import arguments, moment, quoted, text_value, whole_number
from infra.local.redshift.dateparts import date_part
from infra.local.redshift.errors import refuse
from infra.local.redshift.scope import Typed
from infra.local.redshift.templates import formatted, parsing_format
from infra.local.redshift.translation import Rule, Translate, call, cast, filled, text
from infra.local.redshift.types import DATE, FLOAT8, INT4, INT8, TIMESTAMP, VARCHAR

_STEPS = {
    "year": ("to_years", 1),
    "quarter": ("to_months", 3),
    "month": ("to_months", 1),
    "week": ("to_days", 7),
    "day": ("to_days", 1),
    "hour": ("to_hours", 1),
    "minute": ("to_minutes", 1),
    "second": ("to_seconds", 1),
    "millisecond": ("to_milliseconds", 1),
    "microsecond": ("to_microseconds", 1),
}


def _date_trunc(node: exp.Anonymous, translate: Translate) -> Typed:
    part, value = arguments(node, 2, "DATE_TRUNC('day', x)")
    name = date_part(node, part, countable=True)
    return Typed(call("date_trunc", text(name), moment(value, translate)), TIMESTAMP)


def _date_diff(node: exp.Anonymous, translate: Translate) -> Typed:
    part, start, end = arguments(node, 3, "DATEDIFF(day, start, end)")
    name = date_part(node, part, countable=True)
    return Typed(call("date_diff", text(name), moment(start, translate), moment(end, translate)), INT8)


def _date_add(node: exp.Anonymous, translate: Translate) -> Typed:
    part, amount, value = arguments(node, 3, "DATEADD(day, 1, x)")
    step, factor = _STEPS[date_part(node, part, countable=True)]
    count = whole_number(node, amount, translate)
    steps = exp.Mul(this=exp.Paren(this=count), expression=exp.Literal.number(factor))
    return Typed(
        exp.Paren(this=exp.Add(this=moment(value, translate), expression=call(step, steps))), TIMESTAMP
    )


def _date_part(node: exp.Anonymous, translate: Translate) -> Typed:
    part, value = arguments(node, 2, "DATE_PART('hour', x)")
    name = date_part(node, part, countable=False)
    if name in {"millisecond", "microsecond"}:
        refuse(node, f"AWS leaves open what DATE_PART gives for {name}", f"Write EXTRACT({name} FROM x).")
    if name == "second":
        # AWS: DATE_PART gives the seconds with their fraction, EXTRACT the whole ones.
        return cast(
            filled("date_part('microsecond', :x) / 1000000::float8", x=moment(value, translate)), FLOAT8
        )
    return cast(_read(name, moment(value, translate)), FLOAT8)


def _extract(node: exp.Extract, translate: Translate) -> Typed:
    name, value = date_part(node, node.this, countable=False), moment(node.expression, translate)
    if name in {"millisecond", "microsecond"}:
        # AWS: the part alone, without the larger ones: 43.189717 s has 189 ms and 717 us.
        return cast(filled("date_part(:part, :x) % 1000", part=text(name), x=value), INT4)
    return cast(_read(name, value), INT4)


def _read(name: str, value: exp.Expr) -> exp.Expr:
    # DuckDB's epoch has a fraction; Redshift's is whole seconds.
    return call("trunc", call("date_part", text(name), value))


def _convert_timezone(node: exp.Anonymous, translate: Translate) -> Typed:
    # AWS: without a source the value is in UTC.
    given = [text("UTC"), *node.expressions] if len(node.expressions) == 2 else node.expressions
    if len(given) != 3:
        refuse(
            node,
            "CONVERT_TIMEZONE takes other arguments",
            "Write CONVERT_TIMEZONE('UTC', 'America/New_York', x).",
        )
    source, target, value = given
    if quoted(source) is None or quoted(target) is None:
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
    value, template = arguments(node, 2, "TO_CHAR(x, 'YYYY-MM-DD')")
    wanted = quoted(template)
    if wanted is None:
        refuse(node, "the template of TO_CHAR must be a quoted literal")
    if translate.value(value).type.is_number:
        refuse(
            node,
            "TO_CHAR of a number is not imitated on the laptop",
            "Cast it: x::numeric(18,2)::varchar(20).",
        )
    return Typed(formatted(node, moment(value, translate), wanted), VARCHAR)


def _to_date(node: exp.Anonymous, translate: Translate) -> Typed:
    value, template, *strict = arguments(node, max(2, len(node.expressions)), "TO_DATE(x, 'YYYY-MM-DD')")
    if strict not in ([], [exp.true()]):
        refuse(node, "the third argument of TO_DATE is TRUE on the laptop", "Write TO_DATE(x, 'YYYY-MM-DD').")
    wanted = quoted(template)
    if wanted is None:
        refuse(node, "the template of TO_DATE must be a quoted literal")
    read = call("strptime", text_value(value, translate), text(parsing_format(node, wanted)))
    return cast(read, DATE)


FUNCTIONS: dict[str, Rule] = {
    "DATE_TRUNC": _date_trunc,
    "DATEDIFF": _date_diff,
    "DATEADD": _date_add,
    "DATE_PART": _date_part,
    "PGDATE_PART": _date_part,
    "CONVERT_TIMEZONE": _convert_timezone,
    "GETDATE": _now,
    "TO_CHAR": _to_char,
    "TO_DATE": _to_date,
}

RULES: dict[type[exp.Expr], Rule] = {
    exp.Extract: _extract,
    exp.CurrentTimestamp: _sysdate,
    exp.CurrentDate: _today,
}
