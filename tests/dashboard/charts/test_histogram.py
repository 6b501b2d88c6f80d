from __future__ import annotations

import pytest

from dashboard.charts.histogram import histogram, marks_of
from pipeline.core.reports import Chart
from tests.dashboard.charts.said import said_by
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import small_answer

pytestmark = pytest.mark.fast

DISTANCE = CHARTS["trip-length"][0]


def test_bins_stand_where_they_begin_and_a_bin_without_trips_is_a_hole() -> None:
    (trace,) = histogram(answer_to("trip-length"), DISTANCE).data
    assert list(trace.x[:3]) == [0, 0.5, 1]
    assert 22.0 not in trace.x
    assert trace.width == pytest.approx(0.5, rel=0.05)
    assert trace.offset == pytest.approx(0, abs=0.02)


def test_a_bin_is_named_in_words_and_the_open_last_one_too() -> None:
    (trace,) = histogram(answer_to("trip-length"), DISTANCE).data
    assert said_by(trace)[2] == "1.0 to 1.5 mi<br>Trips: 2,082,857"
    assert said_by(trace)[-1].startswith("25 mi and more<br>Trips: ")


def test_median_and_p90_are_lines_with_their_words_above_each_other() -> None:
    figure = histogram(answer_to("trip-length"), DISTANCE)
    assert [(line.x0, line.x1) for line in figure.layout.shapes] == [(1.71, 1.71), (6.2, 6.2)]
    texts = {note.text: note for note in figure.layout.annotations}
    assert list(texts) == ["Median 1.71 mi", "90% are below 6.20 mi"]
    first, second = texts.values()
    assert second.yshift - first.yshift >= 15


def test_a_mark_beyond_the_last_bin_is_inside_the_chart_and_its_words_too() -> None:
    rows = [(*row[:4], 80.0) for row in answer_to("trip-length").records]
    figure = histogram(answer_to("trip-length", rows), DISTANCE)
    assert figure.layout.xaxis.range[1] == 80
    assert figure.layout.annotations[1].xanchor == "right"


def test_a_mark_without_a_value_is_left_out() -> None:
    rows = [(*row[:3], None, 6.2) for row in answer_to("trip-length").records]
    assert [place for place, _ in marks_of(answer_to("trip-length", rows), DISTANCE)] == [6.2]


def test_bins_that_are_words_stand_side_by_side_in_the_order_of_the_rows() -> None:
    figure = histogram(small_answer(), Chart("histogram", "Trips", "zone", ("trips",)))
    assert figure.layout.xaxis.type == "category"
    assert list(figure.data[0].x) == ["JFK", "=Midtown*"]
    assert figure.layout.yaxis.rangemode == "tozero"
