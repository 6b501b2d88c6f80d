"""Ask and wait: what a press does, and what it never does."""

from __future__ import annotations

import re
from statistics import median

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counting_proxy import CountingProxy
from tests.browser.stand_ins import StandIn
from tests.end_to_end.steps import (
    answer,
    arrive,
    cards,
    choose,
    choose_month,
    choose_report,
    said,
    shows,
    slow_answers,
    submit_button,
    wait_for,
)

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(180)]

MONTHS = {
    "Jan": "1–31 January",
    "Feb": "1–28 February",
    "Mar": "1–31 March",
    "Apr": "1–30 April",
    "May": "1–31 May",
    "Jun": "1–30 June",
}
CARD = "[class*='st-key-card_']"
SENTENCE = ".st-key-submit_row p"
AS_QUICK_AS_A_FIELD = 3
# How long a change of `watched` takes after a press on `pressed`, by the browser's own clock.
MEASURE = """([name, pressed, watched]) => {
  const looks = () => [...document.querySelectorAll(watched)].map((e) => e.className + e.textContent).join();
  let from = null, before = "";
  window[name] = [];
  document.addEventListener("click", (event) => {
    if (event.target.closest(pressed)) { from = performance.now(); before = looks(); }
  }, true);
  new MutationObserver(() => {
    if (from !== null && looks() !== before) { window[name].push(performance.now() - from); from = null; }
  }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
}"""


def actions(proxy: CountingProxy) -> list[str]:
    return [message["action"] for message in proxy.sent]


