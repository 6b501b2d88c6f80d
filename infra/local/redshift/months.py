"""Functions of months, weekdays and whole dates.

Source: AWS, Redshift Database Developer Guide, "Date and time functions".
"""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.arguments import arguments, moment, whole_number
from infra.local.redshift.errors import refuse
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, cast, filled
from infra.local.redshift.types import DATE, FLOAT8, INT4, TIMESTAMP

_WEEKDAYS = (
    ("sunday", "su", "sun"),
    ("monday", "m", "mo", "mon"),
    ("tuesday", "tu", "tues", "tue"),
    ("wednesday", "w", "we", "wed"),
    ("thursday", "th", "thu", "thurs"),
    ("friday", "f", "fr", "fri"),
    ("saturday", "sa", "sat"),
)
_NUMBER_OF = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}

# The last day of a month stays the last day of the other one.
_ADD_MONTHS = """
    CASE WHEN :x::date = last_day(:x)
    THEN last_day(:x + to_months(:n)) + (:x - date_trunc('day', :x)) ELSE :x + to_months(:n) END
"""
# The same day, or the last days of both months, give a whole number; else 31 days make a month.
_MONTHS = "((year(:x) - year(:y)) * 12 + month(:x) - month(:y))::float8"
_MONTHS_BETWEEN = f"""
    CASE WHEN day(:x) = day(:y) OR (:x::date = last_day(:x) AND :y::date = last_day(:y)) THEN {_MONTHS}
    ELSE {_MONTHS} + (day(:x) - day(:y)
        + (epoch(:x - date_trunc('day', :x)) - epoch(:y - date_trunc('day', :y))) / 86400::float8) / 31::float8 END
"""
_NEXT_DAY = ":x::date + ((:n - dayofweek(:x) + 6) % 7 + 1)::int"
_COMPARED = "CASE WHEN :x = :y THEN 0 WHEN :x > :y THEN 1 WHEN :x < :y THEN -1 END"


def _add_months(node: exp.Anonymous, translate: Translate) -> Typed:
    value, count = arguments(node, 2, "ADD_MONTHS(x, 1)")
    made = filled(_ADD_MONTHS, x=moment(value, translate), n=whole_number(node, count, translate))
    return cast(made, TIMESTAMP)


def _months_between(node: exp.Anonymous, translate: Translate) -> Typed:
    first, second = arguments(node, 2, "MONTHS_BETWEEN(x, y)")
    return cast(filled(_MONTHS_BETWEEN, x=moment(first, translate), y=moment(second, translate)), FLOAT8)


def _last_day(node: exp.Anonymous, translate: Translate) -> Typed:
    (value,) = arguments(node, 1, "LAST_DAY(x)")
    return cast(filled("last_day(:x)", x=moment(value, translate)), DATE)


def _next_day(node: exp.Anonymous, translate: Translate) -> Typed:
    value, day = arguments(node, 2, "NEXT_DAY(x, 'Monday')")
    number = _NUMBER_OF.get(day.name.lower()) if isinstance(day, exp.Literal) and day.is_string else None
    if number is None:
        refuse(node, "NEXT_DAY takes the quoted name of a weekday", "Write NEXT_DAY(x, 'Monday').")
    return cast(filled(_NEXT_DAY, x=moment(value, translate), n=exp.Literal.number(number)), DATE)


def _date_part_year(node: exp.Anonymous, translate: Translate) -> Typed:
    (value,) = arguments(node, 1, "DATE_PART_YEAR(x)")
    return cast(filled("year(:x)", x=moment(value, translate)), INT4)


def _date_compared(node: exp.Anonymous, translate: Translate) -> Typed:
    first, second = arguments(node, 2, f"{node.name.upper()}(x, y)")
    return cast(filled(_COMPARED, x=moment(first, translate), y=moment(second, translate)), INT4)


FUNCTIONS: dict[str, Rule] = {
    "ADD_MONTHS": _add_months,
    "MONTHS_BETWEEN": _months_between,
    "LAST_DAY": _last_day,
    "NEXT_DAY": _next_day,
    "DATE_PART_YEAR": _date_part_year,
    "DATE_CMP": _date_compared,
    "DATE_CMP_TIMESTAMP": _date_compared,
    "TIMESTAMP_CMP": _date_compared,
    "TIMESTAMP_CMP_DATE": _date_compared,
}
