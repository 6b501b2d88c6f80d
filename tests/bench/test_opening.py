"""Both pages come as far as a Submit that can be pressed, and their servers end with the measurement."""

from __future__ import annotations

import subprocess

import pytest
from playwright.sync_api import Browser

from bench.opening import opening

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]


def test_both_are_opened_and_ended(browser: Browser) -> None:
    figure = opening(browser, rounds=1)

    assert min(figure.ours.wall, figure.plain.wall) > 0
    running = subprocess.run(["ps", "-eo", "args"], check=True, capture_output=True, text=True).stdout
    assert "bench/bare_page.py" not in running
