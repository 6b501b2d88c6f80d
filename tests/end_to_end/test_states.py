"""The states of the form, the cards, the answer and the lists that no other line of the checklist passes.

Each is reached through the real pipeline, by a fault or by a cut network, and looked at by axe as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.charts.panels import NOTHING
from tests.browser.counting_proxy import CountingProxy
from tests.browser.dashboards import PRODUCT, ROOT, running_dashboard, settings_for
from tests.browser.pages import CHART
from tests.browser.products import Product, copied_reports, running_product
from tests.browser.stand_ins import StandIn, copied_checkout
from tests.end_to_end.accessibility import faults
from tests.end_to_end.others import Person
from tests.end_to_end.steps import (
    JUNE,
    JUNE_DAYS,
    answer,
    arrive,
    cards,
    choose,
    choose_month,
    figure,
    follow,
    said,
    settle,
    shows,
    slow_answers,
    submit_and_wait,
    submit_button,
    wait_for,
)
from tests.end_to_end.taken import rows_of_csv, taken

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(400)]

BROKEN = "-- this is no declaration\nselect 1\n"
ROOMS_OF_THE_DASHBOARD = ("dashboard", ".streamlit")
MAKING = re.compile(r"Making [\d,]+ synthetic trips|Data: trips up to")
AWAY_MS = 90_000
MANY = 40


@pytest.fixture
def network(proxy: CountingProxy) -> Iterator[CountingProxy]:
    yield proxy
    proxy.come_back()


def badge(page: Page) -> Locator:
    return page.locator(".st-key-badge")


def open_page(page: Page, name: str) -> None:
    """Follow the navigation: the session goes on."""
    page.get_by_role("link", name=name).first.click()
    shows(page, name)


def look(page: Page) -> list[str]:
    settle(page)
    return faults(page)


def test_offline_the_answer_stays_and_can_be_taken_away_submit_waits_and_lists_say_their_age(
    page: Page, address: str, network: CountingProxy
) -> None:
    arrive(page, address)
    submit_and_wait(page, JUNE)
    open_page(page, "My queries")
    asked = page.locator("[class*='st-key-history_']").filter(has_text=JUNE).first
    expect(asked).to_be_visible()
    page.get_by_role("link", name="Explore").click()
    wait_for(page, JUNE)

    network.go_down()
    expect(badge(page)).to_contain_text("Reconnecting", timeout=AWAY_MS)
    expect(badge(page)).to_contain_text("Offline since", timeout=AWAY_MS)
    expect(page.get_by_text("Results on screen still work.")).to_be_visible()
    expect(submit_button(page)).to_be_disabled()
    expect(said(page)).to_contain_text("when the connection is back")
    expect(figure(page, "Trips")).to_contain_text("12,325")
    expect(page.locator(CHART).first).to_be_visible()
    assert len(rows_of_csv(taken(page, "CSV").content)) == 30
    found = {"offline": look(page)}

    open_page(page, "My queries")
    expect(page.get_by_text("The list is not available.")).to_contain_text("Shown as of", timeout=AWAY_MS)
    expect(asked).to_be_visible()
    found["list of before"] = look(page)

    network.come_back()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("The list is not available.")).to_have_count(0, timeout=AWAY_MS)
    page.get_by_role("link", name="Explore").click()
    expect(badge(page)).to_contain_text("Live again", timeout=AWAY_MS)
    expect(submit_button(page)).to_be_enabled()
    assert {state: faulty for state, faulty in found.items() if faulty} == {}


def test_what_goes_wrong_beside_an_answer_is_said_in_its_place_and_can_be_asked_for_again(
    page: Page, address: str, stand_in: StandIn, analyst: Person
) -> None:
    follow(page, address, {"topicName": "gone", **JUNE_DAYS})
    expect(page.get_by_text("which does not exist (any more)")).to_contain_text("gone")
    expect(page.locator(CHART).first).to_be_visible()
    found = {"a link to a report that is gone": look(page)}

    slow_answers(stand_in, 8)
    choose(page, "Previous period")
    expect(said(page)).to_contain_text("compared with 1–31 May 2015")
    submit_button(page).click()
    expect(cards(page, "Running")).to_be_visible()
    stop(analyst, "2015-05-01")
    wait_for(page, JUNE)
    expect(page.get_by_text("The comparison with 1–31 May 2015 was cancelled.")).to_be_visible()
    found["a comparison that failed"] = look(page)
    page.get_by_role("button", name="Compare again").click()
    expect(page.get_by_text("Comparing with 1–31 May 2015…")).to_be_visible()
    expect(page.get_by_role("heading", name="Compared with 1–31 May 2015")).to_be_visible(timeout=30_000)

    choose(page, "Nothing")
    choose_month(page, "Jul", "1–31 July")
    submit_button(page).click()
    expect(cards(page, "Running")).to_be_visible()
    slow_answers(stand_in, 0)
    choose_month(page, "Aug", "1–31 August")
    stand_in.set_faults({"results": {"error": MANY}})
    submit_button(page).click()
    expect(page.get_by_text("it could not be brought here")).to_be_visible(timeout=60_000)
    waits = cards(page, "Ready").filter(has_text="1–31 July")
    expect(waits.get_by_role("button", name="Open")).to_be_enabled(timeout=30_000)
    found["an answer that does not come, and one that waits"] = look(page)
    stand_in.set_faults({"results": {"error": 0}})
    page.get_by_role("button", name="Fetch again").click()
    expect(answer(page)).to_be_visible(timeout=30_000)

    stand_in.set_faults({"handlers": {"ListQueriesFunction": {"raise": MANY}}})
    open_page(page, "My queries")
    expect(page.get_by_text("The list is not available.")).to_be_visible(timeout=60_000)
    found["a list that cannot be read"] = look(page)
    stand_in.set_faults({"handlers": {"ListQueriesFunction": {"raise": 0}}})
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("The list is not available.")).to_have_count(0, timeout=30_000)
    assert {state: faulty for state, faulty in found.items() if faulty} == {}


def stop(person: Person, start_date: str) -> None:
    """Cancel this person's running query that begins on a day."""
    running = [one for one in person.queries() if one["state"] in {"accepted", "running"}]
    wanted = next(one["queryId"] for one in running if one["parameters"]["startDate"] == start_date)
    with person.connected() as session:
        session.send(action="cancel", queryId=wanted)
        session.by_type("cancelled")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product without any report, in which nobody has asked anything."""
    folder = tmp_path_factory.mktemp("empty")
    reports = copied_reports(folder)
    for file in reports.glob("*.sql"):
        file.unlink()
    with running_product(folder, reports) as product:
        yield product


def test_without_a_report_or_a_query_each_page_says_so_and_a_refused_file_is_counted_and_named(
    page: Page, empty: Product
) -> None:
    page.goto(empty.address)
    expect(page.get_by_text("No reports found. The Status page says why.")).to_be_visible(timeout=60_000)
    expect(page.locator(CHART).first).to_be_visible()  # the example comes last, and fades what stands
    found = {"no report": look(page)}
    open_page(page, "My queries")
    expect(page.get_by_text("Nothing asked in the last 24 hours.")).to_be_visible()
    found["no query"] = look(page)

    (empty.reports / "broken.sql").write_text(BROKEN, encoding="utf-8")
    open_page(page, "Status")
    expect(page.get_by_text("0 reports are offered, 1 file is refused.")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("cell", name="broken.sql")).to_be_visible()
    found["a refused file on Status"] = look(page)
    open_page(page, "Reports and data")
    expect(page.get_by_text("Files that are no reports yet")).to_be_visible()
    expect(page.get_by_text("An analyst adds one as a file")).to_be_visible()
    found["a refused file in the catalogue"] = look(page)
    assert {state: faulty for state, faulty in found.items() if faulty} == {}


def unmeasured() -> str:
    """The daily summary, where nobody wrote down any distance and the chart is of that alone."""
    text = (ROOT / "sql" / "reports" / "daily-summary.sql").read_text(encoding="utf-8")
    for what, instead in (("sum(miles)::float8", "null::float8"), ('y = ["trips"]', 'y = ["mean_miles"]')):
        assert text.count(what) == 1
        text = text.replace(what, instead)
    return text


def test_what_has_no_value_is_not_available_and_a_chart_of_nothing_is_a_sentence(
    page: Page, empty: Product
) -> None:
    (empty.reports / "unmeasured.sql").write_text(unmeasured(), encoding="utf-8")
    follow(page, empty.address, {"topicName": "unmeasured", **JUNE_DAYS})

    submit_and_wait(page, JUNE)

    expect(figure(page, "Distance per trip")).to_contain_text("n/a")
    expect(page.get_by_text("no row has a value", exact=True)).to_be_visible()
    expect(figure(page, "Trips")).to_contain_text("12,325")
    expect(page.get_by_text(NOTHING)).to_be_visible()
    expect(page.get_by_role("table", name="Daily summary: 30 rows")).to_be_visible()
    assert look(page) == []


def test_before_the_pipeline_is_there_the_badge_says_connecting_and_the_form_comes_by_itself(
    page: Page, tmp_path: Path
) -> None:
    checkout = copied_checkout(tmp_path / "checkout", *ROOMS_OF_THE_DASHBOARD)
    with running_dashboard(checkout / "dashboard" / "app.py", {}, checkout=checkout) as address:
        page.goto(address)
        expect(badge(page)).to_contain_text("Connecting", timeout=60_000)
        expect(page.get_by_text(MAKING)).to_be_visible(timeout=60_000)
        faulty = faults(page)
        expect(submit_button(page)).to_be_enabled(timeout=AWAY_MS)
        expect(badge(page)).to_contain_text("Live")
    assert faulty == []


def test_a_pipeline_that_cannot_start_is_unavailable_and_the_page_says_why_and_what_to_do(
    page: Page, tmp_path: Path
) -> None:
    checkout = copied_checkout(tmp_path / "checkout", *ROOMS_OF_THE_DASHBOARD)
    (checkout / "var").write_text("no folder", encoding="utf-8")
    with running_dashboard(checkout / "dashboard" / "app.py", {}, checkout=checkout) as address:
        page.goto(address)
        expect(badge(page)).to_contain_text("Unavailable", timeout=60_000)
        expect(page.get_by_text(str(checkout / "var")).first).to_be_visible()
        expect(page.get_by_text("start again").first).to_be_visible()
        found = {"Explore": look(page)}
        for name in ("My queries", "Reports and data", "Status"):
            open_page(page, name)
            expect(badge(page)).to_contain_text("Unavailable")
            found[name] = look(page)
    assert {state: faulty for state, faulty in found.items() if faulty} == {}


def test_signed_out_the_badge_and_every_page_say_so(page: Page, proxy: CountingProxy) -> None:
    settings = settings_for(proxy.endpoints)
    del settings["INSIGHTS_TOKEN_URL"]
    with running_dashboard(PRODUCT, settings) as address:
        page.goto(address)
        expect(badge(page)).to_contain_text("Signed out", timeout=60_000)
        found = {"Explore": look(page)}
        open_page(page, "My queries")
        expect(page.get_by_text("The list is not available. Sign in to see and run reports.")).to_be_visible()
        found["My queries"] = look(page)
    assert {state: faulty for state, faulty in found.items() if faulty} == {}
