"""100,000 rows: the first stand while the others come, the page goes on serving, and one can have enough."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.products import Product, copied_reports, put_many_trips, running_product
from tests.end_to_end.steps import choose, follow, said, shows, submit_button
from tests.end_to_end.taken import rows_of_csv, taken

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

QUESTION = {"topicName": "many-trips", "startDate": "2015-01-01", "endDate": "2015-12-31"}
FIRST_MS, ALL_MS = 60_000, 200_000


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("product")
    reports = copied_reports(folder)
    put_many_trips(reports, "many-trips", 100_000)
    with running_product(folder, reports) as product:
        yield product


@pytest.fixture(autouse=True)
def nothing_is_held_back_for_ever(product: Product) -> Iterator[None]:
    product.proxy.forget()
    yield
    product.proxy.let_go()


def ask(page: Page, product: Product) -> None:
    follow(page, product.address, QUESTION)
    submit_button(page).click()
    expect(progress(page)).to_be_visible(timeout=FIRST_MS)


def progress(page: Page) -> Locator:
    return page.get_by_test_id("stProgress")


def expect_rows(page: Page, count: int) -> None:
    """The table has so many rows: what a screen reader is told, the heading's among them."""
    grid = page.get_by_test_id("stDataFrame").get_by_role("grid", include_hidden=True)
    expect(grid).to_have_attribute("aria-rowcount", str(count + 1))


def test_the_first_rows_are_drawn_and_clicks_are_served_while_the_later_pages_are_held_back(
    page: Page, product: Product
) -> None:
    product.proxy.hold("?page=")
    ask(page, product)
    expect(progress(page)).to_contain_text("1,000 of 100,000 rows")
    expect_rows(page, 1_000)
    expect(page.get_by_role("button", name="CSV")).to_be_disabled()

    choose(page, "Month")
    expect(said(page)).to_contain_text("1–30 June 2015")
    page.get_by_role("link", name="Status").click()
    shows(page, "Status")
    page.get_by_role("link", name="Explore").click()
    expect(progress(page)).to_contain_text("1,000 of 100,000 rows")

    product.proxy.let_go()
    expect(page.get_by_text("All 100,000 rows.")).to_be_visible(timeout=ALL_MS)
    expect_rows(page, 100_000)
    expect(progress(page)).to_have_count(0)
    pages = [path for path in product.proxy.gets if "/results/" in path]
    assert len(set(pages)) == 100


def test_what_was_stopped_stays_and_is_called_a_part_on_the_page_and_in_the_file(
    page: Page, product: Product
) -> None:
    product.proxy.hold("?page=", after=11)
    ask(page, product)
    expect(progress(page)).to_contain_text("12,000 of 100,000 rows")

    page.get_by_role("button", name="Stop here").click()

    expect(page.get_by_text("You stopped this: these are the first 12,000 of 100,000 rows.")).to_be_visible()
    expect_rows(page, 12_000)
    file = taken(page, "CSV")
    assert "_first-12000-of-100000_" in file.name
    assert [int(row[0]) for row in rows_of_csv(file.content)] == list(range(1, 12_001))
    expect(page.get_by_text(re.compile("^Answered .*, the first 12,000 of 100,000 rows,"))).to_be_visible()

    product.proxy.let_go()
    page.get_by_role("button", name="Fetch the rest").click()
    expect(page.get_by_text("You stopped this")).to_have_count(0)
    expect(page.get_by_text("All 100,000 rows.")).to_be_visible(timeout=ALL_MS)
