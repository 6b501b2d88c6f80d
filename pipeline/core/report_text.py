"""The text of an analyst's file, taken apart: its declaration, its SELECT, and where each of their parts stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.core.reports import Problem

MAXIMUM_BYTES = 100_000
"""AWS: Redshift Data API, the longest SQL text that it takes."""
LONGEST_LINE = 2_000
"""A declaration is read by people; and a key of thousands of parts would keep the reader of TOML busy for minutes."""
_FILE = re.compile(r"\s*/\*(?P<declaration>.*?)\*/(?P<sql>.*)", re.DOTALL)
_HEADING = re.compile(r"\s*\[\[\s*(\w+)\s*\]\]")
_PLACE = re.compile(r"(?P<table>\w+)(?:\[(?P<number>\d+)\])?(?:\.(?P<key>\w+))?")


class ReportProblem(Exception):
    """A file that is no report; each of its `problems` names file, line and reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        first = self.problems[0]
        super().__init__(f"{first.file}:{first.line}: {first.message}")


@dataclass(frozen=True, slots=True)
class ReportText:
    """A file taken apart. `toml` begins on the line `toml_line` of the file, `sql` on `sql_line`; both count from 1."""

    file: str
    toml: str
    toml_line: int
    sql: str
    sql_line: int

    def problem(self, line: int, message: str) -> ReportProblem:
        """Say what is wrong on a line of the file."""
        return ReportProblem([Problem(self.file, line, message)])

    @property
    def is_cut_short(self) -> bool:
        """Whether the SQL has the end of a comment that begins elsewhere: the declaration ended at an earlier `*/`."""
        end, beginning = self.sql.find("*/"), self.sql.find("/*")
        return end >= 0 and not 0 <= beginning < end

    def line_of(self, place: str) -> int:
        """Find a part of the declaration, such as `title`, `columns[2]` or `columns[2].role`.

        What stands inline is found by the line of its list, and what is missing by the line of its table.
        """
        found = _PLACE.match(place)
        if found is None:
            return self.toml_line
        lines = self.toml.splitlines()
        headings = [
            n for n, line in enumerate(lines) if (table := _HEADING.match(line)) and table[1] == found[1]
        ]
        number = int(found["number"] or 0)
        if number >= len(headings):
            return self.toml_line + _find_key(lines, 0, found["table"])
        key = found["key"]
        return self.toml_line + (_find_key(lines, headings[number], key) if key else headings[number])


def read_text(file: str, content: bytes) -> ReportText:
    """Take a file apart. A byte order mark is left out; lines may end in CR LF.

    Raises:
        ReportProblem: it is empty, too long, not UTF-8, holds what cannot be seen, or has no declaration or no SQL.
    """
    text = _decoded(file, content)
    found = _FILE.fullmatch(text)
    if found is None:
        raise _problem(file, 1, "The file must begin with its declaration in a comment: /* … */.")
    sql = found["sql"]
    for number, line in enumerate(found["declaration"].split("\n"), _line(text, found.start("declaration"))):
        if len(line) > LONGEST_LINE:
            raise _problem(
                file, number, f"The line has {len(line):,} characters; {LONGEST_LINE:,} are the most."
            )
    if not sql.strip():
        raise _problem(file, text.count("\n") + 1, "There is no SELECT behind the declaration.")
    return ReportText(
        file=file,
        toml=found["declaration"],
        toml_line=_line(text, found.start("declaration")),
        sql=sql.strip(),
        sql_line=_line(text, found.start("sql") + len(sql) - len(sql.lstrip())),
    )


def _decoded(file: str, content: bytes) -> str:
    if not content.strip():
        raise _problem(file, 1, "The file is empty.")
    if len(content) > MAXIMUM_BYTES:
        raise _problem(file, 1, f"The file has {len(content):,} bytes; {MAXIMUM_BYTES:,} are the most.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _problem(file, line, "The file is not UTF-8: save it in that encoding.") from error
    for number, line_text in enumerate(text.split("\n"), start=1):
        for character in line_text.removesuffix("\r"):
            if not character.isprintable() and character != "\t":
                name = f"U+{ord(character):04X}"
                raise _problem(file, number, f"The line holds a character that cannot be seen, {name}.")
    return text


def _find_key(lines: list[str], first: int, key: str) -> int:
    """Find the line of a key in the table that begins on line `first`; that line where the key does not stand."""
    wanted = re.compile(rf"\s*(?:{key}\s*=|\[\w+\.{key}\]|\[{key}\])")
    for number, line in enumerate(lines[first:], start=first):
        if wanted.match(line):
            return number
        if number > first and _HEADING.match(line):
            break
    return first


def _problem(file: str, line: int, message: str) -> ReportProblem:
    return ReportProblem([Problem(file, line, message)])


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
