"""Turns DuckDB's complaints into the sentences that Redshift would say."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping

from infra.local.redshift.errors import SqlError
from infra.local.redshift.failed_places import BROKEN_PATTERN, failed_position
from infra.local.redshift.literals import UNDOCUMENTED_CUT
from infra.local.redshift.scope import Columns
from infra.local.redshift.ungrouped import ungrouped_position

_log = logging.getLogger(__name__)

_SENTENCES = (
    (r"Division by zero", "division by zero"),
    (r"Could not convert string '(.*?)' to U?INT\d+", 'invalid input syntax for integer: "{0}"'),
    (
        r"Could not convert string ['\"](.*?)['\"] to (?:DOUBLE|FLOAT|DECIMAL)",
        'invalid input syntax for type numeric: "{0}"',
    ),
    (r"Could not convert string '(.*?)' to BOOL", 'invalid input syntax for type boolean: "{0}"'),
    (r"invalid (date|timestamp) field format: \"(.*?)\"", 'invalid input syntax for type {0}: "{1}"'),
    (r"(?:date|timestamp) field value out of range: \"(.*?)\"", 'date/time field value out of range: "{0}"'),
    (r"Overflow in .* of INT16|type INT16", "smallint out of range"),
    (r"Overflow in .* of INT32|type INT32", "integer out of range"),
    (r"Overflow in .* of INT(?:64|128)|type INT64", "bigint out of range"),
    (r"to (?:type )?DECIMAL|Overflow in .* of DECIMAL", "numeric data overflow"),
    (r"square root of a negative", "cannot take square root of a negative number"),
    (r"logarithm of (zero|a negative number)", "cannot take logarithm of {0}"),
    (r"undefined outside", "input is out of range"),
    (r"GROUPING child", "arguments of GROUPING must be expressions of GROUP BY"),
    (
        r"numeric division too near to a tie",
        "the last digit of a numeric division is not documented, and here it decides: divide floats, a::float8 / b",
    ),
    (r"(Result size exceeds LISTAGG limit)", "{0}"),
    (
        r"letters beyond ASCII are cut at bytes",
        "varchar(n) has n bytes on Redshift, and this text has letters of several: cast to a longer varchar",
    ),
    (r"decimals of a text are cut", UNDOCUMENTED_CUT),
    (r"end with escape character", "LIKE pattern must not end with escape character"),
    (
        r"More than one row returned by a subquery",
        "more than one row returned by a subquery used as an expression",
    ),
    (r"Date out of range: (\S+)", 'date/time field value out of range: "{0}"'),
    (r"Could not parse string \"(.*?)\" according", 'date/time field value out of range: "{0}"'),
    (
        r"Cannot mix aggregates with non-aggregated columns",
        "a column must appear in the GROUP BY clause or be used in an aggregate function",
    ),
    (r"not in timestamp range", "timestamp out of range"),
    (r"Unknown TimeZone '(.*?)'", 'time zone "{0}" not recognized'),
    (rf"^Invalid Input Error: ((?:{BROKEN_PATTERN}).*)", "invalid regular expression: {0}"),
    (r"Out of Memory", "the statement needs more memory than the laptop gives it"),
)


_DEFECT = re.compile(r"(?:INTERNAL|FATAL|IO) Error")
_UNGROUPED = re.compile(r"column \"(.*?)\" must appear in the GROUP BY clause", re.DOTALL)


def sql_error(error: Exception, sql: str, relations: Mapping[str, Columns]) -> SqlError:
    """The failure of a statement in Redshift's words, with its place; what has none keeps the engine's first line."""
    told = str(error).strip()
    if _DEFECT.match(told):
        _log.error("The engine failed.", exc_info=error)
        return SqlError("internal error of the local warehouse; see its log")
    ungrouped = _UNGROUPED.search(told)
    if ungrouped is not None:
        name = ungrouped[1]
        sentence = f'column "{name}" must appear in the GROUP BY clause or be used in an aggregate function'
        return SqlError(sentence + ungrouped_position(sql, name))
    return SqlError(_sentence(told) + failed_position(told, sql, relations))


def _sentence(told: str) -> str:
    for pattern, words in _SENTENCES:
        found = re.search(pattern, told, re.DOTALL)
        if found is not None:
            return words.format(*found.groups())
    first_line = told.splitlines()[0] if told else "the engine gave no reason"
    return re.sub(r"^[A-Z][A-Za-z ]* Error: ", "", first_line)
