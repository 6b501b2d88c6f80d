"""Lists of values that several reports share: `sql/choices/<name>.csv`."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping

from pipeline.core.reports import Choice

Choices = Mapping[str, tuple[Choice, ...]]
_NAMED = re.compile(rb"""\bchoicesFrom\s*=\s*["']([a-z0-9-]+)["']""")


def parse_choices(content: bytes) -> tuple[Choice, ...]:
    """Read a shared list of values: a CSV with the heading `value,label`; quotes hold a comma.

    Raises:
        ValueError: it is no CSV in UTF-8, or a line does not have two cells.
    """
    lines = content.decode().strip().splitlines()[1:]
    try:
        return tuple(Choice(value.strip(), label.strip()) for value, label in csv.reader(lines, strict=True))
    except csv.Error as error:
        raise ValueError(str(error)) from error


def lists_named(content: bytes) -> frozenset[str]:
    """Name the shared lists that a report's file asks for, before anything else of it is read."""
    return frozenset(match.decode() for match in _NAMED.findall(content))
