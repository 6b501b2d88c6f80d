"""Ask and wait: from the card to the answer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counting_proxy import CountingProxy
from tests.browser.pages import FETCHING
from tests.browser.runs import count_runs
from tests.browser.stand_ins import StandIn
from tests.end_to_end.others import Person
from tests.end_to_end.steps import (
    JUNE,
    answer,
    arrive,
    cards,
    settle,
    shows,
    slow_answers,
    submit_button,
    wait_for,
)

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(180)]

ONE_PAINTED_IN_BETWEEN = 1
WATCH_EACH_FRAME = """(waiting) => {
  window.framesWithNeither = 0;
  const look = () => {
    const arrived = document.querySelector(".st-key-answer_head h2");
    if (!arrived && !document.body.innerText.includes(waiting)) window.framesWithNeither += 1;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
PLACE = (
    """() => [document.activeElement.textContent, document.querySelector("[data-testid=stMain]").scrollTop]"""
)


def test_fetching_results_shows_until_the_answer_and_nothing_reloads(
    page: Page, address: str, stand_in: StandIn
) -> None:
    slow_answers(stand_in, 3)
    arrive(page, address)
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url) if "queryId" not in frame.url else None)
    page.on("load", lambda _: loads.append("load"))
    submit_button(page).click()
    expect(page.get_by_text(FETCHING)).to_be_visible()
    page.evaluate(WATCH_EACH_FRAME, FETCHING)

    wait_for(page, JUNE)

    assert page.evaluate("window.framesWithNeither") <= ONE_PAINTED_IN_BETWEEN
    assert loads == []


@pytest.mark.parametrize("seconds_of_the_answer", [1, 20], ids=["answer near", "answer far"])
def test_cancel_ends_cancelled_or_ready_never_both(
    page: Page,
    address: str,
    proxy: CountingProxy,
    stand_in: StandIn,
    analyst: Person,
    seconds_of_the_answer: int,
) -> None:
    slow_answers(stand_in, seconds_of_the_answer)
    arrive(page, address)
    proxy.forget()
    submit_button(page).click()
    cards(page, "Running").get_by_role("button", name="Cancel").click()
    expect(answer(page).or_(cards(page, "Cancelled"))).to_be_visible(timeout=30_000)
    settle(page)

    state = next(one["state"] for one in analyst.queries() if one["queryId"] == proxy.sent[0]["queryId"])
    seen = {"finished": answer(page).count(), "cancelled": cards(page, "Cancelled").count()}
    assert seen == {"finished": 0, "cancelled": 0} | {state: 1}


def test_the_clock_ticks_with_no_streamlit_traffic(page: Page, address: str, stand_in: StandIn) -> None:
    runs = count_runs(page)
    slow_answers(stand_in, 20)
    arrive(page, address)
    submit_button(page).click()
    clock = page.get_by_role("timer")
    expect(clock).to_have_text(re.compile(r"^[2-9] s$"))
    settle(page)
    runs.forget()
    before = clock.inner_text()

    expect(clock).not_to_have_text(before)
    now = clock.inner_text()
    expect(clock).not_to_have_text(now)

    assert runs.frames == 0


def test_an_arrival_never_moves_focus_or_scroll(page: Page, address: str, stand_in: StandIn) -> None:
    slow_answers(stand_in, 5)
    arrive(page, address)
    submit_button(page).click()
    expect(page.get_by_text(FETCHING)).to_be_visible()
    page.set_viewport_size({"width": 1440, "height": 500})
    page.get_by_role("button", name="Busiest hours?").focus()
    page.mouse.move(700, 300)
    page.mouse.wheel(0, 150)
    page.wait_for_function("() => document.querySelector('[data-testid=stMain]').scrollTop >= 100")
    settle_scroll = page.evaluate(PLACE)

    wait_for(page, JUNE)

    assert page.evaluate(PLACE) == settle_scroll


def test_on_another_page_an_arrival_raises_toast_count_and_tab_title(
    page: Page, address: str, stand_in: StandIn
) -> None:
    slow_answers(stand_in, 5)
    arrive(page, address)
    submit_button(page).click()
    expect(cards(page, "Running")).to_be_visible()
    page.get_by_role("link", name="Reports and data").click()
    shows(page, "Reports and data")

    expect(page.get_by_test_id("stToast")).to_contain_text(f"{JUNE}: the answer is ready.", timeout=30_000)
    expect(page.get_by_role("link", name="My queries (1)")).to_be_visible()
    expect(page).to_have_title("(1) NYC Taxi Insights")
