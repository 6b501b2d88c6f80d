"""From the command to a form that can be sent, beside a page of Streamlit with one form and nothing behind it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from playwright.sync_api import Browser

from bench.figures import Figure, side_by_side
from tests.browser.dashboards import free_port, running_python

_OURS = ("-m", "dashboard")
_BARE = ("-m", "streamlit", "run", str(Path(__file__).with_name("bare_page.py")), "--server.headless=true")
# The budget is six seconds where a bare page takes 2.4.
_LIMIT = 2.5
_FIRST_START_MS = 150_000


def opening(browser: Browser, rounds: int) -> Figure:
    """`make run` in a prepared checkout whose trips are there, until Submit can be pressed in a new window."""
    _open(browser, _OURS)  # the first start makes the sample, and leaves the compiled modules
    taken = side_by_side(lambda: _open(browser, _OURS), lambda: _open(browser, _BARE), rounds)
    return Figure("Opening the dashboard", *taken, _LIMIT, by="wall")


def _open(browser: Browser, arguments: tuple[str, ...]) -> None:
    port = free_port()
    settings = {"PORT": str(port), "STREAMLIT_SERVER_PORT": str(port)}
    with running_python(arguments, settings, port, subprocess.DEVNULL), browser.new_context() as context:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}", wait_until="commit")
        page.get_by_role("button", name="Submit").wait_for(timeout=_FIRST_START_MS)
