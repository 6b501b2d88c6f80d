"""Where in a report's SQL an engine found something wrong, as a line that its analyst can go to."""

from __future__ import annotations

import re

_LINE = re.compile(r"\s*\(line (\d+)(?:, column \d+)?\)")
# PostgreSQL's way, which Redshift has too: a position counted in characters from 1. [UNC]
_POSITION = re.compile(r"\.?\s*Position: (\d+)\.?$")


def statement_position(error: str) -> tuple[str, int | None]:
    """Part an engine's complaint from the line of the statement that it names, if it names one."""
    found = _LINE.search(error)
    if found is None:
        return error, None
    return error[: found.start()] + error[found.end() :], int(found[1])


def with_line(error: str, sql: str | None) -> str:
    """Say a position that is counted in characters of the statement as its line."""
    found = _POSITION.search(error)
    if found is None:
        return error
    line = f" (line {sql.count(chr(10), 0, int(found[1]) - 1) + 1})" if sql else ""
    return error[: found.start()] + line


def in_file(error: str, file: str, sql_line: int) -> str:
    """Say a line of the statement as a line of the file in which its SELECT begins on `sql_line`."""
    return _LINE.sub(lambda found: f" ({file}, line {sql_line + int(found[1]) - 1})", error, count=1)
