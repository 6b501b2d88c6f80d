"""Trouble."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, WebSocket, expect

from tests.browser.counting_proxy import CountingProxy
from tests.browser.pages import CHART
from tests.browser.stand_ins import StandIn
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

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(180)]

HERE = "127.0.0.1"
FOUND_DEAD_WITHIN_MS = 41_000
ICONS = "Material Symbols Rounded"
RAW = re.compile(r"Traceback|File \"|\bselect\b.*\bfrom\b|\bgroup by\b", re.IGNORECASE | re.DOTALL)
ANSWERED = re.compile("^Answered ")


def test_a_cut_network_shows_reconnecting_within_41_s_and_the_answer_arrives_without_a_second_run(
    page: Page, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    slow_answers(stand_in, 3)
    arrive(page, address)
    proxy.forget()
    before = stand_in.warehouse_calls()["ExecuteStatement"]
    submit_button(page).click()
    expect(cards(page, "Running")).to_be_visible()
    stand_in.set_faults({"sockets": {"freeze_ms": 60_000}})

    expect(page.get_by_text("Reconnecting").or_(page.get_by_text("Live again"))).to_be_visible(
        timeout=FOUND_DEAD_WITHIN_MS
    )
    wait_for(page, JUNE)

    # A `run` that nobody answered is sent again, with the id that makes it the same query.
    assert len({message["queryId"] for message in proxy.sent if message["action"] == "run"}) == 1
    assert stand_in.warehouse_calls()["ExecuteStatement"] - before == 1


def test_failed_expired_cancelled_and_empty_show_their_sentence_and_an_action_never_a_traceback_or_sql(
    page: Page, address: str, stand_in: StandIn
) -> None:
    arrive(page, address)
    stand_in.set_faults({"statements": {"fail": 1}})
    submit_button(page).click()
    expect(cards(page, "Failed")).to_contain_text(
        "The warehouse could not run this report. Nothing was changed."
    )
    expect_actions(cards(page, "Failed"), "Change the question", "Dismiss")
    expect_no_raw_words(page)

    slow_answers(stand_in, 20)
    submit_button(page).click()
    cards(page, "Running").get_by_role("button", name="Cancel").click()
    expect(cards(page, "Cancelled")).to_contain_text("You cancelled this", timeout=30_000)
    expect_actions(cards(page, "Cancelled"), "Try again")
    expect_no_raw_words(page)

    stand_in.set_faults({"statements": {"delay_ms": 0}, "results": {"expire": 1}})
    submit_button(page).click()
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("Results are kept 24 hours. Run it again: same question, one press.")
    expect_actions(main, "Run again")
    expect_no_raw_words(page)

    follow(page, address, NOTHING_FOUND)
    submit_button(page).click()
    expect(page.get_by_text("No trips match 1 February 2015")).to_contain_text(
        "Choose more days, or take a condition away.", timeout=30_000
    )
    expect_actions(main, "Run again")
    expect_no_raw_words(page)


def expect_actions(place: Locator, *names: str) -> None:
    for name in names:
        expect(place.get_by_role("button", name=name)).to_be_enabled()


def expect_no_raw_words(page: Page) -> None:
    assert not RAW.search(page.get_by_test_id("stMain").inner_text())


def test_with_outside_hosts_blocked_every_page_icon_and_map_draws_with_no_outside_request(
    page: Page, address: str
) -> None:
    outside: list[str] = []
    page.route("**/*", blocked_but_for(HERE, outside))
    page.on("websocket", lambda opened: note_outside(opened, outside))
    arrive(page, address)
    expect(page.locator(CHART).first).to_be_visible()
    choose_report(page, "Map of zones")
    submit_button(page).click()
    expect(page.get_by_text(ANSWERED)).to_be_visible(timeout=30_000)
    settle(page)
    expect(page.locator(f"{CHART} .points path").first).to_be_visible()
    for name in ("My queries", "Reports and data", "Status"):
        page.get_by_role("link", name=name).click()
        shows(page, name)
        settle(page)
        assert page.evaluate(f"document.fonts.check('16px \"{ICONS}\"')")

    assert outside == []


def blocked_but_for(host: str, outside: list[str]) -> Callable[[Route], None]:
    def handle(route: Route) -> None:
        address = route.request.url
        if urlsplit(address).hostname in {host, None}:
            route.continue_()
        else:
            outside.append(address)
            route.abort()

    return handle


def note_outside(opened: WebSocket, outside: list[str]) -> None:
    if urlsplit(opened.url).hostname != HERE:
        outside.append(opened.url)
