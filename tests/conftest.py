"""Rules of the whole suite."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

# What a page shall show is waited for this long: how quick it is, is no test's matter.
_EXPECTED_WITHIN_MS = 20_000

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a run: Playwright takes no second one beside it."""
    from playwright.sync_api import expect

    from tests.browser.chromium import headless_chromium

    expect.set_options(timeout=_EXPECTED_WITHIN_MS)
    with headless_chromium() as running:
        yield running


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """On the build server a skipped test is a failure: something was missing that should have been there."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and os.environ.get("CI") == "true":
        terminalreporter.write_line(
            f"{len(skipped)} tests were skipped, which counts as a failure here.", red=True
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """See `pytest_terminal_summary`."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and os.environ.get("CI") == "true":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
