"""What the codes of errors mean, as docs/errors.md tells it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dashboard.paths import CODES
from dashboard.settings import ROOT

_FILE = ROOT / "docs" / "errors.md"
_ROW = re.compile(r'^\| <a id="([a-z_]+)"></a>`\1` \| ([^|]+) \| ([^|]+) \| (.+) \|$', re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Code:
    """A code, what it means and what to do, and whether the very same request may succeed later."""

    name: str
    meaning: str
    repeat: str


@cache
def codes() -> tuple[Code, ...]:
    """Read the page of codes; links to other pages of the documentation lose their addresses."""
    rows = _ROW.findall(_FILE.read_text(encoding="utf-8"))
    return tuple(Code(name, _LINK.sub(r"\1", meaning), repeat) for name, _, repeat, meaning in rows)


def code_link(name: str) -> str:
    """Link a code to its place on the page of codes, in Markdown; it leads there from every page."""
    return f"[{name.replace('_', chr(92) + '_')}]({CODES}#{name})"
