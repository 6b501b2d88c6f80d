"""Result: what holds for every report, tried on one for each kind of chart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, expect

from dashboard.formats import heading
from pipeline.core.reports import Chart, Report
from tests.browser.gallery import drawn_reports
from tests.end_to_end.drawn import Drawn, drawn
from tests.end_to_end.steps import (
    answer,
    arrive,
    choose_report,
    settle,
    submit_button,
)

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]


@dataclass(frozen=True)
class Shown:
    """An answer as the page shows it."""

    report: Report
    heading: str
    origin: str
    charts: list[Drawn]

    @property
    def with_axes(self) -> list[tuple[Chart, Drawn]]:
        """Its charts but for maps, each with its declaration."""
        both = zip(self.report.charts, self.charts, strict=True)
        return [(declared, chart) for declared, chart in both if declared.kind != "map"]


def reports_of_every_kind() -> list[Report]:
    """Give reports whose charts are together of every kind."""
    by_kind = {chart.kind: report for report in drawn_reports() for chart in report.charts}
    return list({report.topic_name: report for report in by_kind.values()}.values())


@pytest.fixture(scope="module")
def answers(context: BrowserContext, address: str) -> Iterator[list[Shown]]:
    page = context.new_page()
    arrive(page, address)
    found = []
    for report in reports_of_every_kind():
        choose_report(page, report.title)
        submit_button(page).click()
        shown = page.get_by_role("heading", name=re.compile(f"^{re.escape(report.title)}"), level=2)
        expect(shown).to_be_visible(timeout=30_000)
        expect(answer(page)).to_be_visible(timeout=30_000)
        settle(page)
        found.append(Shown(report, shown.inner_text(), answer(page).inner_text(), drawn(page)))
    yield found
    page.close()


def test_each_result_shows_heading_dates_parameters_source_and_time(answers: list[Shown]) -> None:
    for shown in answers:
        said_of_it = [parameter.label for parameter in shown.report.parameters if parameter.type == "choice"]
        assert all(f"{label}: " in shown.heading for label in said_of_it), shown.heading
        if shown.report.parameter("startDate"):
            assert re.search(r"\d+ (\w+ )?\d{4}", shown.heading), shown.heading
        assert re.match(
            r"Answered \d\d:\d\d, .* rows?, [\d.]+ s\. Source: synthetic data, .+\.$", shown.origin
        )


def test_axes_have_title_and_unit_and_bar_axes_hold_0(answers: list[Shown]) -> None:
    for shown in answers:
        for declared, chart in shown.with_axes:
            titles = {letter: [axis["title"] for axis in chart.axis(letter)] for letter in "xy"}
            assert all(any(of_letter) for of_letter in titles.values()), (declared.title, titles)
            missing = units_of(shown.report, declared) - {title for both in titles.values() for title in both}
            assert missing == set(), declared.title
            if declared.kind in {"bar", "histogram", "ranked"}:
                assert all(low <= 0 <= high for low, high in chart.ranges_of_bars()), declared.title


def units_of(report: Report, chart: Chart) -> set[str]:
    """Give the title that its measure gives to an axis; a heatmap has it at its key, several measures have none."""
    if chart.kind == "heatmap" or len(chart.y) > 1:
        return set()
    return {heading(column) for column in report.columns if column.name in chart.y and column.unit}


def test_there_is_no_dual_axis_and_no_pie_and_at_most_5_hues(answers: list[Shown]) -> None:
    for shown in answers:
        for chart in shown.charts:
            assert not any(axis["overlays"] for axis in chart.axis("y"))
            assert not chart.kinds & {"pie", "sunburst"}
            assert len(chart.hues) <= 5
