"""Links and history."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.counting_proxy import CountingProxy
from tests.browser.stand_ins import StandIn
from tests.end_to_end.others import Person
from tests.end_to_end.steps import (
    JUNE,
    answer,
    arrive,
    cards,
    choose_month,
    follow,
    said,
    settle,
    shows,
    slow_answers,
    submit_and_wait,
    submit_button,
    wait_for,
)

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(180)]

JULY = "Daily summary, 1–31 July 2015"
NOT_YOURS = "Links share the question, not the data: press Submit."


def runs(proxy: CountingProxy) -> int:
    return [message["action"] for message in proxy.sent].count("run")


def test_a_copied_link_fills_the_form_in_a_fresh_session_runs_nothing_and_holds_no_id_or_token(
    browser: Browser, page: Page, address: str, proxy: CountingProxy
) -> None:
    arrive(page, address)
    choose_month(page, "Jul", "1–31 July")
    submit_and_wait(page, JULY)
    page.get_by_role("button", name="Share").click()
    link = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").first.inner_text().strip()
    question = {"topicName": ["daily-summary"], "startDate": ["2015-07-01"], "endDate": ["2015-07-31"]}
    assert parse_qs(urlsplit(link).query) == question

    proxy.forget()
    with browser.new_context() as elsewhere:
        fresh = elsewhere.new_page()
        fresh.goto(link)
        expect(said(fresh)).to_contain_text(JULY, timeout=30_000)
        settle(fresh)
        assert runs(proxy) == 0


def test_a_reload_keeps_running_queries_and_opens_the_result_again(
    page: Page, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    slow_answers(stand_in, 8)
    arrive(page, address)
    proxy.forget()
    submit_button(page).click()
    expect(cards(page, "Running")).to_be_visible()
    page.reload()
    expect(cards(page, "Running").get_by_role("timer")).to_be_visible(timeout=30_000)
    wait_for(page, JUNE)

    page.reload()
    wait_for(page, JUNE)
    assert runs(proxy) == 1


def test_open_from_history_causes_no_run_and_run_again_exactly_one(
    page: Page, address: str, proxy: CountingProxy, analyst: Person
) -> None:
    analyst.ask("daily-summary", startDate="2015-06-01", endDate="2015-06-30")
    page.goto(f"{address}/queries")
    shows(page, "My queries")
    newest = page.locator("[class*='st-key-history_']").first
    expect(newest).to_contain_text(JUNE, timeout=30_000)
    proxy.forget()

    newest.get_by_role("button", name="Open").click()
    wait_for(page, JUNE)
    assert runs(proxy) == 0

    page.get_by_role("link", name="My queries").click()
    shows(page, "My queries")
    newest.get_by_role("button", name="Run again").click()
    wait_for(page, JUNE)
    assert runs(proxy) == 1


def test_another_users_query_id_gives_the_not_available_sentence(
    page: Page, address: str, somebody_else: Person
) -> None:
    june = {"startDate": "2015-06-01", "endDate": "2015-06-30"}
    query_id, _ = somebody_else.ask("daily-summary", **june)

    follow(page, address, {"topicName": "daily-summary", **june, "queryId": query_id})

    # A page believes that there is no such query when it is said again five seconds later.
    not_there = "This result is not available to you"
    expect(cards(page, "Not available")).to_contain_text(not_there, timeout=30_000)
    expect(cards(page, "Not available")).to_contain_text(NOT_YOURS)
    expect(said(page)).to_contain_text(JUNE)
    expect(submit_button(page)).to_be_enabled()
    expect(answer(page)).to_have_count(0)
