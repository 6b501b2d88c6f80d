"""The names of date parts, and intervals, which are counts of them.

Source: AWS, Redshift Database Developer Guide, "Dateparts for date or timestamp functions", "Interval literals".
"""

from __future__ import annotations

import re

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, text
from infra.local.redshift.types import INTERVAL

_NAMES = {
    "year": ("year", "years", "y", "yr", "yrs"),
    "quarter": ("quarter", "quarters", "qtr", "qtrs"),
    "month": ("month", "months", "mon", "mons"),
    "week": ("week", "weeks", "w"),
    "day": ("day", "days", "d"),
    "hour": ("hour", "hours", "h", "hr", "hrs"),
    "minute": ("minute", "minutes", "m", "min", "mins"),
    "second": ("second", "seconds", "s", "sec", "secs"),
    "millisecond": ("millisecond", "milliseconds", "ms", "msec", "msecs", "msecond", "mseconds"),
    "microsecond": ("microsecond", "microseconds", "us", "usec", "usecs", "usecond", "useconds", "microsec"),
    "dow": ("dow", "dayofweek", "dw", "weekday"),
    "doy": ("doy", "dayofyear", "dy", "yearday"),
    "epoch": ("epoch",),
}
_PART_OF = {written: part for part, names in _NAMES.items() for written in names}
_READ_ONLY = frozenset({"dow", "doy", "epoch"})
_PIECE = re.compile(r"\s*([+-]?\d+)\s*([a-z]*)\s*,?", re.IGNORECASE)


def date_part(node: exp.Expr, written: exp.Expr, *, countable: bool) -> str:
    """The part's full name; `countable` parts can be added and counted, the others only read.

    Raises:
        SqlError: there is no such part.
    """
    name = written.name.lower()
    part = _PART_OF.get(name)
    if part is None:
        refuse(
            node,
            f'the date part "{name}" is not imitated on the laptop',
            "It knows " + ", ".join(_NAMES) + ".",
        )
    if countable and part in _READ_ONLY:
        refuse(node, f'the date part "{name}" cannot be counted', "It is for EXTRACT and DATE_PART.")
    return part


def _interval(node: exp.Interval, translate: Translate) -> Typed:
    del translate
    amount, unit = node.this, node.args.get("unit")
    if amount is None or not amount.is_string or not (unit is None or isinstance(unit, exp.Var)):
        refuse(node, "this form of an interval is not imitated on the laptop", "Write INTERVAL '1 day'.")
    written = f"{amount.name} {unit.name}" if unit is not None else str(amount.name)
    return Typed(exp.Interval(this=text(_counted(node, written))), INTERVAL)


def _counted(node: exp.Interval, written: str) -> str:
    """The interval as DuckDB reads it: `7 days, 3 hours` without its comma, a bare number as seconds."""
    pieces = list(_PIECE.finditer(written))
    if not pieces or "".join(piece[0] for piece in pieces) != written:
        refuse(
            node,
            f"the interval '{written.lower()}' is not imitated on the laptop",
            "Write whole numbers with their parts: INTERVAL '1 day, 3 hours'.",
        )
    return " ".join(f"{piece[1]} {_unit(node, piece[2] or 'second')}" for piece in pieces)


def _unit(node: exp.Interval, written: str) -> str:
    return date_part(node, exp.Var(this=written), countable=True)


RULES: dict[type[exp.Expr], Rule] = {exp.Interval: _interval}
