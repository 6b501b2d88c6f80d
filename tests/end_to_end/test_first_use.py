"""First use."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.counting_proxy import CountingProxy
from tests.end_to_end.steps import arrive, choose_month, said, submit_and_wait, submit_button, wait_for
from tests.end_to_end.taken import rows_of_parquet, taken

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(180)]

JULY = "Daily summary, 1–31 July 2015"
MOST_STOPS = 80
MONTHS = 12


def walk_to(page: Page, goal: Locator) -> None:
    """Press Tab until the focus is at the goal."""
    goal.wait_for()
    for _ in range(MOST_STOPS):
        if goal.evaluate("(goal) => goal.contains(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not lead there.")


def test_the_first_load_shows_form_and_example_and_runs_nothing_and_a_starter_only_fills_the_form(
    page: Page, address: str, proxy: CountingProxy
) -> None:
    proxy.forget()

    arrive(page, address)
    expect(page.get_by_role("combobox", name="Report")).to_have_value("Daily summary")
    expect(said(page)).to_contain_text("1–30 June 2015")
    expect(submit_button(page)).to_be_enabled()
    expect(page.get_by_role("heading", name="2015 at a glance")).to_be_visible()
    expect(page.get_by_text("Published totals, not your warehouse.").first).to_be_visible()

    page.get_by_role("button", name="The January blizzard").click()
    expect(said(page)).to_contain_text("19 January – 1 February 2015")
    expect(page.get_by_role("heading", name="2015 at a glance")).to_be_visible()
    assert proxy.sent == []


def test_keys_alone_give_the_same_answer_as_a_file_that_is_taken_away(page: Page, address: str) -> None:
    arrive(page, address)
    walk_to(page, page.get_by_role("radiogroup", name="Month of 2015"))
    july = page.get_by_role("radio", name="Jul", exact=True)
    for _ in range(MONTHS):
        if not july.evaluate("(july) => july === document.activeElement"):
            page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(said(page)).to_contain_text("1–31 July 2015")
    walk_to(page, submit_button(page))
    page.keyboard.press("Enter")
    wait_for(page, JULY)
    parquet = page.get_by_role("button", name="Parquet")
    walk_to(page, parquet)
    by_keys = taken(page, "Parquet", press=lambda: page.keyboard.press("Enter"))

    arrive(page, address)
    choose_month(page, "Jul", "1–31 July 2015")
    submit_and_wait(page, JULY)
    by_mouse = taken(page, "Parquet")
    assert by_mouse.name == by_keys.name
    assert rows_of_parquet(by_mouse.content) == rows_of_parquet(by_keys.content)
