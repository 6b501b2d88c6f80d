"""The documentation as the tests read it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md")])


def read(name: str) -> str:
    """Give the text of a page, by its path from the root."""
    return (ROOT / name).read_text(encoding="utf-8")


def fenced(page: str, label: str) -> list[str]:
    """Give the code blocks of a page that begin with this label."""
    return re.findall(rf"^```{re.escape(label)}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
