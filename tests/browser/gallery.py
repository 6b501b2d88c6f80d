"""Pictures of every report's first chart and of the tour: `python -m tests.browser.gallery` renews docs/gallery/.

The data are 1 % of the year, synthetic; the pages that show the pictures say so.
"""

from __future__ import annotations

import io
import sys
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from dashboard.links import write_link
from dashboard.questions import default_question
from infra.reports.folder import parse_all, read_folder
from pipeline.core.reports import Report
from tests.browser.chromium import headless_chromium
from tests.browser.dashboards import PRODUCT, ROOT, running_dashboard, settings_for
from tests.browser.pages import SETTLED_MS, expect_answer, open_explore
from tests.browser.stand_ins import running_stand_in
from tests.browser.tour import WIDTH, Product, offline, tour

GALLERY = ROOT / "docs" / "gallery"
TOUR = GALLERY / "tour"
LARGEST_BYTES = 60_000
_WIDTH, _HEIGHT = 900, 900
_COLOURS = 64


def drawn_reports() -> list[Report]:
    """Give the project's own reports that have a chart."""
    return [report for report in parse_all(read_folder(ROOT / "sql")) if report.charts]


def ask(page: Page, address: str, parameters: dict[str, str]) -> None:
    """Open a shared link, press Submit, and wait until the answer stands there with its chart."""
    open_explore(page, f"{address}/?{urlencode(parameters)}")
    page.get_by_role("button", name="Submit").click()
    expect_answer(page, timeout_ms=30_000)
    # Streamlit shows grey blocks where the code of an element is still on its way.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=30_000)


def picture_of_chart(page: Page, address: str, report: Report) -> bytes:
    """Give the first chart of a report's usual question as a PNG."""
    ask(page, address, write_link(default_question(report)))
    chart = page.locator(".js-plotly-plot").first
    expect(chart.locator(".main-svg").first).to_be_visible()
    page.wait_for_timeout(SETTLED_MS)
    return chart.screenshot()


def smaller(png: bytes) -> bytes:
    """Give the same picture in few colours."""
    with Image.open(io.BytesIO(png)) as picture, io.BytesIO() as written:
        picture.convert("RGB").quantize(_COLOURS).save(written, "PNG", optimize=True)
        return written.getvalue()


def main() -> int:
    """Renew every picture; give the exit status of the process."""
    TOUR.mkdir(parents=True, exist_ok=True)
    with headless_chromium() as browser, ExitStack() as pipeline:
        stand_in = pipeline.enter_context(running_stand_in(ROOT / "var", scale="0.01"))
        with running_dashboard(PRODUCT, settings_for(stand_in.endpoints)) as address:
            _picture_reports(browser, address)
            with browser.new_context(viewport={"width": WIDTH, "height": _HEIGHT}) as context:
                page = context.new_page()
                for name, png in tour(page, Product(address, stand_in)):
                    _keep(TOUR / f"{name}.png", png)
                ask(page, address, write_link(default_question(drawn_reports()[0])))
                pipeline.close()
                for name, png in offline(page):
                    _keep(TOUR / f"{name}.png", png)
    return 0


def _picture_reports(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": _WIDTH, "height": _HEIGHT}) as context:
        page = context.new_page()
        for report in drawn_reports():
            _keep(GALLERY / f"{report.topic_name}.png", picture_of_chart(page, address, report))


def _keep(path: Path, png: bytes) -> None:
    path.write_bytes(smaller(png))
    sys.stderr.write(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    sys.exit(main())
