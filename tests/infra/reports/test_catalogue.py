"""The page of all reports is what the declarations say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from infra.reports.catalogue import catalogue
from infra.reports.folder import parse_all, read_folder
from pipeline.core.reports import Chart, Choice, Column, Parameter
from tests.docs.pages import ROOT, read
from tests.pipeline.builders import report

pytestmark = pytest.mark.fast


def test_the_page_in_the_documentation_is_current() -> None:
    reports = parse_all(read_folder(ROOT / "sql"))
    pictured = {picture.stem for picture in (ROOT / "docs" / "gallery").glob("*.png")}
    assert read("docs/reports.md") == catalogue(reports, pictured), "run make report-catalogue"


def test_a_report_shows_its_picture_once_there_is_one() -> None:
    drawn = replace(report(), charts=(Chart("bar", "Trips per day", "day", ("trips",)),))
    picture = f"![Trips per day, synthetic data](gallery/{drawn.topic_name}.png)"
    assert picture in catalogue([drawn], {drawn.topic_name})
    assert picture not in catalogue([drawn], {"another"})
    assert "Chart: Trips per day (bar)." in catalogue([drawn], {"another"})


def test_a_report_is_described_whole() -> None:
    described = replace(
        report(title="Trips"),
        parameters=(
            Parameter(
                "top", "How many", "integer", default="25", minimum="10", maximum="100", help="At most."
            ),
            Parameter(
                "borough",
                "In",
                "choice",
                default="All",
                choices=(Choice("All", "All"), Choice("Q", "Queens")),
            ),
        ),
        columns=(Column("without", "integer", "Left out", "excluded", reason="no fare above zero"),),
        notes=("A note.",),
        groups=("finance",),
        maximum_days=7,
    )
    page = catalogue([described], ())
    for part in (
        "- [Trips](#daily-summary): How many trips?",
        "usually 2 s, at most 60 s and 5 rows, 7 days, for finance.",
        "| `top` | How many. At most. | integer from 10 to 100 | 25 |",
        "| `borough` | In | All, Q | All |",
        "| `without` | Left out | integer |  | excluded |",
        "- A note.\n- Left out: no fare above zero.",
        f"```sql\n{described.sql}\n```",
    ):
        assert part in page


def test_reports_stand_in_the_order_of_their_titles() -> None:
    page = catalogue([report(title="Zones", topic_name="a"), report(title="Airports", topic_name="z")], ())
    assert page.index("[Airports]") < page.index("[Zones]")


@pytest.mark.parametrize("title", ["<script>", "a|b", "[x](javascript:y)", "*a*", "`a`", "$x$"])
def test_words_of_an_analyst_are_no_markdown(title: str) -> None:
    page = catalogue([report(title=title)], ())
    assert title not in page
    assert "".join(page.split("\\")).count(title) >= 2
