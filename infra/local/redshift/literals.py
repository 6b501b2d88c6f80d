"""Quoted literals that must become a number, a truth value or a moment because of what they meet.

Redshift reads them when it plans a statement, so that one which cannot be read fails even if no row needs it.
"""

from __future__ import annotations

import re

from sqlglot import exp

from infra.local.redshift.arguments import quoted
from infra.local.redshift.errors import refuse
from infra.local.redshift.types import RedshiftType

WHOLE = r"\s*[+-]?\d+\s*"
_DECIMAL = r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*"
_MOMENT = r"\s*\d+\D\d+\D\d+.*"
# The name of the type in Redshift's sentence, and what can be read as it.
_FORMS = {
    **dict.fromkeys(("int2", "int4", "int8"), ("integer", WHOLE)),
    "numeric": ("type numeric", _DECIMAL),
    **dict.fromkeys(("float4", "float8"), ("type numeric", rf"{_DECIMAL}|\s*(?:nan|[+-]?inf(?:inity)?)\s*")),
    "bool": ("type boolean", r"\s*(?:t|true|y|yes|1|f|false|n|no|0)\s*"),
    "date": ("type date", _MOMENT),
    "timestamp": ("type timestamp", _MOMENT),
}
# AWS tells how a numeric is cut that becomes another, not how a text is that becomes one.
UNDOCUMENTED_CUT = (
    "how a text becomes a numeric of fewer decimals is not documented: "
    "cast it to one that holds them all, then to the other"
)
_LARGEST = {"int2": 2**15, "int4": 2**31, "int8": 2**63}
_INSTEAD = "It becomes {} like what it meets: write such a value, or cast the other to text."


def finer_than(kind: RedshiftType) -> str:
    """The regular expression of texts that have more decimals than that numeric."""
    return rf"(?i)\.\d{{{kind.scale}}}\d*[1-9]|e-"


def check_literal(sql: exp.Expr, kind: RedshiftType, instead: str = _INSTEAD) -> None:
    """Refuse a quoted literal that is to become a value of that type and cannot. Anything else passes.

    Raises:
        SqlError: it cannot; `instead` is what the sentence says to do, with the type in its braces.
    """
    written = quoted(sql.unnest())
    if written is None or kind.name not in _FORMS:
        return
    name, form = _FORMS[kind.name]
    if not re.fullmatch(form, written, re.IGNORECASE | re.DOTALL):
        refuse(sql, f'invalid input syntax for {name}: "{written}"', instead.format(kind))
    if kind.name == "numeric" and re.search(finer_than(kind), written):
        refuse(sql, UNDOCUMENTED_CUT)
    largest = _LARGEST.get(kind.name)
    if largest is not None and not -largest <= int(written) < largest:
        refuse(sql, f'value "{written}" is out of range for type {kind}', instead.format(kind))
