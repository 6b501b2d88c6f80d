"""A running query is found again, with its clock: on another device, in another tab, after the dashboard was killed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.counting_proxy import CountingProxy
from tests.browser.dashboards import PRODUCT, dashboard_process, free_port, settings_for
from tests.browser.pages import LIVE
from tests.browser.stand_ins import StandIn
from tests.end_to_end.steps import JUNE, arrive, cards, shows, slow_answers, submit_button, wait_for
from tests.waiting import wait_until

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(240)]

A_WHILE = re.compile(r"^([3-9]|\d\d) s$")


@pytest.fixture(autouse=True)
def nothing_was_asked(proxy: CountingProxy) -> None:
    proxy.forget()


@contextmanager
def another_device(browser: Browser) -> Iterator[Page]:
    """A browser of the same person that shares nothing with the first."""
    with browser.new_context() as context:
        yield context.new_page()


def runs(proxy: CountingProxy) -> int:
    return [message["action"] for message in proxy.sent].count("run")


def clock(page: Page) -> Locator:
    return cards(page, "Running").get_by_role("timer")


def seconds(clock: Locator) -> int:
    return int(clock.inner_text().split()[0])


def press_submit(page: Page) -> None:
    submit_button(page).click()
    expect(clock(page)).to_be_visible()


def test_another_device_finds_the_running_query_with_its_clock_and_both_get_the_answer(
    browser: Browser, page: Page, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    slow_answers(stand_in, 20)
    arrive(page, address)
    press_submit(page)
    expect(clock(page)).to_have_text(A_WHILE)
    gone = seconds(clock(page))
    with another_device(browser) as other:
        other.goto(address)
        expect(clock(other)).to_be_visible()
        wait_until(lambda: seconds(clock(page)) - seconds(clock(other)) < gone)

        other.get_by_role("link", name="My queries").click()
        shows(other, "My queries")
        listed = other.locator("[class*='st-key-history_']").first
        expect(listed.get_by_text("Running")).to_be_visible()
        expect(listed.get_by_role("timer")).to_have_text(A_WHILE)

        wait_for(page, JUNE)
        expect(other.get_by_role("link", name="My queries (1)")).to_be_visible()
        listed.get_by_role("button", name="Open").click()
        wait_for(other, JUNE)
    assert runs(proxy) == 1


def test_a_second_tab_takes_nothing_from_the_first(
    page: Page, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    slow_answers(stand_in, 30)
    arrive(page, address)
    press_submit(page)
    tab = page.context.new_page()
    tab.goto(page.url)
    expect(clock(tab)).to_be_visible()
    expect(clock(page)).to_be_visible()

    wait_for(tab, JUNE)
    wait_for(page, JUNE)
    assert runs(proxy) == 1


def test_after_a_dashboard_was_killed_a_reload_finds_the_query_and_it_finishes_on_the_page(
    page: Page, proxy: CountingProxy, stand_in: StandIn
) -> None:
    slow_answers(stand_in, 45)
    before = stand_in.warehouse_calls()
    settings, port = settings_for(proxy.endpoints), free_port()
    with dashboard_process(PRODUCT, settings, port) as (address, process):
        arrive(page, address)
        press_submit(page)
        expect(clock(page)).to_have_text(A_WHILE)
        gone = seconds(clock(page))
        process.kill()
        process.wait()

    with dashboard_process(PRODUCT, settings, port):
        page.reload()
        expect(page.get_by_text(LIVE)).to_be_visible()
        expect(clock(page)).to_be_visible()
        wait_until(lambda: seconds(clock(page)) >= gone)
        wait_for(page, JUNE)
    assert runs(proxy) == 1
    assert (stand_in.warehouse_calls() - before)["ExecuteStatement"] == 1


def test_what_is_cancelled_in_my_queries_has_ended_and_run_again_there_runs_it_once(
    page: Page, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    slow_answers(stand_in, 60)
    arrive(page, address)
    press_submit(page)
    page.get_by_role("link", name="My queries").click()
    shows(page, "My queries")
    newest = page.locator("[class*='st-key-history_']").first

    newest.get_by_role("button", name="Cancel").click()
    expect(newest.get_by_text("Cancelled")).to_be_visible()

    slow_answers(stand_in, 0)
    newest.get_by_role("button", name="Run again").click()
    wait_for(page, JUNE)
    assert runs(proxy) == 2
