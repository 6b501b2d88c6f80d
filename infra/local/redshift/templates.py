"""The templates of TO_CHAR and TO_DATE, piece by piece.

Source: AWS, Redshift Database Developer Guide, "Datetime format strings".
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.translation import call, cast, filled, text
from infra.local.redshift.types import VARCHAR

_Piece = Callable[[exp.Expr], exp.Expr]


def _strftime(code: str) -> _Piece:
    return lambda value: call("strftime", value, text(code))


def _padded(code: str) -> _Piece:
    return lambda value: call("rpad", call("strftime", value, text(code)), exp.Literal.number(9), text(" "))


def _upper(piece: _Piece) -> _Piece:
    return lambda value: call("upper", piece(value))


def _lower(piece: _Piece) -> _Piece:
    return lambda value: call("lower", piece(value))


def _last(digits: int) -> _Piece:
    return lambda value: call("right", call("strftime", value, text("%Y")), exp.Literal.number(digits))


def _counted(template: str) -> _Piece:
    return lambda value: cast(filled(template, x=value), VARCHAR).sql


# The longest template comes first: "Month" must not be read as "Mon" and "th".
_PIECES: dict[str, _Piece] = {
    "HH24": _strftime("%H"),
    "HH12": _strftime("%I"),
    "MONTH": _upper(_padded("%B")),
    "Month": _padded("%B"),
    "month": _lower(_padded("%B")),
    "IYYY": _strftime("%G"),
    "YYYY": _strftime("%Y"),
    "MON": _upper(_strftime("%b")),
    "Mon": _strftime("%b"),
    "mon": _lower(_strftime("%b")),
    "DAY": _upper(_padded("%A")),
    "Day": _padded("%A"),
    "day": _lower(_padded("%A")),
    "DDD": _strftime("%j"),
    "YYY": _last(3),
    "YY": _strftime("%y"),
    "MM": _strftime("%m"),
    "DD": _strftime("%d"),
    "HH": _strftime("%I"),
    "MI": _strftime("%M"),
    "SS": _strftime("%S"),
    "DY": _upper(_strftime("%a")),
    "Dy": _strftime("%a"),
    "dy": _lower(_strftime("%a")),
    "IW": _strftime("%V"),
    "ID": _counted("isodow(:x)"),
    # Weeks that begin on the first day of the year or month, whatever weekday that is.
    "WW": _counted("lpad(((dayofyear(:x) - 1) / 7 + 1)::varchar, 2, '0')"),
    "AM": _strftime("%p"),
    "PM": _strftime("%p"),
    "am": _lower(_strftime("%p")),
    "pm": _lower(_strftime("%p")),
    # Sunday is the first day.
    "D": _counted("dayofweek(:x) + 1"),
    "Q": _counted("quarter(:x)"),
    "W": _counted("(day(:x) - 1) / 7 + 1"),
    "Y": _last(1),
}

# What TO_DATE can read. The engine does not mind the case of a month's name.
_READ = {
    **dict.fromkeys(("MONTH", "Month", "month"), "%B"),
    **dict.fromkeys(("MON", "Mon", "mon"), "%b"),
    "YYYY": "%Y",
    "MM": "%m",
    "DD": "%d",
}


def parsing_format(node: exp.Expr, template: str) -> str:
    """DuckDB's format for reading a date that is written in that template.

    Raises:
        SqlError: the template holds more than YYYY, MM, Mon, Month, DD and signs between them.
    """
    made, rest = "", template
    while rest:
        written = next((name for name in _READ if rest.startswith(name)), None)
        if written is None and (rest[0].isalnum() or rest[0] == "%"):
            refuse(
                node,
                f"the TO_DATE template '{template}' is not imitated on the laptop at '{rest}'",
                "It reads YYYY, MM, Mon, Month and DD.",
            )
        made += rest[0] if written is None else _READ[written]
        rest = rest[len(written or " ") :]
    return made


def formatted(node: exp.Expr, value: exp.Expr, template: str) -> exp.Expr:
    """The moment `value` written in that template.

    Raises:
        SqlError: the template holds letters that the laptop does not imitate.
    """
    parts: list[exp.Expr] = []
    rest = template
    while rest:
        written = next((name for name in _PIECES if rest.startswith(name)), None)
        if written is None and (rest[0].isalnum() or rest[0] == '"'):
            refuse(
                node,
                f"the TO_CHAR template '{template}' is not imitated on the laptop at '{rest}'",
                "Write its parts in capitals, as in YYYY-MM-DD HH24:MI, and join other text with ||.",
            )
        parts.append(text(rest[0]) if written is None else _PIECES[written](value.copy()))
        rest = rest[len(written or " ") :]
    joined = parts[0] if parts else text("")
    for part in parts[1:]:
        joined = exp.DPipe(this=joined, expression=part)
    return exp.Paren(this=joined)
