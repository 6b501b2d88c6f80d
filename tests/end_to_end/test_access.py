"""Layout and access: keys, names, and what axe finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Literal

import pytest
from playwright.sync_api import FloatRect, Page, expect

from tests.browser.pages import FETCHING
from tests.browser.stand_ins import StandIn
from tests.end_to_end.accessibility import faults
from tests.end_to_end.steps import (
    JUNE,
    NOTHING_FOUND,
    arrive,
    cards,
    choose_report,
    follow,
    settle,
    shows,
    slow_answers,
    submit_button,
    wait_for,
)

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

WIDE, MIDDLE, PHONE = (1440, 900), (1024, 768), (390, 844)
Theme = Literal["light", "dark"]
STOP = """() => {
  const e = document.activeElement, at = e.getBoundingClientRect();
  const labelled = e.closest("[role=radiogroup]") || e.closest("[data-testid=stElementContainer]") || e;
  const label = labelled.querySelector("[data-testid=stWidgetLabel]")
    || labelled.closest("[data-testid=stElementContainer]")?.querySelector("[data-testid=stWidgetLabel]");
  return { tag: e.tagName, role: e.getAttribute("role") || "", label: (label || e).innerText.trim(),
    name: e.getAttribute("aria-label") || e.innerText.trim(), top: at.top, left: at.left,
    width: at.width, height: at.height, fixed: !e.closest("[data-testid=stMain]") };
}"""
FIELDS = {"INPUT", "TEXTAREA", "SPAN"}
SAME_ROW = 24


@pytest.mark.parametrize(
    ("theme", "size"), [("light", WIDE), ("dark", WIDE), ("light", PHONE)], ids=["light", "dark", "phone"]
)
def test_axe_finds_nothing_idle_waiting_result_failed_empty_and_on_the_other_pages(
    page: Page, address: str, stand_in: StandIn, theme: Theme, size: tuple[int, int]
) -> None:
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    arrive(page, address)
    found = {"idle": faults(page)}

    stand_in.set_faults({"statements": {"fail": 1}})
    submit_button(page).click()
    expect(cards(page, "Failed")).to_be_visible()
    found["failed"] = faults(page)

    slow_answers(stand_in, 6)
    submit_button(page).click()
    expect(page.get_by_text(FETCHING)).to_be_visible()
    found["waiting"] = faults(page)
    wait_for(page, JUNE)
    found["result"] = faults(page)

    slow_answers(stand_in, 0)
    follow(page, address, NOTHING_FOUND)
    submit_button(page).click()
    expect(page.get_by_text("No trips match")).to_be_visible(timeout=30_000)
    settle(page)
    found["empty"] = faults(page)

    for name, path in (("My queries", "queries"), ("Reports and data", "catalogue"), ("Status", "status")):
        page.goto(f"{address}/{path}")
        shows(page, name)
        settle(page)
        found[name] = faults(page)
    assert {state: faulty for state, faulty in found.items() if faulty} == {}


def test_controls_have_visible_labels_and_focus_is_visible_in_reading_order(june: Page) -> None:
    stops = list(walk(june))
    controls = [stop for stop in stops if stop["tag"] not in {"BODY", "MAIN"}]
    assert len(controls) >= 15
    assert [stop for stop in controls if not stop["name"] and stop["tag"] not in FIELDS] == []
    assert [stop for stop in controls if stop["tag"] in FIELDS and not stop["label"]] == []
    assert [stop["name"] or stop["label"] for stop in controls if not stop["seen"]] == []
    inside = [stop for stop in controls if not stop["fixed"]]
    assert [(a["name"], b["name"]) for a, b in pairwise(inside) if not follows(a, b)] == []


@pytest.mark.parametrize("size", [(720, 900), PHONE], ids=["narrow", "phone"])
def test_the_tab_key_passes_a_folded_navigation_by(page: Page, address: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    arrive(page, address)
    stops: list[dict[str, Any]] = []
    while not stops or stops[-1]["name"] != "Report":
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))
    assert [stop["name"] for stop in stops if stop["left"] + stop["width"] <= 0] == []


def follows(earlier: dict[str, Any], later: dict[str, Any]) -> bool:
    """Reading goes down, and along a row to the right."""
    if abs(later["top"] - earlier["top"]) <= SAME_ROW:
        return bool(later["left"] >= earlier["left"])
    return bool(later["top"] > earlier["top"])


def walk(page: Page) -> Iterator[dict[str, Any]]:
    """Press Tab from the top to the end of the page; give each stop, and whether the focus can be seen there."""
    page.evaluate("() => { document.activeElement.blur(); document.querySelector('.skip').focus(); }")
    while True:
        page.keyboard.press("Tab")
        stop: dict[str, Any] = page.evaluate(STOP)
        if stop["tag"] == "BODY" or "Skip to main" in stop["name"]:
            return
        scrolled = page.get_by_test_id("stMain").evaluate("(main) => main.scrollTop")
        yield {**stop, "seen": focus_is_seen(page, stop), "top": stop["top"] + scrolled}


def focus_is_seen(page: Page, stop: dict[str, Any]) -> bool:
    margin = 6
    clip: FloatRect = {
        "x": max(0, stop["left"] - margin),
        "y": max(0, stop["top"] - margin),
        "width": stop["width"] + 2 * margin,
        "height": stop["height"] + 2 * margin,
    }
    with_focus = page.screenshot(clip=clip)
    page.evaluate("() => { window.stop = document.activeElement; window.stop.blur(); }")
    without = page.screenshot(clip=clip)
    page.evaluate("() => window.stop.focus({ preventScroll: true, focusVisible: true })")
    return with_focus != without


def test_every_chart_map_and_table_has_a_name_and_arrivals_reach_the_status_region(
    page: Page, address: str
) -> None:
    arrive(page, address)
    choose_report(page, "Map of zones")
    submit_button(page).click()
    expect(page.get_by_text(re.compile("^Answered "))).to_be_visible(timeout=30_000)
    settle(page)
    expect(page.get_by_role("status").filter(has_text="the answer is ready")).to_contain_text("Map of zones")

    charts = page.get_by_test_id("stPlotlyChart")
    tables = page.get_by_test_id("stTable").or_(page.get_by_test_id("stDataFrame"))
    expect(charts).to_have_count(2)
    assert tables.count() >= 1
    names = charts.evaluate_all("(all) => all.map((e) => e.getAttribute('aria-label'))")
    names += tables.evaluate_all(
        "(all) => all.map((e) => (e.matches('[aria-label]') ? e : e.querySelector('[aria-label]'))?.ariaLabel)"
    )
    assert all(names), names
