"""Where in a report's SQL an engine found something wrong, as a line that its analyst can go to."""

from __future__ import annotations

import re

# One line, or the few on which a statement may have failed: "(line 3, column 8)", "(line 3, 7 or 12)".
_LINE = re.compile(r"\s*\(line (\d+(?:(?:, | or )\d+)*)(?:, column \d+)?\)")
# PostgreSQL's way, which Redshift has too: a position counted in characters from 1. [UNC]
_POSITION = re.compile(r"\.?\s*Position: (\d+)\.?$")


def statement_position(error: str) -> tuple[str, int | None]:
    """Part an engine's complaint from the line of the statement that it names, the first if it names several."""
    found = _LINE.search(error)
    if found is None:
        return error, None
    return error[: found.start()] + error[found.end() :], int(re.split(r"\D", found[1])[0])


def with_line(error: str, sql: str | None) -> str:
    """Say a position that is counted in characters of the statement as its line."""
    found = _POSITION.search(error)
    if found is None:
        return error
    line = f" (line {sql.count(chr(10), 0, int(found[1]) - 1) + 1})" if sql else ""
    return error[: found.start()] + line


def in_file(error: str, file: str, sql_line: int) -> str:
    """Say a line of the statement as a line of the file in which its SELECT begins on `sql_line`."""
    return _LINE.sub(lambda found: f" ({file}, line {_shifted(found[1], sql_line - 1)})", error, count=1)


def _shifted(lines: str, by: int) -> str:
    return re.sub(r"\d+", lambda line: str(int(line[0]) + by), lines)