def test_the_press_is_visible_as_a_card_at_once(
    page: Page, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    """The card waits for nothing from the pipeline, and takes no longer than any field of the form.

    The promised 100 ms hold on a quiet machine; here five presses are compared with five changes of a field, by the
    browser's clock, because a busy machine slows both.
    """
    slow_answers(stand_in, 60)
    arrive(page, address)
    stand_in.set_faults({"sockets": {"freeze_ms": 5_000}})
    proxy.forget()
    submit_button(page).click()
    expect(cards(page, "Running")).to_be_visible()
    assert proxy.received == [], "the pipeline has not even accepted it"

    page.evaluate(MEASURE, ["fields", "[role=radio]", SENTENCE])
    for month, days in list(MONTHS.items())[:5]:
        choose_month(page, month, days)
    fields = page.evaluate("window.fields")

    page.evaluate(MEASURE, ["presses", ".st-key-submit button", CARD])
    for number, (month, days) in enumerate(list(MONTHS.items())[:5], start=2):
        choose_month(page, month, days)
        submit_button(page).click()
        expect(cards(page)).to_have_count(number)
    presses = page.evaluate("window.presses")

    withdraw_the_one_too_many(page)
    assert len(fields) == len(presses) == 5
    assert median(presses) <= AS_QUICK_AS_A_FIELD * median(fields), (presses, fields)


def test_while_one_runs_a_second_can_be_submitted_and_another_page_opened(
    page: Page, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    slow_answers(stand_in, 20)
    arrive(page, address)
    proxy.forget()
    submit_button(page).click()
    choose_month(page, "Jul", "1–31 July")
    submit_button(page).click()
    expect(cards(page, "Running")).to_have_count(2)

    page.get_by_role("link", name="Status").click()
    shows(page, "Status")

    assert actions(proxy) == ["run", "run"]
    assert "finished" not in {message["type"] for message in proxy.received}


def test_five_run_and_the_sixth_press_gives_the_limit_sentence(
    page: Page, address: str, stand_in: StandIn
) -> None:
    slow_answers(stand_in, 50)
    arrive(page, address)
    for month, days in MONTHS.items():
        choose_month(page, month, days)
        submit_button(page).click()
        expect(cards(page).filter(has_text=days)).to_be_visible()

    limit = "5 queries are running, the most you can have. Cancel one or wait."
    expect(cards(page, "Waiting")).to_contain_text(limit)
    expect(cards(page, "Running")).to_have_count(5)
    withdraw_the_one_too_many(page)


def withdraw_the_one_too_many(page: Page) -> None:
    """Else the page, closed or not, asks it as soon as the others are gone: into the next test."""
    waiting = cards(page, "Waiting")
    waiting.get_by_role("button", name="Cancel").click()
    expect(waiting).to_have_count(0)


def test_the_same_question_pressed_twice_runs_once(
    page: Page, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    slow_answers(stand_in, 20)
    arrive(page, address)
    proxy.forget()
    submit_button(page).click()
    expect(cards(page, "Running")).to_be_visible()

    submit_button(page).click()

    expect(page.get_by_text("This question is running already: its card is marked.")).to_be_visible()
    expect(cards(page)).to_have_count(1)
    assert actions(proxy) == ["run"]


def test_a_typed_2014_date_is_never_sent_nor_in_the_sentence(
    page: Page, address: str, proxy: CountingProxy
) -> None:
    arrive(page, address)
    choose(page, "Custom")
    year = page.get_by_role("spinbutton", name="year, First and last day start date")
    year.click()
    page.keyboard.type("2014")
    page.keyboard.press("Tab")
    expect(year).to_have_text("2014")
    expect(said(page)).not_to_contain_text("2014")
    proxy.forget()

    submit_button(page).click()
    expect(answer(page)).to_be_visible(timeout=30_000)

    assert len(proxy.sent) == 1
    assert "2014" not in str(proxy.sent[0]["parameters"])
    expect(page.get_by_test_id("stMain")).not_to_contain_text(re.compile(r"\b2014\b.*asked"))


def test_days_and_a_number_that_were_only_typed_are_asked_by_ctrl_enter_and_the_form_says_so(
    page: Page, address: str
) -> None:
    arrive(page, address)
    choose(page, "Custom")
    type_days(page, "20150305", "20150317")
    page.keyboard.press("Control+Enter")
    wait_for(page, "Daily summary, 5–17 March 2015")
    expect(said(page)).to_contain_text("5–17 March 2015")

    choose_report(page, "Unusual days")
    page.get_by_role("spinbutton", name="Stands out from (%)").fill("20")
    page.keyboard.press("Control+Enter")
    wait_for(page, "Unusual days, 5–17 March 2015, Stands out from (%): 20")
    expect(said(page)).to_contain_text("Stands out from (%): 20")


def test_a_link_that_is_pressed_out_of_a_field_of_days_leads_to_its_page_and_the_days_stay(
    page: Page, address: str
) -> None:
    arrive(page, address)
    choose(page, "Custom")
    type_days(page, "20150305", "20150317")
    page.get_by_role("link", name="Status").click()
    shows(page, "Status")
    page.go_back()
    expect(said(page)).to_contain_text("5–17 March 2015")


def type_days(page: Page, first: str, last: str) -> None:
    """Write both days of the form, and stay in the field: the digits go on from part to part."""
    page.get_by_role("spinbutton", name="year, First and last day start date").click()
    page.keyboard.type(first)
    page.get_by_role("spinbutton", name="year, First and last day end date").click()
    page.keyboard.type(last)


def test_a_number_that_is_refused_disables_submit_with_the_reason(page: Page, address: str) -> None:
    arrive(page, address)
    choose_report(page, "Unusual days")
    field = page.get_by_role("spinbutton", name="Stands out from (%)")
    for number in ("9999", "99999999999999999999"):
        field.fill("20")
        page.keyboard.press("Tab")
        expect(said(page)).to_contain_text("Stands out from (%): 20")
        field.fill(number)
        page.keyboard.press("Tab")

        expect(page.get_by_text("Stands out from (%) must be between 10 and 50.")).to_have_count(2)
        expect(said(page)).to_have_count(0)
        expect(submit_button(page)).to_be_disabled()


def test_a_range_without_an_end_disables_submit_with_the_reason(page: Page, address: str) -> None:
    arrive(page, address)
    choose(page, "Custom")
    page.get_by_role("button", name="Choose date range").click()
    page.get_by_role("button", name=re.compile("June 8, 2015")).click()

    expect(page.get_by_text("Choose the last day too.")).to_be_visible()
    expect(submit_button(page)).to_be_disabled()
