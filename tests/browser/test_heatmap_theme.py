"""The cells of a heatmap and their key change with the theme, while the chart stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboards import running_dashboard

pytestmark = pytest.mark.browser

APP = Path(__file__).parent / "assets" / "heatmap_app.py"
CELL = ".js-plotly-plot .bars .point path"
STEP = ".js-plotly-plot linearGradient stop"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running_dashboard(APP, {}) as running:
        yield running


def as_css(colour: str) -> str:
    return "rgb({}, {}, {})".format(*bytes.fromhex(colour.removeprefix("#")))


def declared(theme: str) -> set[str]:
    """Give the theme's own colours from low to high."""
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
    return {as_css(colour) for colour in settings[theme]["chartSequentialColors"]}


def shown(page: Page, marks: str, style: str) -> set[str]:
    colours = page.locator(marks).evaluate_all(
        "(marks, style) => marks.map((m) => getComputedStyle(m)[style])", style
    )
    return set(map(str, colours))


def test_cells_and_key_have_the_colours_of_the_theme_also_after_a_switch(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(address)
    expect(page.locator(CELL)).to_have_count(7 * 24, timeout=60_000)
    assert shown(page, CELL, "fill") == shown(page, STEP, "stopColor") == declared("light")
    light_end = page.locator(STEP).last.evaluate("(stop) => getComputedStyle(stop).stopColor")

    page.emulate_media(color_scheme="dark")
    expect(page.locator(STEP).last).not_to_have_css("stop-color", light_end)
    assert shown(page, CELL, "fill") == shown(page, STEP, "stopColor") == declared("dark")
