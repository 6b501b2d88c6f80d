"""Which function names Redshift knows, and what it says about the others.

The list stands in functions.tsv, from the contents pages of the Redshift Database Developer Guide. It is a list of
what is allowed: DuckDB knows about a thousand names more, and each of them would fail on AWS only.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from sqlglot import exp

from infra.local.redshift.errors import refuse

DOCUMENTED = "documented"
LEADER_ONLY = "leader-only"
UNSUPPORTED = "unsupported"

_INSTEAD = {
    "AGE": "Use DATEDIFF.",
    "ARRAY_AGG": "Use LISTAGG.",
    "CLOCK_TIMESTAMP": "Use GETDATE().",
    "CONCAT_WS": "Join with ||.",
    "CONVERT": "Write CAST(x AS type).",
    "CURRENT_TIMESTAMP": "Use GETDATE().",
    "DATE": "Write x::date.",
    "DATE_ADD": "Use DATEADD.",
    "DATE_DIFF": "Use DATEDIFF.",
    "DATE_FORMAT": "Use TO_CHAR.",
    "DAY": "Use EXTRACT(day FROM x).",
    "DIV": "Divide two integers: a / b.",
    "EVERY": "Use BOOL_AND.",
    "GENERATE_SERIES": "Use the calendar table.",
    "HOUR": "Use EXTRACT(hour FROM x).",
    "IFNULL": "Use NVL.",
    "ISNULL": "Use NVL.",
    "LOG": "Use DLOG10 or LN.",
    "MONTH": "Use EXTRACT(month FROM x).",
    "NOW": "Use GETDATE().",
    "REGEXP_MATCHES": "Write x ~ 'pattern'.",
    "STRFTIME": "Use TO_CHAR.",
    "STRING_AGG": "Use LISTAGG.",
    "SUBSTR": "Use SUBSTRING.",
    "TO_TIMESTAMP": "Write x::timestamp, or TO_DATE.",
    "TRANSACTION_TIMESTAMP": "Use GETDATE().",
    "YEAR": "Use EXTRACT(year FROM x).",
}


@cache
def function_classes() -> Mapping[str, str]:
    """The class of each function name that AWS's pages speak of, by its upper-case name."""
    lines = (Path(__file__).parent / "functions.tsv").read_text(encoding="utf-8").splitlines()
    classes: dict[str, str] = {}
    for line in lines:
        if not line.startswith("#"):
            name, kind = line.split("\t")
            classes[name] = kind
    return MappingProxyType(classes)


def check_function(node: exp.Anonymous) -> NoReturn:
    """Say why this call cannot run; called for names that have no rule.

    Raises:
        SqlError: always, with what Redshift says and what to write instead.
    """
    name = node.name.upper()
    kind, instead = function_classes().get(name), _INSTEAD.get(name, "")
    if kind == LEADER_ONLY:
        refuse(
            node, f"function {name.lower()} runs on Redshift's leader node only and fails on tables", instead
        )
    if kind == DOCUMENTED:
        refuse(
            node, f"{name} exists on Redshift, not on the laptop: this report can run on AWS only", instead
        )
    refuse(node, f"function {name.lower()} does not exist on Redshift", instead)
