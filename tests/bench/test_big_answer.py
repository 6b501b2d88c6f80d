"""Rows are seen and clicks are served while others come; both figures are given."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench.big_answer import big_answer

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]


def test_both_figures_are_measured(browser: Browser, tmp_path: Path) -> None:
    figures = list(big_answer(browser, tmp_path, rounds=1))

    assert [figure.name for figure in figures] == ["First rows of a big answer", "A click while rows come"]
    assert min(min(figure.ours.wall, figure.plain.wall) for figure in figures) > 0
