"""What can be seen in a report's SQL without an engine: its placeholders, and what it must not contain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<text>'(?:[^']|'')*')
    | (?P<quoted>"(?:[^"]|"")*")
    | (?P<comment>--[^\n]*|/\*.*?\*/)
    | (?P<cast>::\s*(?P<type>[A-Za-z_][A-Za-z0-9_]*(?:\s+(?i:precision))?))
    | :(?P<placeholder>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<mark>[();])
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A named parameter in the SQL; `cast` is the type right behind it (`:n::int`), `line` counts from 1."""

    name: str
    cast: str | None
    line: int


def placeholders(sql: str) -> list[Placeholder]:
    """Find the placeholders; those in texts, quoted names and comments are none, as the Data API has it."""
    found = []
    tokens = list(_TOKEN.finditer(sql))
    for number, token in enumerate(tokens):
        if not token["placeholder"]:
            continue
        following = tokens[number + 1] if number + 1 < len(tokens) else None
        touches = following is not None and not sql[token.end() : following.start()].strip()
        cast = _type_name(following["type"]) if following and touches and following["cast"] else None
        found.append(Placeholder(token["placeholder"], cast, _line(sql, token.start())))
    return found


def refused_form(sql: str) -> tuple[int, str] | None:
    """Say (line, sentence) why a text cannot be a report's SELECT, or None."""
    words = list(_top_level(sql))
    if not words or words[0][1] not in {"select", "with"}:
        return (1, "The SQL must be one SELECT, and may begin WITH.")
    for line, word in words:
        if word == ";":
            return (line, "Leave out the semicolon: the row limit is added behind the SELECT.")
        if word in {"limit", "offset", "fetch"}:
            return (line, f"Leave out {word.upper()}: maximumRows of the declaration limits the answer.")
    return None


def _top_level(sql: str) -> Iterator[tuple[int, str]]:
    """Give (line, word in lower case) of the words and semicolons outside parentheses."""
    depth = 0
    for token in _TOKEN.finditer(sql):
        mark = token["mark"]
        depth += {"(": 1, ")": -1}.get(mark or "", 0)
        if mark == ";" or (token["word"] and depth == 0):
            yield _line(sql, token.start()), token[0].lower()


def _type_name(text: str) -> str:
    return " ".join(text.lower().split())


def _line(sql: str, position: int) -> int:
    return sql.count("\n", 0, position) + 1
