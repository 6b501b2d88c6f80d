"""An answer of 100,000 rows: how soon its first rows stand there, and how soon a click is served while others come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from bench.figures import Figure, Taken, median, taken
from tests.browser.products import Product, copied_reports, put_many_trips, running_product
from tests.end_to_end.steps import choose, choose_month, follow, settle, submit_button

_BIG, _SMALL = "many-trips", "few-trips"
_ROWS = {_BIG: 100_000, _SMALL: 1_000}
_LAST_DAY = date(2015, 12, 31)
_SLOW_MS = 120_000
_A_PAGE_OF_ROWS = re.compile(r"^\d{4,}$")
# The budgets: a second from the first page of rows to the rows, which an answer of one page takes as well; and 200 ms
# for a click, which on a page where nothing comes takes about half of that.
_FIRST_ROWS_LIMIT = 1.5
_CLICK_LIMIT = 2.0


def big_answer(browser: Browser, folder: Path, rounds: int) -> Iterator[Figure]:
    """An answer of a hundred pages, beside one of one page, and beside a page on which nothing comes."""
    with _product(folder) as product, browser.new_context() as context:
        page, number = context.new_page(), count()
        first, small, busy, quiet = [], [], [], []
        for _ in range(rounds):
            _fill_in(page, product, _SMALL, next(number))
            small.append(taken(lambda: _see_rows(page)))
            _fill_in(page, product, _BIG, next(number))
            first.append(taken(lambda: _see_rows(page)))
            choose(page, "Month")
            busy.append(_click(page, "Jul", "1–31 July 2015"))
            page.get_by_role("button", name="Stop here").click()
            settle(page)
            quiet.append(_click(page, "Aug", "1–31 August 2015"))
    yield Figure("First rows of a big answer", median(first), median(small), _FIRST_ROWS_LIMIT, by="wall")
    yield Figure("A click while rows come", median(busy), median(quiet), _CLICK_LIMIT, by="wall")


@contextmanager
def _product(folder: Path) -> Iterator[Product]:
    reports = copied_reports(folder)
    for name, rows in _ROWS.items():
        put_many_trips(reports, name, rows)
    with running_product(folder, reports) as product:
        yield product


def _fill_in(page: Page, product: Product, report: str, number: int) -> None:
    """Open a question that was not asked before."""
    last = _LAST_DAY - timedelta(days=number)
    follow(page, product.address, {"topicName": report, "startDate": "2015-01-01", "endDate": f"{last}"})
    settle(page)


def _see_rows(page: Page) -> None:
    submit_button(page).click()
    grid = page.get_by_test_id("stDataFrame").get_by_role("grid", include_hidden=True)
    expect(grid).to_have_attribute("aria-rowcount", _A_PAGE_OF_ROWS, timeout=_SLOW_MS)


def _click(page: Page, month: str, days: str) -> Taken:
    """Choose another month: the sentence of the form follows."""
    return taken(lambda: choose_month(page, month, days))
