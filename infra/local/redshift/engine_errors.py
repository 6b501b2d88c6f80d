"""Turns DuckDB's complaints into the sentences that Redshift would say."""

from __future__ import annotations

import re

from infra.local.redshift.errors import SqlError

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
    (r"Overflow in .* of INT16|destination type INT16", "smallint out of range"),
    (r"Overflow in .* of INT32|destination type INT32", "integer out of range"),
    (r"Overflow in .* of INT(?:64|128)|destination type INT64", "bigint out of range"),
    (r"to (?:type )?DECIMAL|Overflow in .* of DECIMAL", "numeric data overflow"),
    (r"(column \".*?\" must appear in the GROUP BY clause)", "{0} or be used in an aggregate function"),
    (r"square root of a negative", "cannot take square root of a negative number"),
    (r"logarithm of (zero|a negative)", "cannot take logarithm of {0}"),
    (r"Out of Memory", "the statement needs more memory than the laptop gives it"),
)


def sql_error(error: Exception) -> SqlError:
    """The failure of a statement in Redshift's words; what has none keeps the engine's first line."""
    told = str(error)
    for pattern, sentence in _SENTENCES:
        found = re.search(pattern, told, re.DOTALL)
        if found is not None:
            return SqlError(sentence.format(*found.groups()))
    first_line = told.strip().splitlines()[0] if told.strip() else type(error).__name__
    return SqlError(re.sub(r"^[A-Z][A-Za-z ]* Error: ", "", first_line))
