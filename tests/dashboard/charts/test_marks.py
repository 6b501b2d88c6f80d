from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from dashboard.answers import Answer
from dashboard.charts.draw import draw
from dashboard.charts.lines import lines
from dashboard.charts.marks import pressable, row_marked, rows_marked
from dashboard.charts.ranked import ranked
from dashboard.deeper import leading_rows, row_of_click
from dashboard.formats import MISSING, category_text, measured
from dashboard.questions import default_question
from pipeline.core.reports import Chart, Column, ColumnType, Report
from pipeline.core.result_pages import Cell
from tests.dashboard.charts.said import said_by
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import answer_of, daily_rows, shipped_report, shipped_topics

pytestmark = pytest.mark.fast

REPORTS = [shipped_report(topic) for topic in shipped_topics()]
KNOWN = {
    "airport": ("JFK", "LaGuardia"),
    "borough": ("Queens", "Manhattan"),
    "direction": ("From", "To"),
    "method": ("Card", "Cash"),
}
ROWS = 10
LEADING = {
    ("about-the-data", "bar"),
    ("airports", "line"),
    ("daily-summary", "bar"),
    ("fares-revenue", "line"),
    ("payment-mix", "line"),
    ("unusual-days", "bar"),
    ("zone-map", "map"),
    ("zone-map", "ranked"),
}


def cell(column: Column, row: int) -> Cell:
    """Give a cell that differs from row to row, of a kind that the reports know."""
    if column.name in KNOWN:
        return KNOWN[column.name][row % 2]
    cells: dict[ColumnType, Cell] = {
        "date": (date(2015, 6, 1) + timedelta(days=row)).isoformat(),
        "timestamp": f"2015-06-01 07:{row:02}:00",
        "integer": row + 3,
        "decimal": f"{row + 40}.5",
        "double": row + 40.5,
    }
    return cells.get(column.type, f"{column.label} {row}")


def believable(report: Report) -> Answer:
    return answer_of(report, [tuple(cell(c, row) for c in report.columns) for row in range(ROWS)])


EVERY_CHART = [
    pytest.param(report, chart, id=f"{report.topic_name} {chart.kind}")
    for report in REPORTS
    for chart in report.charts
]


@pytest.mark.parametrize(("report", "chart"), EVERY_CHART)
def test_every_mark_of_a_chart_that_leads_on_leads_to_the_row_whose_place_and_value_it_shows(
    report: Report, chart: Chart
) -> None:
    answer = believable(report)
    rows = leading_rows(answer, default_question(report), REPORTS)
    figure = draw(answer, chart)
    assert (not rows_marked(figure).isdisjoint(rows)) == ((report.topic_name, chart.kind) in LEADING)
    if (report.topic_name, chart.kind) not in LEADING:
        return
    seen = json.loads(str(figure.to_json()))["data"]
    marks = [mark for trace in seen for mark in trace.get("customdata", []) if not mark[0].endswith(MISSING)]
    assert len({row_marked(mark) for mark in marks}) == ROWS
    for mark in marks:
        number = row_marked(mark)
        assert number is not None
        assert row_of_click([{"customdata": mark}], rows) == rows[number]
        values = (chart.value,) if chart.value else chart.y
        columns = [column for name in values if (column := answer.column(name))]
        assert any(mark[0].endswith(measured(answer.values(c.name)[number], c)) for c in columns)
        if chart.kind != "line":
            named = answer.column(chart.x if chart.kind == "bar" else chart.label or chart.x)
            assert named is not None
            assert mark[0].startswith(category_text(answer.values(named.name)[number], named))


def test_the_sum_of_several_rows_stands_for_none_of_them_and_that_of_one_row_for_it() -> None:
    chart, answer = CHARTS["fares-revenue"][1], answer_to("fares-revenue")
    assert rows_marked(ranked(answer, chart)) == frozenset()
    assert rows_marked(ranked(answer_to("fares-revenue", answer.records[:1]), chart)) == {0}


def test_what_a_mark_without_words_and_row_carries_stands_for_no_row() -> None:
    assert [row_marked(one) for one in (None, "Card: 61%", ["Card: 61%", None], [])] == [None] * 4


def test_several_lines_that_can_be_pressed_speak_one_at_a_time_and_say_their_place() -> None:
    """Under a pointer that speaks of all of them, plotly.js takes every press for the last line."""
    figure = pressable(lines(answer_to("payment-mix"), CHARTS["payment-mix"][0]))
    assert figure.layout.hovermode == "closest"
    assert {trace.hovertemplate for trace in figure.data} == {
        "%{x|%a %-d %b %Y}<br>%{customdata[0]}<extra></extra>"
    }


def test_a_single_line_can_be_pressed_anywhere_above_its_points() -> None:
    answer = answer_of(shipped_report("daily-summary"), daily_rows())
    figure = pressable(lines(answer, Chart("line", "Trips", "pickup_date", ("trips",))))
    assert figure.layout.hovermode == "x unified"
    assert said_by(figure.data[0])[0].startswith("Trips: ")
