"""A file put into the folder is a report in the open page at once; its 2,500 rows arrive whole, in three pages."""

from __future__ import annotations

import csv
import json
import urllib.request
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.client.upstream import Endpoints
from tests.browser.pages import SETTLED_MS, open_explore, press_submit
from tests.browser.products import Product, copied_reports, running_product

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

REPORT = Path(__file__).parent / "assets" / "many-trips.sql"
ROWS = 2_500
AGAIN = "Page 2 did not come. Asking for it again…"
REMEMBER_WHAT_IS_SAID = """(words) => {
  new MutationObserver(() => { window.wasSaid ||= document.body.innerText.includes(words); })
    .observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("product")
    with running_product(folder, copied_reports(folder)) as product:
        yield product


def put_report(folder: Path, topic_name: str, title: str) -> None:
    """Write it under another name first, as editors and `git pull` do: the report is whole when it is there."""
    unfinished = folder / f"{topic_name}.new"
    unfinished.write_text(REPORT.read_text(encoding="utf-8").replace("Many trips", title), encoding="utf-8")
    unfinished.rename(folder / f"{topic_name}.sql")


def press(page: Page, target: Locator) -> None:
    """Press as a hand does: the pointer comes, rests a moment, and holds the button down for a tenth of a second."""
    target.hover()
    page.wait_for_timeout(60)
    page.mouse.down()
    page.wait_for_timeout(100)
    page.mouse.up()


def rows_by_plain_rest(pipeline: Endpoints, statement_id: str) -> list[list[Any]]:
    with urllib.request.urlopen(f"{pipeline.token_url}?user=analyst", timeout=10) as answer:
        token = json.load(answer)["id_token"]
    rows: list[list[Any]] = []
    page = ""
    while True:
        address = f"{pipeline.rest}/results/{quote(statement_id, safe='')}{page}"
        request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            body = json.load(answer)
        rows += body["records"]
        if body["nextPage"] is None:
            return rows
        page = f"?page={quote(body['nextPage'], safe='')}"


def downloaded_rows(page: Page) -> list[list[str]]:
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    with zipfile.ZipFile(download.value.path()) as packed:
        name = next(name for name in packed.namelist() if name.endswith(".csv"))
        return list(csv.reader(packed.read(name).decode().splitlines()))


def test_a_third_report_appears_in_the_open_page_and_its_three_pages_arrive_whole(
    page: Page, product: Product
) -> None:
    open_explore(page, product.address)
    page.evaluate(REMEMBER_WHAT_IS_SAID, AGAIN)

    put_report(product.reports, "many-trips", "Many trips")
    press(page, page.get_by_role("combobox", name="Report"))
    expect(page.get_by_role("option", name="Many trips")).to_be_visible()

    press(page, page.get_by_role("option", name="Many trips"))
    expect(page.get_by_text("Do many rows arrive whole?")).to_be_visible()
    page.wait_for_timeout(SETTLED_MS)
    product.proxy.forget()
    product.proxy.fail_once("?page=")
    press_submit(page)
    expect(page.get_by_text("All 2,500 rows.")).to_be_visible()

    finished = next(message for message in product.proxy.received if message["type"] == "finished")
    results = [path for path in product.proxy.gets if "/results/" in path]
    assert len(results) == 4, "three pages, and the second once more"
    assert results[1] == results[2]
    assert len(set(results)) == 3
    assert page.evaluate("window.wasSaid"), "the page said that it asked again"

    heading, *rows = downloaded_rows(page)
    assert heading == ["n", "total_amount", "known_tip"]
    assert [int(row[0]) for row in rows] == list(range(1, ROWS + 1)), "none missing, none doubled, in order"
    assert [row[2] == "" for row in rows] == [n % 3 == 0 for n in range(1, ROWS + 1)]
    assert all(Decimal(row[1]).as_tuple().exponent == -2 for row in rows)
    plain = rows_by_plain_rest(product.pipeline, finished["statementId"])
    assert rows == [["" if cell is None else str(cell) for cell in row] for row in plain]


def test_one_press_opens_the_list_and_one_chooses_wherever_the_new_title_stands(
    page: Page, product: Product
) -> None:
    open_explore(page, product.address)
    box = page.get_by_role("combobox", name="Report")
    for topic_name, waited_ms in (
        ("airports", 500),
        ("a-day-out", 1_000),
        ("zones", 1_500),
        ("cards", 1_000),
    ):
        title = f"New {topic_name}"
        put_report(product.reports, topic_name, title)
        page.wait_for_timeout(waited_ms)
        press(page, box)
        expect(page.get_by_role("option", name=title)).to_be_visible()
        press(page, page.get_by_role("option", name=title))
        expect(page.get_by_text("Do many rows arrive whole?")).to_be_visible()
        expect(box).to_have_value(title)
        press(page, page.get_by_role("button", name="June, day by day"))
        expect(box).to_have_value("Daily summary")


def test_the_status_page_sees_a_removed_report_go_while_nobody_touches_it(
    page: Page, product: Product
) -> None:
    put_report(product.reports, "to-be-removed", "To be removed")
    page.wait_for_timeout(SETTLED_MS)
    page.goto(f"{product.address}/status")
    offered = page.get_by_text("reports are offered")
    expect(offered).to_be_visible(timeout=20_000)
    before = int(offered.inner_text().split()[0])

    (product.reports / "to-be-removed.sql").unlink()

    expect(page.get_by_text(f"{before - 1} reports are offered")).to_be_visible(timeout=12_000)
    expect(page.get_by_text("Looked at")).to_be_visible()
