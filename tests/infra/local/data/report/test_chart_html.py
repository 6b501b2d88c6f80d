"""A chart on the page: whoever cannot see the drawing gets the same as text and as a table."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from infra.local.data.report.chart_html import chart_html
from infra.local.data.report.chart_look import Chart, Panel, Readings
from infra.local.data.report.comparison import Comparison, Verdict

pytestmark = pytest.mark.fast

READINGS = Readings(("Hour", "Published", "Ours"), [("0:00", "1 %", "2 %"), ("1:00", "3 %", "<4 %")])
CHART = Chart(
    "Hours",
    "When & how.",
    [Panel(go.Figure(), "Published"), Panel(go.Figure(), "Ours")],
    READINGS,
    ("Hour ×",),
)
BROKEN = Comparison(
    "Hour × weekday", "hours", "published", Verdict.BROKEN, distance="0.5", bound="0.03", noise="0.01"
)
UNBOUND = Comparison("Hour × hour", "hours", "published", Verdict.SHOWN, distance="0.5", noise="0.01")
LACKING = Comparison("Hour × day", "hours", "real rows", Verdict.NOT_COMPARED, reason="they lack it")
OTHER = Comparison("Dirt", "dirt", "published", Verdict.WITHIN, distance="9", noise="9")


def test_a_screen_reader_hears_the_sentence_and_how_far_apart_the_sides_are() -> None:
    page = chart_html(CHART, [BROKEN, OTHER], "chart")

    assert (
        'role="img" aria-label="Hours. When &amp; how. '
        'Hour × weekday: out of bounds, 0.5 apart; bound 0.03, noise 0.01."' in page
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param(BROKEN, '<span class="broken">out of bounds</span>', id="broken"),
        pytest.param(BROKEN, ", 0.5 apart; bound 0.03, noise 0.01", id="bound and noise"),
        pytest.param(UNBOUND, ", 0.5 apart; no bound, noise 0.01", id="no bound"),
        pytest.param(LACKING, ", they lack it", id="not compared"),
    ],
)
def test_the_comparisons_that_a_chart_is_about_stand_under_it(line: Comparison, words: str) -> None:
    page = chart_html(CHART, [line, OTHER], "chart")

    assert words in page
    assert "Dirt" not in page


def test_what_is_drawn_is_also_a_table_that_the_keyboard_reaches() -> None:
    page = chart_html(CHART, [], "chart")

    assert "<details><summary>Figures of this chart</summary>" in page
    assert 'tabindex="0" role="region" aria-label="Hours: figures"' in page
    assert '<th scope="row">1:00</th><td class="number">3 %</td><td class="number">&lt;4 %</td>' in page


def test_each_drawing_of_a_chart_has_its_own_place_and_name() -> None:
    page = chart_html(CHART, [], "chart")

    assert page.count('<div class="panel">') == 2
    assert '<p class="name">Published</p>' in page
    assert 'id="chart-0"' in page
    assert 'id="chart-1"' in page
