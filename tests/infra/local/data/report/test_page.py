"""The page in a browser: it fits a telephone, draws everything by itself, and follows the reader's colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from infra.local.data.facts import Facts
from infra.local.data.report.chart_look import HEAT, HEAT_DARK
from infra.local.data.report.comparison import Comparison, Verdict
from infra.local.data.report.curve_charts import charts_of_curves
from infra.local.data.report.dirt_chart import dirt_chart
from infra.local.data.report.money_charts import charts_of_money
from infra.local.data.report.page import Page, Section, html
from infra.local.data.report.place_charts import charts_of_places
from infra.local.data.report.sides import Side
from infra.local.data.report.time_charts import charts_of_time

pytestmark = pytest.mark.browser

SOURCE = "All rows of the year, from a published full-year analysis"
LINE = Comparison("Fare, mean", "fares", "published", Verdict.WITHIN, "$1", "$1", "0%", "2%", "0%", SOURCE)
BROKEN = Comparison(
    "Tolls <5>", "tolls", "published", Verdict.BROKEN, "1%", "3%", "2 points", "1 point", "0 points"
)
FILLS = "() => [...document.querySelectorAll('.plotly-graph-div')].flatMap(c => c.data).map(t => t.fillcolor)"


@pytest.fixture(scope="module")
def page(
    published: Side, like_published: Side, facts: Facts, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    charts = [
        *charts_of_time(published, like_published, facts, range(1, 13)),
        *charts_of_curves(published, like_published),
        *charts_of_money(published, like_published),
        *charts_of_places(published, like_published, facts),
        dirt_chart("Published", "Ours", {"Passengers, distance, fare or total not above 0": (0.007, 0.006)}),
    ]
    section = Section("Beside what was published", ("A note.",), [LINE, BROKEN], charts)
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(html(Page("v", "made up", 1, True, "All is well.", [section])), encoding="utf-8")
    return path


@dataclass(frozen=True, slots=True)
class Telephone:
    """The page on a telephone, what its console said, and what it asked for outside of itself."""

    tab: Tab
    complaints: Sequence[str]
    asked: Sequence[str]


@pytest.fixture(scope="module")
def telephone(browser: Browser, page: Path) -> Iterator[Telephone]:
    complaints: list[str] = []
    asked: list[str] = []
    with browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="light", offline=True
    ) as context:
        tab = context.new_page()
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(page.as_uri())
        yield Telephone(tab, complaints, asked)


def test_a_telephone_shows_every_chart_without_scrolling_sideways(telephone: Telephone) -> None:
    drawn = telephone.tab.locator(".plotly-graph-div:has(svg.main-svg)")

    assert telephone.tab.evaluate("document.documentElement.scrollWidth") == 390
    assert drawn.count() == telephone.tab.locator(".panel").count() == 20


def test_the_page_asks_for_nothing_and_complains_of_nothing(telephone: Telephone) -> None:
    assert telephone.complaints == []
    assert [url for url in telephone.asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_what_is_out_of_bounds_is_named_at_the_head_and_a_link_leads_to_its_verdict(
    telephone: Telephone,
) -> None:
    head = telephone.tab.get_by_role("navigation", name="Out of bounds")
    assert head.inner_text().strip() == "Tolls <5>: 2 points apart, 1 point allowed and 0 points by chance"

    head.get_by_role("link", name="Tolls <5>").click()

    verdict = telephone.tab.locator("#figure-0-1").get_by_text("out of bounds")
    expect(verdict).to_be_in_viewport()


def test_panels_stand_one_below_the_other_where_there_is_no_room(telephone: Telephone) -> None:
    boxes = [
        panel.bounding_box() for panel in telephone.tab.locator("figure:has-text('Map of') .panel").all()
    ]

    first, second = (box for box in boxes if box)
    assert first["x"] == second["x"]
    assert first["y"] + first["height"] <= second["y"]


def test_the_map_follows_the_reader_from_light_to_dark(telephone: Telephone) -> None:
    light = set(telephone.tab.evaluate(FILLS))

    telephone.tab.emulate_media(color_scheme="dark")

    telephone.tab.wait_for_function(f"({FILLS})().includes('{HEAT_DARK[9]}')")
    assert HEAT[9] in light
    assert HEAT[9] not in telephone.tab.evaluate(FILLS)


def test_the_table_behind_a_chart_opens_by_the_keyboard(telephone: Telephone) -> None:
    telephone.tab.locator("summary").first.focus()
    telephone.tab.keyboard.press("Enter")

    assert telephone.tab.get_by_role("region", name="Trips by day: figures").is_visible()
