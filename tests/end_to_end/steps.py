"""What a user does on a page, and where he sees what came of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import ANSWER, CHART, LIVE
from tests.browser.stand_ins import StandIn

JUNE = "Daily summary, 1–30 June 2015"
JUNE_DAYS = {"startDate": "2015-06-01", "endDate": "2015-06-30"}
NOTHING_FOUND = {
    "topicName": "airports",
    "startDate": "2015-02-01",
    "endDate": "2015-02-01",
    "airport": "Newark",
    "direction": "from",
}
"""A question whose answer has no row: nobody is picked up at an airport of New Jersey."""
_SLOW_MS = 60_000


def arrive(page: Page, address: str) -> None:
    """Open Explore, and wait until nothing moves any more: the example's chart comes last."""
    page.goto(address)
    expect(page.get_by_text(LIVE)).to_be_visible(timeout=_SLOW_MS)
    expect(page.locator(CHART).first).to_be_visible(timeout=_SLOW_MS)
    settle(page)


def follow(page: Page, address: str, question: Mapping[str, str]) -> None:
    """Open the address of a question, or of an answer."""
    page.goto(f"{address}/?{urlencode(question)}")
    expect(page.get_by_text(LIVE)).to_be_visible(timeout=_SLOW_MS)
    expect(said(page)).to_be_visible(timeout=_SLOW_MS)


def settle(page: Page) -> None:
    """Wait until the server has drawn all of the page and the browser has the code for it."""
    expect(page.locator('.stApp[data-test-script-state="notRunning"]')).to_be_visible(timeout=_SLOW_MS)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=_SLOW_MS)


def slow_answers(stand_in: StandIn, seconds: float) -> None:
    """From now on the warehouse takes this long; it ends with the test."""
    stand_in.set_faults({"statements": {"delay_ms": round(1000 * seconds)}})


def come_to(page: Page, place: Locator) -> None:
    """Scroll to something, and wait until the page knows: a list that is opened sooner is shut by the scrolling."""
    place.scroll_into_view_if_needed()
    be_drawn(page)


def be_drawn(page: Page) -> None:
    """Wait until the browser has drawn what it knows."""
    page.evaluate("() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)))")


def said(page: Page) -> Locator:
    """The sentence of the form: what will be asked."""
    return page.get_by_text("You will ask:")


def submit_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Submit")


def choose(page: Page, option: str) -> None:
    """Press a segment of the form; the sentence follows."""
    page.get_by_role("radio", name=option, exact=True).click()
    expect(page.get_by_role("radio", name=option, exact=True)).to_be_checked()


def choose_month(page: Page, name: str, days: str) -> None:
    """Choose a month; `days` is how the sentence says it: `1–31 July 2015`."""
    choose(page, name)
    expect(said(page)).to_contain_text(days)


def choose_report(page: Page, title: str) -> None:
    box = page.get_by_role("combobox", name="Report")
    box.click()
    page.get_by_role("option", name=title, exact=True).click()
    expect(said(page)).to_contain_text(f"You will ask: {title}")
    settle(page)  # for a moment the old form stands beside the new one


def answer(page: Page) -> Locator:
    """The line that says when the answer came, how many rows it has, and where it is from."""
    return page.get_by_text(ANSWER)


def submit_and_wait(page: Page, heading: str) -> None:
    """Press Submit, and wait for the answer with this heading and all that belongs to it."""
    submit_button(page).click()
    wait_for(page, heading)


def wait_for(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible(timeout=_SLOW_MS)
    expect(answer(page)).to_be_visible(timeout=_SLOW_MS)
    settle(page)


def cards(page: Page, word: str = "") -> Locator:
    """The cards of queries; with a word, those that say it: Running, Ready, Cancelled, Failed."""
    found = page.locator("[class*='st-key-card_'], [class*='st-key-marked_']")
    return found.filter(has=page.get_by_text(word, exact=True)) if word else found


def figure(page: Page, label: str) -> Locator:
    """One of the figures above the chart."""
    named = page.get_by_test_id("stMetricLabel").filter(has_text=re.compile(f"^{re.escape(label)}$"))
    return page.get_by_test_id("stMetric").filter(has=named)


def shows(page: Page, name: str) -> None:
    """Another page of the product is in view."""
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible(timeout=_SLOW_MS)
