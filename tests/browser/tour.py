"""Pictures for the tour of docs/tour.md: what a user meets, from the running product, and trouble by its faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import SETTLED_MS
from tests.browser.stand_ins import StandIn
from tests.end_to_end.drawn import PLOTS, press_mark
from tests.end_to_end.steps import (
    JUNE,
    NOTHING_FOUND,
    answer,
    arrive,
    cards,
    choose,
    choose_report,
    follow,
    said,
    settle,
    shows,
    slow_answers,
    submit_and_wait,
    submit_button,
    wait_for,
)

WIDTH, PHONE_WIDTH = 1280, 390
_A_WHILE = re.compile(r"^[2-9] s$")

Picture = tuple[str, bytes]


@dataclass(frozen=True)
class Product:
    """A dashboard that runs, and the pipeline behind it."""

    address: str
    stand_in: StandIn


def tour(page: Page, product: Product) -> Iterator[Picture]:
    """Give the pictures of the tour by their names, but for that of `offline`."""
    yield from _asking(page, product)
    yield from _answer(page)
    yield from _trouble(page, product)
    yield from _other_pages(page, product.address)
    yield from _phone(page, product.address)


def offline(page: Page) -> Iterator[Picture]:
    """Give the picture of a page whose pipeline has gone; an answer is open."""
    expect(page.locator(".st-key-badge")).to_contain_text("Offline since", timeout=90_000)
    yield "offline", _seen(page, 900)


def _asking(page: Page, product: Product) -> Iterator[Picture]:
    arrive(page, product.address)
    yield "first-screen", _seen(page, 1100)
    choose_report(page, "Tips")
    choose(page, "Quarter")
    expect(said(page)).to_contain_text("1 April – 30 June 2015")
    yield "form", _part(page, page.locator(".st-key-form"))
    page.get_by_role("button", name="June, day by day").click()
    expect(said(page)).to_contain_text(JUNE)
    choose(page, "Previous period")
    expect(said(page)).to_contain_text("compared with")
    slow_answers(product.stand_in, 12)
    submit_button(page).click()
    expect(cards(page, "Running").get_by_role("timer")).to_have_text(_A_WHILE)
    yield "running", _seen(page, 900)


def _answer(page: Page) -> Iterator[Picture]:
    wait_for(page, JUNE)
    compared = page.get_by_role("heading", name="Compared with")
    expect(compared).to_be_visible(timeout=60_000)
    settle(page)
    for theme in _themes():
        page.emulate_media(color_scheme=theme)
        expect(page.locator(".stApp")).to_have_css("color-scheme", theme)
        yield f"answer-{theme}", _from(page, page.locator(".st-key-answer_head"), 920)
    yield "comparison", _from(page, compared, 800)
    press_mark(page, page.locator(f"{PLOTS} .bars .point").nth(4))
    expect(page.get_by_role("combobox", name="From")).to_have_value("Fri 5 Jun 2015")
    yield "going-deeper", _from(page, page.get_by_role("heading", name="Go deeper"), 180)
    page.get_by_text("Receipt: what this answer came from").click()
    expect(page.get_by_text("SHA-256").first).to_be_visible()
    yield "receipt", _from(page, page.locator(".st-key-receipt"), 800)


def _themes() -> Iterator[Literal["light", "dark"]]:
    yield "dark"
    yield "light"


def _trouble(page: Page, product: Product) -> Iterator[Picture]:
    slow_answers(product.stand_in, 0)
    product.stand_in.set_faults({"statements": {"fail": 1}})
    page.get_by_role("button", name="The January blizzard").click()
    expect(said(page)).to_contain_text("19 January")
    choose(page, "Nothing")
    submit_button(page).click()
    failed = cards(page, "Failed")
    expect(failed).to_be_visible()
    yield "failed", _part(page, failed)
    follow(page, product.address, NOTHING_FOUND)
    submit_button(page).click()
    expect(page.get_by_text("No trips match")).to_be_visible(timeout=30_000)
    yield "empty", _from(page, page.locator(".st-key-answer_head"), 260)


def _other_pages(page: Page, address: str) -> Iterator[Picture]:
    for name, title, path in (
        ("my-queries", "My queries", "queries"),
        ("status", "Status", "status"),
        ("catalogue", "Reports and data", "catalogue"),
    ):
        page.goto(f"{address}/{path}")
        shows(page, title)
        settle(page)
        if name == "catalogue":
            page.get_by_text("Example, parameters, columns, rules, SQL").nth(1).click()
            expect(page.get_by_text("Columns", exact=True)).to_be_visible()
        yield name, _seen(page, 900)


def _phone(page: Page, address: str) -> Iterator[Picture]:
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    arrive(page, address)
    yield "phone-form", _seen(page, 1100, PHONE_WIDTH)
    submit_and_wait(page, JUNE)
    expect(answer(page)).to_be_visible()
    yield "phone-answer", _from(page, page.locator(".st-key-answer_head"), 1100, PHONE_WIDTH)
    page.set_viewport_size({"width": WIDTH, "height": 900})


def _seen(page: Page, height: int, width: int = WIDTH) -> bytes:
    """Give the page as it stands in a window of this height."""
    page.set_viewport_size({"width": width, "height": height})
    settle(page)
    page.wait_for_timeout(SETTLED_MS)
    return page.screenshot()


def _from(page: Page, place: Locator, height: int, width: int = WIDTH) -> bytes:
    """Give so much of the page, from a place on; the window is high enough for all of it."""
    page.set_viewport_size({"width": width, "height": 1_000})
    settle(page)
    full = page.get_by_test_id("stMain").evaluate("(main) => main.scrollHeight")
    page.set_viewport_size({"width": width, "height": full + height})
    page.wait_for_timeout(SETTLED_MS)
    box = place.bounding_box()
    assert box is not None
    top = max(0, box["y"] - 12)
    return page.screenshot(clip={"x": 0, "y": top, "width": width, "height": height})


def _part(page: Page, place: Locator) -> bytes:
    settle(page)
    return place.screenshot()
