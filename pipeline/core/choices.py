"""Lists of values that several reports share: `sql/choices/<name>.csv`."""

from __future__ import annotations

import csv
from collections.abc import Mapping

from pipeline.core.reports import Choice

Choices = Mapping[str, tuple[Choice, ...]]


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
