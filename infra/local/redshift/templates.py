"""The templates of TO_CHAR and TO_DATE, piece by piece.

Source: AWS, Redshift Database Developer Guide, "Datetime format strings".
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.translation import call, cast, text
from infra.local.redshift.types import VARCHAR

_Piece = Callable[[exp.Expr], exp.Expr]


def _strftime(code: str) -> _Piece:
    return lambda value: call("strftime", value, text(code))


def _padded(code: str) -> _Piece:
    return lambda value: call("rpad", call("strftime", value, text(code)), exp.Literal.number(9), text(" "))


def _upper(piece: _Piece) -> _Piece:
    return lambda value: call("upper", piece(value))


def _quarter(value: exp.Expr) -> exp.Expr:
    return cast(call("quarter", value), VARCHAR).sql


def _day_of_week(value: exp.Expr) -> exp.Expr:
    # Redshift counts Sunday as 1.
    return cast(exp.Add(this=call("dayofweek", value), expression=exp.Literal.number(1)), VARCHAR).sql


# The longest template comes first: "Month" must not be read as "Mon" and "th".
_PIECES: dict[str, _Piece] = {
    "HH24": _strftime("%H"),
    "HH12": _strftime("%I"),
    "MONTH": _upper(_padded("%B")),
    "Month": _padded("%B"),
    "YYYY": _strftime("%Y"),
    "MON": _upper(_strftime("%b")),
    "Mon": _strftime("%b"),
    "DAY": _upper(_padded("%A")),
    "Day": _padded("%A"),
    "DDD": _strftime("%j"),
    "YY": _strftime("%y"),
    "MM": _strftime("%m"),
    "DD": _strftime("%d"),
    "HH": _strftime("%I"),
    "MI": _strftime("%M"),
    "SS": _strftime("%S"),
    "DY": _upper(_strftime("%a")),
    "Dy": _strftime("%a"),
    "IW": _strftime("%V"),
    "AM": _strftime("%p"),
    "PM": _strftime("%p"),
    "D": _day_of_week,
    "Q": _quarter,
}


# What TO_DATE can read: numbers only.
_NUMERIC = {"YYYY": "%Y", "MM": "%m", "DD": "%d"}


def parsing_format(node: exp.Expr, template: str) -> str:
    """DuckDB's format for reading a date that is written in that template.

    Raises:
        SqlError: the template holds more than YYYY, MM, DD and signs between them.
    """
    made, rest = "", template
    while rest:
        written = next((name for name in _NUMERIC if rest.startswith(name)), None)
        if written is None and (rest[0].isalnum() or rest[0] == "%"):
            refuse(
                node,
                f"the TO_DATE template '{template}' is not imitated on the laptop at '{rest}'",
                "It reads YYYY, MM and DD.",
            )
        made += rest[0] if written is None else _NUMERIC[written]
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
        if written is None and rest[0].isalnum():
            refuse(node, f"the TO_CHAR template '{template}' is not imitated on the laptop at '{rest}'")
        parts.append(text(rest[0]) if written is None else _PIECES[written](value.copy()))
        rest = rest[len(written or " ") :]
    joined = parts[0] if parts else text("")
    for part in parts[1:]:
        joined = exp.DPipe(this=joined, expression=part)
    return exp.Paren(this=joined)
