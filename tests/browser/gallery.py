"""Pictures of every report's first chart, as the page draws it: `python -m tests.browser.gallery` renews docs/gallery/.

The data are those in use, as a rule the synthetic sample; the pages that show the pictures say so.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Page, expect

from dashboard.links import write_link
from dashboard.questions import default_question
from infra.reports.folder import parse_all, read_folder
from pipeline.core.reports import Report
from tests.browser.chromium import headless_chromium
from tests.browser.dashboards import PRODUCT, ROOT, running_dashboard
from tests.browser.pages import SETTLED_MS, expect_answer, open_explore

GALLERY = ROOT / "docs" / "gallery"
LARGEST_BYTES = 60_000
_WIDTH, _HEIGHT = 900, 900
_README = {"topicName": "daily-summary", "startDate": "2015-06-01", "endDate": "2015-06-30"}
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
    GALLERY.mkdir(parents=True, exist_ok=True)
    with headless_chromium() as browser, running_dashboard(PRODUCT, {}) as address:
        with browser.new_context(viewport={"width": _WIDTH, "height": _HEIGHT}) as context:
            page = context.new_page()
            for report in drawn_reports():
                _keep(f"{report.topic_name}.png", picture_of_chart(page, address, report))
        for theme in _themes():
            with browser.new_context(viewport={"width": 1280, "height": 1500}, color_scheme=theme) as context:
                page = context.new_page()
                ask(page, address, _README)
                page.wait_for_timeout(SETTLED_MS)
                _keep(f"june-{theme}.png", page.screenshot())
    return 0


def _themes() -> Iterator[Literal["light", "dark"]]:
    yield "light"
    yield "dark"


def _keep(name: str, png: bytes) -> None:
    path: Path = GALLERY / name
    path.write_bytes(smaller(png))
    sys.stderr.write(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    sys.exit(main())
