"""Where in the analyst's text a part of the parsed statement stands."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.tokenizer_core import Token


def position(node: exp.Expr) -> str:
    """` (line 3, column 8)` of the node or of its first part that knows its place; empty if none does."""
    for part in node.walk(bfs=False):
        meta = part.meta
        if "line" in meta:
            return f" (line {meta['line']}, column {_first_column(meta['col'], meta['start'], meta['end'])})"
    return ""


def token_position(token: Token) -> str:
    """` (line 3, column 8)` of a token."""
    return f" (line {token.line}, column {_first_column(token.col, token.start, token.end)})"


def _first_column(last_column: int, start: int, end: int) -> int:
    # The parser remembers the column of a word's last letter.
    return last_column - (end - start)
