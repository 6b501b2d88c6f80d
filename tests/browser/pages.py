"""What a person does on Explore, and what shows that it worked."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.dashboards import ROOT

LIVE = re.compile("Live$")
FETCHING = "Fetching results from the server…"
ANSWER = re.compile("^Answered ")
CHART = ".js-plotly-plot .main-svg"
SETTLED_MS = 1_500
_WIDTH = 1440
_SCREENSHOTS = ROOT / "build" / "screenshots"


def open_explore(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text(LIVE)).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Submit")).to_be_enabled(timeout=30_000)
    expect(page.locator(CHART).first).to_be_visible(timeout=30_000)  # the example's, which comes last
    page.wait_for_timeout(SETTLED_MS)


def press_submit(page: Page) -> None:
    """Press, and see the card; where an answer comes at once none may be drawn before it: click there."""
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text(FETCHING).first).to_be_visible()


def expect_answer(page: Page, timeout_ms: float = 30_000) -> None:
    expect(page.get_by_text(ANSWER)).to_be_visible(timeout=timeout_ms)


def expect_chart(page: Page) -> None:
    expect(page.locator(CHART).first).to_be_visible()


def keep_screenshot(page: Page, name: str) -> Path:
    """Keep a picture of the whole page for people to look at; the page scrolls inside itself, so it is made high."""
    _SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = _SCREENSHOTS / f"{name}.png"
    height = page.get_by_test_id("stMain").evaluate("(main) => main.scrollHeight")
    page.set_viewport_size({"width": _WIDTH, "height": height})
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=path)
    return path


def box(place: Locator) -> FloatRect:
    """Say where something stands."""
    found = place.bounding_box()
    assert found is not None
    return found
