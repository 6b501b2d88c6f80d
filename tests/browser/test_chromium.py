"""A machine without Chromium gets one, or is told how; one that has one is left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import chromium

pytestmark = pytest.mark.browser


@pytest.fixture
def empty_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH, on a machine where Playwright has downloaded nothing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    return tmp_path


def test_an_installed_one_is_taken_and_nothing_is_fetched() -> None:
    assert chromium.main((lambda: None, lambda: pytest.fail("it fetched another one"))) == 0


def test_each_way_is_tried_until_one_gives_a_browser_that_starts(empty_machine: Path) -> None:
    with sync_playwright() as playwright:
        real = shutil.which("chromium", path="/usr/bin:/usr/local/bin") or playwright.chromium.executable_path
    tried: list[str] = []

    def useless() -> None:
        tried.append("useless")
        (empty_machine / "chromium").write_text("no program", encoding="utf-8")

    def useful() -> None:
        tried.append("useful")
        (empty_machine / "chromium").unlink()
        (empty_machine / "chromium").symlink_to(real)

    assert chromium.main((useless, useful, lambda: pytest.fail("it went on"))) == 0
    assert tried == ["useless", "useful"]


def test_where_no_way_helps_it_fails_and_says_what_to_do(
    empty_machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert chromium.main((lambda: None,)) == 1
    assert "sudo apt-get install chromium" in capsys.readouterr().err
    assert not list(empty_machine.glob("chrom*"))
