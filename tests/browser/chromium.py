"""Finds a Chromium: an installed one, else Playwright's own download, else says how to get one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_HOW_TO_GET_ONE = (
    "No Chromium was found. Install one with `sudo apt-get install chromium`, or let Playwright download its own: "
    "`.venv/bin/playwright install chromium`."
)


@contextmanager
def headless_chromium() -> Iterator[Browser]:
    """Run a headless Chromium for as long as the block lasts."""
    with sync_playwright() as playwright:
        # --no-sandbox: tests often run as root in a container, where Chromium cannot make its own sandbox.
        browser = playwright.chromium.launch(executable_path=_find(playwright), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def _find(playwright: Playwright) -> str:
    installed = next((path for path in map(shutil.which, _NAMES) if path), None)
    own = playwright.chromium.executable_path
    if installed:
        return installed
    assert Path(own).exists(), _HOW_TO_GET_ONE
    return own
