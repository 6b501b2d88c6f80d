from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.answers import Answer
from dashboard.charts.draw import columns_of, draw
from dashboard.charts.frame import CONFIG, NotDrawable
from dashboard.charts.notes import chart_note
from dashboard.charts.panels import NOTHING
from dashboard.charts.sentences import chart_sentence
from dashboard.palette import TAXI
from pipeline.core.reports import Chart, ColumnType
from pipeline.core.result_pages import Cell
from tests.dashboard.charts.said import said_by
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to, fares_revenue, unusual_days
from tests.dashboard.samples import answer_of, daily_rows, shipped_report, shipped_topics, small_answer

pytestmark = pytest.mark.fast

EVERY_CHART = [
    pytest.param(topic, chart, id=f"{topic} {chart.kind}")
    for topic, charts in CHARTS.items()
    for chart in charts
]
every_chart = pytest.mark.parametrize(("topic", "chart"), EVERY_CHART)


def shown(answer: Answer, chart: Chart) -> dict[str, Any]:
    """Draw a chart, and say what stands around it: all three must work, or the page has a hole."""
    figure: dict[str, Any] = draw(answer, chart).to_plotly_json()
    assert chart_sentence(answer, chart).endswith(".")
    assert chart_note(answer, chart) != ""
    return figure


def changed(answer: Answer, chart: Chart, change: Callable[[Cell], Cell]) -> Answer:
    """Change every cell of the columns that the chart measures."""
    measures = {chart.value} if chart.value else set(chart.y)
    places = [place for place, column in enumerate(answer.columns) if column.name in measures]
    return replace(
        answer,
        records=tuple(
            tuple(change(cell) if place in places else cell for place, cell in enumerate(record))
            for record in answer.records
        ),
    )


CELLS: dict[ColumnType, tuple[Cell, Cell]] = {
    "integer": (1, 2),
    "decimal": ("1.00", "2.50"),
    "double": (1.0, 2.5),
    "boolean": (False, True),
    "date": ("2015-06-01", "2015-06-02"),
    "timestamp": ("2015-06-01 07:00:00", "2015-06-02 08:00:00"),
    "text": ("A", "B"),
}


@pytest.mark.parametrize("topic", shipped_topics())
def test_every_shipped_chart_is_drawn_from_the_columns_of_its_report(topic: str) -> None:
    report = shipped_report(topic)
    answer = answer_of(report, [tuple(CELLS[c.type][row] for c in report.columns) for row in (0, 1)])
    for chart in report.charts:
        assert shown(answer, chart)["data"]


def test_measures_of_different_units_stand_on_scales_of_their_own() -> None:
    """The rows of the vendors' report have a unit each, so a common axis would say nothing."""
    (chart,) = shipped_report("vendors").charts
    assert chart.label == "unit"


@every_chart
def test_every_chart_has_marks_titles_and_lets_a_phone_scroll_past(topic: str, chart: Chart) -> None:
    figure = shown(answer_to(topic), chart)
    layout = figure["layout"]
    assert figure["data"]
    assert layout["dragmode"] is False
    axes = [axis for name, axis in layout.items() if name.startswith(("xaxis", "yaxis"))]
    assert all(axis["fixedrange"] for axis in axes)
    titles = [axis.get("title") for name, axis in layout.items() if name.startswith("xaxis")]
    assert any(title and title.get("text") for title in titles) or chart.kind == "map"
    assert CONFIG["scrollZoom"] is False
    assert CONFIG["modeBarButtons"] == [["toImage"]]


@every_chart
def test_an_answer_without_rows_is_a_sentence(topic: str, chart: Chart) -> None:
    with pytest.raises(NotDrawable, match=NOTHING):
        draw(answer_to(topic, []), chart)


@every_chart
def test_an_answer_without_a_value_is_a_sentence(topic: str, chart: Chart) -> None:
    with pytest.raises(NotDrawable, match=NOTHING):
        draw(changed(answer_to(topic), chart, lambda _: None), chart)


@every_chart
def test_one_row_is_drawn(topic: str, chart: Chart) -> None:
    assert shown(answer_to(topic, answer_to(topic).records[:1]), chart)["data"]


@every_chart
def test_values_that_are_all_zero_are_drawn(topic: str, chart: Chart) -> None:
    assert shown(changed(answer_to(topic), chart, lambda _: 0), chart)["data"]


@every_chart
def test_negative_values_are_drawn(topic: str, chart: Chart) -> None:
    answer = changed(answer_to(topic), chart, lambda cell: None if cell is None else -abs(float(cell)))
    assert shown(answer, chart)["data"]


def test_a_whole_year_of_days_is_drawn() -> None:
    year = date(2015, 1, 1)
    for topic, rows in (
        ("fares-revenue", fares_revenue(year, 365)),
        ("unusual-days", unusual_days(year, 365)),
    ):
        (trace,) = shown(answer_to(topic, rows), CHARTS[topic][0])["data"]
        assert len(trace["x"]) == 365


@every_chart
def test_a_column_that_is_not_there_is_named(topic: str, chart: Chart) -> None:
    answer = answer_to(topic)
    for name in columns_of(chart):
        kept = tuple(column for column in answer.columns if column.name != name)
        with pytest.raises(NotDrawable, match=f"no column {name},"):
            draw(replace(answer, columns=kept, records=()), chart)


def test_words_of_the_data_are_no_markup_of_the_figure() -> None:
    answer = small_answer([("<b>Loud</b> & co", 7, 10, "1.00", 10, 0)])
    (trace,) = draw(answer, Chart("ranked", "Trips", "zone", ("trips",))).data
    assert said_by(trace)[0] == "&lt;b&gt;Loud&lt;/b&gt; &amp; co: 10"


def test_a_pressed_mark_is_fully_yellow_and_the_others_fade() -> None:
    answer = answer_of(shipped_report("daily-summary"), daily_rows())
    (bars,) = draw(answer, answer.report.charts[0]).data
    assert (bars.selected.marker.color, bars.selected.marker.opacity) == (TAXI, 1)
    assert 0.3 < bars.unselected.marker.opacity < 0.7


def test_a_pressed_cell_keeps_the_colour_of_its_value_and_the_others_fade() -> None:
    (cells,) = draw(answer_to("speed-hour"), CHARTS["speed-hour"][0]).data
    assert (cells.selected.marker.color, cells.selected.marker.opacity) == (None, 1)
    assert cells.unselected.marker.opacity < 0.7
