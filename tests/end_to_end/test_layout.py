"""Layout and access: what is seen at each width and in each theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import CHART, box
from tests.dashboard.test_look import contrast
from tests.end_to_end.drawn import PLOTS
from tests.end_to_end.steps import (
    JUNE,
    arrive,
    be_drawn,
    choose_report,
    settle,
    shows,
    submit_and_wait,
    submit_button,
)

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

WIDE, MIDDLE, PHONE = (1440, 900), (1024, 768), (390, 844)
ZOOMED = (720, 450)
"""What a window of 1440 × 900 has at 200 %."""
CUT = """(main) => [...main.querySelectorAll("*")].filter((e) => {
  const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  if (!own || !e.checkVisibility({ visibilityProperty: true })) return false;
  const cuts = (x) => x.clientWidth > 0 && ["hidden", "clip"].includes(getComputedStyle(x).overflowX);
  const hides = (x) => (!x || x === main ? null : cuts(x) ? x : hides(x.parentElement));
  const frame = hides(e);
  const range = document.createRange();
  range.selectNodeContents(e);
  const isSeen = frame && frame.clientWidth > 1; // words for screen readers alone have a frame of one pixel
  return isSeen && range.getBoundingClientRect().right > frame.getBoundingClientRect().right + 1;
}).map((e) => e.textContent.trim().slice(0, 80))"""
CUT_IN_CHARTS = """(plots) => plots.flatMap((plot) => {
  const frame = plot.getBoundingClientRect();
  return [...plot.querySelectorAll("text")].filter((t) => {
    const at = t.getBoundingClientRect();
    return at.width && t.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      && (at.left < frame.left - 1 || at.right > frame.right + 1);
  }).map((t) => t.textContent);
})"""

SEGMENTS = "button[data-variant=segmented_control]"
WITHOUT_AN_EDGE = """(segments) => segments.filter((segment) => {
  const { borderLeftColor: left, borderRightColor: right } = getComputedStyle(segment);
  return [left, right].includes("rgba(0, 0, 0, 0)");
}).map((segment) => segment.textContent)"""
"""A row of segments that is broken beside such a one has an open end."""

_NAME = "(e) => e.dataset.testid || e.getAttribute('aria-label') || e.outerHTML.slice(0, 80)"
_INSIDE_ITSELF = "[data-testid=stTable], input"
"""What scrolls within its own frame: a wide table, and a long word in a field."""
WIDER = f"""() => [...document.querySelectorAll("*")].filter((e) => e.clientWidth > 1
  && e.scrollWidth > e.clientWidth && getComputedStyle(e).overflowX !== "visible"
  && e.checkVisibility({{ visibilityProperty: true }}) && !e.closest("{_INSIDE_ITSELF}")).map({_NAME})"""
SCROLLED = f"""() => [...document.querySelectorAll("*")].filter((e) => e.clientWidth > 1
  && e.scrollLeft && !e.closest("{_INSIDE_ITSELF}")).map({_NAME})"""
OUTSIDE = f"""() => [...document.querySelectorAll("a[href], button, input, textarea, [tabindex]")].filter((e) => {{
  e.focus({{ preventScroll: true }}); // a skip link comes in when it has the focus
  if (document.activeElement !== e || e.closest("{_INSIDE_ITSELF}")?.matches("table")) return false;
  const at = e.getBoundingClientRect();
  return at.width > 1 && (at.left < 0 || at.right > innerWidth);
}}).map({_NAME})"""
"""What can take the focus, and does not stand on the screen from side to side when it has it."""
GOES_ON = "(first) => ![document.body, first].includes(document.activeElement)"
OTHERS = {
    "My queries": "queries",
    "Reports and data": "catalogue",
    "Status": "status",
    "Codes": "codes",
}


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    settle(page)
    be_drawn(page)


@pytest.fixture
def june_at_any_size(june: Page) -> Iterator[Page]:
    yield june
    resize(june, WIDE)


def test_no_page_scrolls_sideways_at_1440_1024_and_390_and_submit_is_on_the_first_screen(
    june_at_any_size: Page, page: Page, address: str
) -> None:
    arrive(page, address)
    button = box(submit_button(page))
    assert button["y"] + button["height"] <= WIDE[1]

    for size in (WIDE, MIDDLE, PHONE):
        resize(june_at_any_size, size)
        main = june_at_any_size.get_by_test_id("stMain")
        over = main.evaluate("(main) => main.scrollWidth - main.clientWidth")
        assert over <= 0, size
        assert june_at_any_size.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, size
        assert june_at_any_size.evaluate(WIDER) == [], size


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_nothing_stands_beside_the_screen_and_the_tab_key_scrolls_no_page_sideways(
    page: Page, address: str, theme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    arrive(page, address)
    submit_and_wait(page, JUNE)
    found = {"Explore": beside_the_screen(page)}
    for name, path in OTHERS.items():
        page.goto(f"{address}/{path}")
        shows(page, name)
        settle(page)
        found[name] = beside_the_screen(page)
    assert {name: faulty for name, faulty in found.items() if faulty} == {}


def beside_the_screen(page: Page) -> list[str]:
    """Name what stands beside the screen, and what the Tab key scrolls sideways on its way through the page."""
    found: list[str] = page.evaluate(WIDER) + page.evaluate(OUTSIDE)
    first, stops = page.get_by_test_id("stSkipToContent"), 0
    first.focus()
    while not stops or first.evaluate(GOES_ON):
        page.keyboard.press("Tab")
        stops += 1
        found += page.evaluate(SCROLLED)
    assert stops > 5
    return list(dict.fromkeys(found))


def test_nothing_is_cut_at_390_or_at_200_percent_zoom(june_at_any_size: Page) -> None:
    for size in (PHONE, ZOOMED):
        resize(june_at_any_size, size)
        assert june_at_any_size.get_by_test_id("stMain").evaluate(CUT) == [], size
        assert june_at_any_size.locator(PLOTS).evaluate_all(CUT_IN_CHARTS) == [], size
        assert june_at_any_size.locator(SEGMENTS).evaluate_all(WITHOUT_AN_EDGE) == [], size


def test_after_a_live_theme_switch_bars_and_lines_keep_3_to_1_and_printed_in_grey_series_differ(
    page: Page, address: str
) -> None:
    arrive(page, address)
    choose_report(page, "Ways of paying")
    submit_button(page).click()
    expect(page.get_by_text(re.compile("^Answered "))).to_be_visible(timeout=30_000)
    settle(page)
    lines = page.locator(f"{CHART} .scatterlayer .js-line")
    series = lines.evaluate_all(
        "(all) => all.map((l) => [getComputedStyle(l).stroke, l.style.strokeDasharray])"
    )
    dashes = [dash for _, dash in series]
    assert len(series) > 1
    assert len(set(dashes)) == len(dashes), "in grey, the dashes tell the lines apart"

    for theme in ("dark", "light"):
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        expect(page.locator(".stApp")).to_have_css("color-scheme", theme)
        ground = as_hex(page.locator(".stApp").evaluate("(app) => getComputedStyle(app).backgroundColor"))
        drawn = lines.evaluate_all("(all) => all.map((l) => getComputedStyle(l).stroke)")
        assert min(contrast(as_hex(colour), ground) for colour in drawn) >= 3, theme


def as_hex(colour: str) -> str:
    """Turn `rgb(92, 90, 82)` into `#5c5a52`."""
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3])
