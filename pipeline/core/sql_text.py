"""What can be seen in a report's SQL without an engine: its placeholders, and what it must not contain."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""
      (?P<text>'(?:[^']|'')*')
    | (?P<quoted>"(?:[^"]|"")*")
    | (?P<comment>--[^\n]*|/\*.*?\*/)
    | (?P<open>'|"|/\*)
    | (?P<template>[{}$]|%\(\w+\)s)
    | (?P<percent>%s\b)
    | (?P<cast>::\s*(?P<type>[A-Za-z_][A-Za-z0-9_]*(?:\s+(?i:precision))?))
    | :(?P<placeholder>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<mark>[(),;]|[^\s\w])
    """,
    re.VERBOSE | re.DOTALL,
)
_TEMPLATE_IN_TEXT = re.compile(r"\{\{|\$\{|%\(\w+\)s|\{[A-Za-z_]\w*\}")
# Behind these a value must come, so that `%s` is no remainder of a division.
_BEFORE_VALUE = frozenset(
    {"select", "where", "and", "or", "not", "in", "like", "between", "then", "else", "by", "on"}
)
_WRITES = frozenset({"insert", "update", "delete", "merge"})
_CLAUSES = frozenset(
    {
        "select",
        "from",
        "join",
        "on",
        "using",
        "where",
        "group",
        "having",
        "order",
        "union",
        "except",
        "qualify",
    }
)
_OPENED = {"'": "text", '"': "quoted name", "/*": "comment"}


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A named parameter in the SQL; `cast` is the type right behind it (`:n::int`), `line` counts from 1.

    `instead_of` says what it stands in the place of, where no value can stand: `table`, `order` or `text`.
    """

    name: str
    cast: str | None
    line: int
    instead_of: str | None = None


def placeholders(sql: str) -> list[Placeholder]:
    """Find the placeholders; those in texts, quoted names and comments are none, as the Data API has it."""
    found = []
    tokens = [token for token in _TOKEN.finditer(sql) if not token["comment"]]
    clauses = _Clauses()
    for number, token in enumerate(tokens):
        clauses.read(token)
        if not token["placeholder"]:
            continue
        following = tokens[number + 1] if number + 1 < len(tokens) else None
        touches = following is not None and not sql[token.end() : following.start()].strip()
        cast = _type_name(following["type"]) if following and touches and following["cast"] else None
        line = _line(sql, token.start())
        found.append(Placeholder(token["placeholder"], cast, line, clauses.place_of_name()))
    return found


def quoted_placeholders(sql: str) -> list[Placeholder]:
    """Find what looks like a placeholder in a text or a quoted name, where no value is put in."""
    return [
        Placeholder(name, None, _line(sql, token.start()), "text")
        for token in _TOKEN.finditer(sql)
        if token["text"] or token["quoted"]
        for name in re.findall(r"(?<![:\w]):([A-Za-z_]\w*)", token[0])
    ]


def refused_form(sql: str) -> tuple[int, str] | None:
    """Say (line, sentence) why a text cannot be a report's SELECT, or None."""
    everything = list(_TOKEN.finditer(sql))
    tokens = [token for token in everything if not token["comment"]]
    if not tokens or tokens[0][0].lower() not in {"select", "with"}:
        line = _line(sql, tokens[0].start()) if tokens else 1
        return line, "The SQL must be one SELECT, and may begin WITH."
    for token in everything:
        if token["comment"] and "/*" in token[0][2:] and token[0].startswith("/*"):
            return _line(sql, token.start()), "A comment stands inside this comment: end it first."
    return _refused_among(sql, tokens)


def _refused_among(sql: str, tokens: list[re.Match[str]]) -> tuple[int, str] | None:
    depth, before = 0, ""
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        sentence = (
            _unreadable(token, before)
            or _semicolon(token, token is tokens[-1])
            or _refused_word(token[0].lower(), before, outermost=depth == 0)
        )
        if sentence:
            return _line(sql, token.start()), sentence
        before = token[0].lower()
    return None


def _unreadable(token: re.Match[str], before: str) -> str | None:
    if token["open"]:
        return f"The {_OPENED[token[0]]} that begins here does not end."
    in_text = token["text"] and _TEMPLATE_IN_TEXT.search(token[0])
    behind_value = before[-1:].isalnum() or before[-1:] in {")", "_", '"'}
    as_value = token["percent"] and (before in _BEFORE_VALUE or not behind_value)
    if token["template"] or in_text or as_value:
        return "This looks like a template: values come as :name, and nothing is pasted into the SQL."
    return None


def _semicolon(token: re.Match[str], last: bool) -> str | None:
    if token[0] != ";":
        return None
    if last:
        return "Leave out the semicolon: the row limit is added behind the SELECT."
    return "A second statement begins behind this semicolon: a report is one SELECT."


def _refused_word(word: str, before: str, outermost: bool) -> str | None:
    if word in _WRITES and before in {"(", ")"}:
        return f"{word.upper()} changes data: reports only read."
    if word == "into":
        return "SELECT INTO makes a table: reports only read."
    if outermost and (word in {"limit", "offset", "fetch"} or (before, word) == ("select", "top")):
        return f"Leave out {word.upper()}: maximumRows of the declaration limits the answer."
    return None


@dataclass(slots=True)
class _Clauses:
    """The clause that each open parenthesis is in, and the word before, while a text is read."""

    _stack: list[str] = field(default_factory=lambda: [""])
    _before: str = ""
    _here: str = ""

    def read(self, token: re.Match[str]) -> None:
        word = token[0].lower()
        self._before, self._here = self._here, word
        if word == "(":
            self._stack.append("")
        elif word == ")" and len(self._stack) > 1:
            self._stack.pop()
        elif token["word"] and word in _CLAUSES:
            self._stack[-1] = word

    def place_of_name(self) -> str | None:
        """Say whether a name of a table or of an order must stand where a placeholder stands now."""
        if self._stack[-1] in {"from", "join"} and self._before in {"from", "join", ",", "."}:
            return "table"
        if self._stack[-1] in {"order", "group"} and self._before in {"by", ","}:
            return "order"
        return None


def _type_name(text: str) -> str:
    return " ".join(text.lower().split())


def _line(sql: str, position: int) -> int:
    return sql.count("\n", 0, position) + 1
