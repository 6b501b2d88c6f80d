"""What axe-core finds on a page, by the rules of WCAG 2.0 to 2.2, levels A and AA."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
# Streamlit's own faults, each by the rule and the place; nothing of this project's may be added.
_EXCUSED = {
    ("aria-dialog-name", ".stToast"): "a toast has the role of a dialog, and no name",
    (
        "scrollable-region-focusable",
        ".stTable",
    ): "a wide table is no stop of Tab unless its size is fixed in pixels; "
    "Chromium and Firefox let the keys reach any frame that scrolls",
}


def faults(page: Page) -> list[str]:
    """Give each finding as `rule: element`, but for those that are excused."""
    found: dict[str, Any] = Axe().run(page, options=_OPTIONS).response
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
        if not any(rule["id"] == name and _is_at(page, node, place) for name, place in _EXCUSED)
    ]


def _is_at(page: Page, node: dict[str, Any], place: str) -> bool:
    inside: bool = page.locator(node["target"][-1]).first.evaluate("(e, place) => !!e.closest(place)", place)
    return inside
