"""Result: what its charts say, beside other days, and on the way to the next question."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.drawn import PLOTS, drawn, place_of, press_mark, press_point
from tests.end_to_end.others import Person
from tests.end_to_end.steps import (
    JUNE,
    JUNE_DAYS,
    arrive,
    choose,
    choose_report,
    come_to,
    figure,
    follow,
    said,
    settle,
    shows,
    submit_and_wait,
    submit_button,
)

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

ZONES = "Map of zones, 1–30 June 2015, Which end of the trip: Pickup, Show: Trips per square mile"
MAY_DAYS = {"startDate": "2015-05-01", "endDate": "2015-05-31"}


def test_the_26th_and_27th_of_january_are_labelled_on_the_daily_chart_and_weekends_are_shaded(
    page: Page, address: str
) -> None:
    arrive(page, address)
    page.get_by_role("button", name="The January blizzard").click()
    expect(said(page)).to_contain_text("19 January")
    submit_and_wait(page, "Daily summary, 19 January – 1 February 2015")

    (chart,) = drawn(page)
    assert any("lizzard" in note for note in chart.notes), chart.notes
    shaded = {day for x0, x1, _ in chart.shades for day in days_between(x0, x1)}
    first = date(2015, 1, 19)
    assert shaded == {day for n in range(14) if (day := first + timedelta(days=n)).weekday() >= 5}


def days_between(start: str, end: str) -> list[date]:
    """Give the days whose noon lies in a shape that goes from noon to noon, or from midnight to midnight."""
    low, high = (date.fromisoformat(text[:10]) for text in (start, end))
    if start[11:13] == "12":
        low += timedelta(days=1)
        high += timedelta(days=1)
    return [low + timedelta(days=n) for n in range((high - low).days)]


def test_june_against_may_says_the_change_per_day_points_down_and_names_the_unequal_lengths(
    page: Page, address: str, analyst: Person
) -> None:
    june, may = (
        Decimal(sum(row["trips"] for row in analyst.ask("daily-summary", **days)[1])) / count
        for days, count in ((JUNE_DAYS, 30), (MAY_DAYS, 31))
    )
    change = f"{100 * (june - may) / may:.1f}%".replace("-", "−")
    assert change == "−3.2%"
    arrive(page, address)
    choose(page, "Previous period")
    expect(said(page)).to_contain_text("compared with 1–31 May 2015")
    submit_and_wait(page, JUNE)

    expect(page.get_by_role("heading", name="Compared with 1–31 May 2015")).to_be_visible(timeout=30_000)
    trips = figure(page, "Trips")
    expect(trips).to_contain_text(f"{change} per day")
    expect(trips.get_by_test_id("stMetricDeltaIcon-Down")).to_be_visible()
    expect(page.get_by_text("30 and 31 days: sums are compared per day.")).to_be_visible()


def test_drill_works_by_mouse_and_by_selectbox(june: Page) -> None:
    row = june.get_by_role("combobox", name="From")
    press_mark(june, june.locator(f"{PLOTS} .bars .point").nth(4))
    expect(row).to_have_value("Fri 5 Jun 2015")
    expect(june.get_by_role("status").filter(has_text="Fri 5 Jun 2015 is chosen")).to_have_count(1)
    june.get_by_role("button", name="Fill in the form").click()
    expect(said(june)).to_contain_text(", 5 June 2015")
    expect(submit_button(june)).to_be_focused()
    expect(said(june)).to_be_in_viewport()
    expect(june.get_by_role("status").filter(has_text="The form asks: ")).to_have_count(1)
    settle(june)  # a box that is drawn anew shuts its list

    come_to(june, row)
    row.click()
    june.get_by_role("option", name="Sat 6 Jun 2015").click()
    settle(june)
    expect(row).to_have_value("Sat 6 Jun 2015")
    june.get_by_role("button", name="Fill in the form").click()
    expect(said(june)).to_contain_text(", 6 June 2015")

    june.get_by_role("link", name="Status").click()
    shows(june, "Status")
    june.go_back()
    expect(row).to_have_value("Sat 6 Jun 2015")


def test_the_hand_is_over_a_chart_whose_marks_lead_on_and_over_no_other(page: Page, address: str) -> None:
    arrive(page, address)
    expect(page.locator(f"{PLOTS} .nsewdrag")).to_have_css("cursor", "default")
    submit_and_wait(page, JUNE)
    expect(page.locator(f"{PLOTS} .nsewdrag")).to_have_css("cursor", "pointer")

    choose_report(page, "Tips")
    submit_and_wait(page, "Tips, 1–30 June 2015, Picked up in: All boroughs")
    expect(page.locator(f"{PLOTS} .nsewdrag")).to_have_css("cursor", "default")


def test_a_zone_of_the_map_a_ranked_bar_and_one_of_several_lines_lead_to_their_own_row(
    page: Page, address: str
) -> None:
    follow(page, address, {"topicName": "zone-map", **JUNE_DAYS})
    submit_and_wait(page, ZONES)
    row = page.get_by_role("combobox", name="From")
    zone = press_point(page, chart=0, trace=1, name="JFK Airport")
    expect(row).to_have_value(f"{zone}, Queens")
    bar = press_point(page, chart=1, trace=0, name="Midtown Center", times=2)
    expect(row).to_have_value(f"{bar}, Manhattan")
    zone = press_point(page, chart=0, trace=1, name="LaGuardia Airport", times=2)
    expect(row).to_have_value(f"{zone}, Queens")

    follow(page, address, {"topicName": "payment-mix", **JUNE_DAYS})
    submit_and_wait(page, "Ways of paying, 1–30 June 2015, Picked up in: All boroughs")
    press_point(page, chart=0, trace=0, name="Card")
    expect(row).to_have_value(re.compile(", Card$"))


def test_the_tap_of_a_finger_and_two_quick_ones_choose_a_row(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True) as phone:
        page = phone.new_page()
        follow(page, address, {"topicName": "zone-map", **JUNE_DAYS})
        submit_and_wait(page, ZONES)
        row = page.get_by_role("combobox", name="From")
        page.touchscreen.tap(*place_of(page, chart=1, trace=0, name="Midtown Center"))
        expect(row).to_have_value("Midtown Center, Manhattan")
        bar = place_of(page, chart=1, trace=0, name="Union Sq")
        page.touchscreen.tap(*bar)
        page.touchscreen.tap(*bar)
        expect(row).to_have_value("Union Sq, Manhattan")
