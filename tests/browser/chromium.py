"""Finds a Chromium: an installed one, else Playwright's own download, else the package manager's.

`python -m tests.browser.chromium` gets one where there is none; the tests themselves only look.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_HOW_TO_GET_ONE = (
    "No Chromium was found. Install one with `sudo apt-get install chromium`, or let Playwright download its own: "
    "`.venv/bin/playwright install chromium`."
)
_PACKAGES = (("apt-get", "update", "-qq"), ("apt-get", "install", "-y", "-qq", "chromium"))


@contextmanager
def headless_chromium() -> Iterator[Browser]:
    """Run a headless Chromium for as long as the block lasts."""
    with sync_playwright() as playwright:
        # --no-sandbox: tests often run as root in a container, where Chromium cannot make its own sandbox.
        browser = playwright.chromium.launch(executable_path=_required(playwright), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def main(ways: tuple[Callable[[], None], ...] | None = None) -> int:
    """Get a Chromium that starts, by the first of these ways that gives one; give the exit status."""
    with sync_playwright() as playwright:
        for get in ways or (_take_what_is_there, _download, _install):
            get()
            if _starts(playwright):
                return 0
    sys.stderr.write(f"{_HOW_TO_GET_ONE}\n")
    return 1


def _take_what_is_there() -> None:
    """Nothing to do: most machines have one."""


def _download() -> None:
    sys.stderr.write("No Chromium is installed: Playwright's own is downloaded …\n")
    _try((sys.executable, "-m", "playwright", "install", "chromium"))


def _install() -> None:
    """Ask the package manager, which only root may."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        sys.stderr.write("That did not do: the package manager's Chromium is installed …\n")
        for command in _PACKAGES:
            _try(command)


def _try(command: tuple[str, ...]) -> None:
    """Run a command; whether it did any good shows when Chromium starts or does not."""
    subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _starts(playwright: Playwright) -> bool:
    path = _find(playwright)
    try:
        playwright.chromium.launch(executable_path=path, args=["--no-sandbox"]).close()
    except Error:
        return False
    return True


def _required(playwright: Playwright) -> str:
    path = _find(playwright)
    assert Path(path).exists(), _HOW_TO_GET_ONE
    return path


def _find(playwright: Playwright) -> str:
    """Give an installed one, else where Playwright's own would be."""
    installed = next((path for path in map(shutil.which, _NAMES) if path), None)
    return installed or playwright.chromium.executable_path


if __name__ == "__main__":
    sys.exit(main())
