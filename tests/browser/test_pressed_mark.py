"""A bar that is pressed is taxi yellow in both themes, and the others fade."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from dashboard.palette import TAXI
from tests.browser.dashboards import running_dashboard
from tests.end_to_end.drawn import press_mark

pytestmark = pytest.mark.browser

APP = Path(__file__).parent / "assets" / "pressed_app.py"
BAR = ".js-plotly-plot .bars .point path"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running_dashboard(APP, {}) as running:
        yield running


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_pressed_bar_is_fully_yellow_and_the_others_fade(
    page: Page, address: str, theme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=theme)
    page.goto(address)
    bars = page.locator(BAR)
    expect(bars).to_have_count(30, timeout=60_000)
    press_mark(page, bars.nth(4))
    expect(bars.nth(4)).to_have_css("fill", "rgb({}, {}, {})".format(*bytes.fromhex(TAXI[1:])))
    expect(bars.nth(4)).to_have_css("opacity", "1")
    expect(bars.nth(5)).to_have_css("opacity", "0.5")
