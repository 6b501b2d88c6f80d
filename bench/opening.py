"""From the command to a form that can be sent, beside a page of Streamlit with one form and nothing behind it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser

from bench.figures import Figure, side_by_side
from dashboard.settings import ROOT
from tests.browser.dashboards import free_port

_BARE_PAGE = Path(__file__).with_name("bare_page.py")
_BETWEEN_LOOKS_SECONDS = 0.05
# The budget is six seconds where a bare page takes 2.4.
_LIMIT = 2.5


def opening(browser: Browser, rounds: int) -> Figure:
    """`make run` in a prepared checkout whose trips are there, until Submit can be pressed in a new window."""
    _open(browser, "-m", "dashboard")  # the first start makes the sample, and leaves the compiled modules
    taken = side_by_side(
        lambda: _open(browser, "-m", "dashboard"),
        lambda: _open(browser, "-m", "streamlit", "run", str(_BARE_PAGE), "--server.headless=true"),
        rounds,
    )
    return Figure("Opening the dashboard", *taken, _LIMIT, by="wall")


def _open(browser: Browser, *arguments: str) -> None:
    with _running(*arguments) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(address, wait_until="commit")
        page.get_by_role("button", name="Submit").wait_for()
        context.close()


@contextmanager
def _running(*arguments: str) -> Iterator[str]:
    port = str(free_port())
    process = subprocess.Popen(
        ["env", f"PORT={port}", f"STREAMLIT_SERVER_PORT={port}", sys.executable, *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        while not _answers(address):
            time.sleep(_BETWEEN_LOOKS_SECONDS)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/_stcore/health", timeout=2):
            return True
    except OSError:
        return False
