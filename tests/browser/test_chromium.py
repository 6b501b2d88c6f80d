"""A machine without Chromium gets one, or is told how; one that has one is left alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import chromium

pytestmark = pytest.mark.browser


def get_one(*ways: Callable[[], None]) -> int:
    """Ask in a thread of its own: Playwright runs once in a thread, and in this one it may run already."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(chromium.main, ways).result()


def playwrights_own() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


@pytest.fixture
def real() -> str:
    """The Chromium of this machine; asked for before the machine is emptied."""
    with ThreadPoolExecutor(1) as apart:
        return shutil.which("chromium") or apart.submit(playwrights_own).result()


@pytest.fixture
def empty_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH, on a machine where Playwright has downloaded nothing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    return tmp_path


def test_an_installed_one_is_taken_and_nothing_is_fetched() -> None:
    assert get_one(lambda: None, lambda: pytest.fail("it fetched another one")) == 0


def test_each_way_is_tried_until_one_gives_a_browser_that_starts(real: str, empty_machine: Path) -> None:
    tried: list[str] = []

    def useless() -> None:
        tried.append("useless")
        (empty_machine / "chromium").write_text("no program", encoding="utf-8")

    def useful() -> None:
        tried.append("useful")
        (empty_machine / "chromium").unlink()
        (empty_machine / "chromium").symlink_to(real)

    assert get_one(useless, useful, lambda: pytest.fail("it went on")) == 0
    assert tried == ["useless", "useful"]


def test_where_no_way_helps_it_fails_and_says_what_to_do(
    empty_machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert get_one(lambda: None) == 1
    assert "sudo apt-get install chromium" in capsys.readouterr().err
    assert not list(empty_machine.glob("chrom*"))
