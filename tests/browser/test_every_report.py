"""Each report that is shipped answers its usual question in the browser, with a chart where it declares one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline.core.reports import Report
from tests.browser.dashboards import PRODUCT, ROOT, running_dashboard
from tests.browser.gallery import GALLERY, LARGEST_BYTES, drawn_reports, picture_of_chart, smaller
from tests.browser.pages import box

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
REPORTS = drawn_reports()
FIRST_START_MS = 150_000


@pytest.fixture(scope="module")
def address(browser: Browser) -> Iterator[str]:
    with running_dashboard(PRODUCT, {}) as running:
        _wait_for_the_sample(browser, running)
        yield running


def _wait_for_the_sample(browser: Browser, address: str) -> None:
    """The first start of a checkout makes its trips."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        expect(page.get_by_role("button", name="Submit")).to_be_enabled(timeout=FIRST_START_MS)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.topic_name)
def test_a_report_draws_its_first_chart(page: Page, address: str, report: Report) -> None:
    picture = smaller(picture_of_chart(page, address, report))

    assert len(picture) <= LARGEST_BYTES
    chart = page.locator(".js-plotly-plot").first
    whole, caption = box(chart), box(chart.locator(".g-gtitle"))
    assert whole["y"] < caption["y"]
    assert caption["y"] + caption["height"] <= whole["y"] + whole["height"] + 1
    expect(page.get_by_role("heading", name=report.charts[0].title, exact=True)).to_be_visible()
    kept = ROOT / "build" / "screenshots" / f"report-{report.topic_name}.png"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(picture)


def test_the_gallery_has_a_small_picture_of_each() -> None:
    sizes = {path.stem: path.stat().st_size for path in GALLERY.glob("*.png")}

    assert {report.topic_name for report in REPORTS} <= sizes.keys()
    assert all(sizes[report.topic_name] <= LARGEST_BYTES for report in REPORTS)
