"""Where in the analyst's text a part of the parsed statement stands."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.tokenizer_core import Token


def position(node: exp.Expr) -> str:
    """` (line 3, column 8)` of the node or of its first part that knows its place; empty if none does."""
    found = place(node)
    return "" if found is None else f" (line {found[0]}, column {found[1]})"


def place(node: exp.Expr) -> tuple[int, int] | None:
    """Line and column, from 1, of the node or of its first part that knows its place; None if none does."""
    for part in node.walk(bfs=False):
        meta = part.meta
        if "line" in meta:
            return meta["line"], _first_column(meta["col"], meta["start"], meta["end"])
    return None


def token_position(token: Token) -> str:
    """` (line 3, column 8)` of a token."""
    return f" (line {token.line}, column {_first_column(token.col, token.start, token.end)})"


def _first_column(last_column: int, start: int, end: int) -> int:
    # The parser remembers the column of a word's last letter.
    return last_column - (end - start)
