from __future__ import annotations

import pytest

from dashboard.charts.frame import HEIGHT, NotDrawable
from dashboard.charts.lines import lines
from dashboard.charts.panels import NOTHING, drawing_of
from pipeline.core.reports import Chart
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import small_answer

pytestmark = pytest.mark.fast

AIRPORTS = CHARTS["airports"][0]


def test_small_charts_make_a_figure_higher() -> None:
    one = answer_to("airports", [row for row in answer_to("airports").records if row[0] == "JFK"])
    assert lines(one, AIRPORTS).layout.height == HEIGHT
    assert lines(answer_to("airports"), AIRPORTS).layout.height > HEIGHT


def test_a_single_small_chart_keeps_its_name() -> None:
    one = answer_to("airports", [row for row in answer_to("airports").records if row[0] == "JFK"])
    assert "JFK" in {note.text for note in lines(one, AIRPORTS).layout.annotations}


def test_a_series_has_the_same_colour_in_each_panel() -> None:
    drawing = drawing_of(answer_to("airports"), AIRPORTS)
    assert [drawing.number_of(series) for series in drawing.series] == [0, 1] * 3


def test_without_a_value_there_is_nothing_to_draw() -> None:
    with pytest.raises(NotDrawable, match=NOTHING):
        drawing_of(small_answer([("JFK", 7, None, None, 0, 0)]), Chart("bar", "", "zone", ("trips",)))


def test_remarks_and_bands_stand_in_no_small_charts() -> None:
    chart = Chart("bar", "", "pickup_date", ("difference_percent",), label="note", panels="flagged")
    figure = lines(answer_to("unusual-days"), chart)
    assert {note.text for note in figure.layout.annotations} == {"0", "1"}
    assert not figure.layout.shapes
