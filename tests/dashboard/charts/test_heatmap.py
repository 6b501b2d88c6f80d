from __future__ import annotations

from collections.abc import Sequence

import pytest

from dashboard.answers import Answer
from dashboard.charts.heatmap import heatmap, steps
from dashboard.palette import SEQUENTIAL
from pipeline.core.reports import Chart
from pipeline.core.result_pages import Cell
from tests.dashboard.charts.said import said_by
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import answer_of, hourly_rows, shipped_report, small_answer

pytestmark = pytest.mark.fast

HOURLY = shipped_report("demand-hour-weekday")
BY_ZONE = Chart("heatmap", "", "hour", ("zone",), value="trips")


def hourly(rows: Sequence[tuple[Cell, ...]] | None = None) -> Answer:
    return answer_of(HOURLY, rows or hourly_rows())


def test_a_heatmap_has_a_cell_per_weekday_and_hour_with_monday_on_top() -> None:
    figure = heatmap(hourly(), HOURLY.charts[0])
    (trace,) = figure.data
    assert len(trace.y) == 7 * 24
    assert figure.layout.yaxis.ticktext[0] == "Monday"
    top, bottom = figure.layout.yaxis.range[::-1]
    assert top < bottom
    friday_at_seven = next(row for row in hourly_rows() if row[0] == 5 and row[2] == 19)
    place = next(n for n in range(len(trace.y)) if (trace.y[n], trace.base[n]) == (4, 18.5))
    assert trace.marker.color[place] == friday_at_seven[4]
    assert said_by(trace)[place].startswith("Friday 19:00<br>Trips per such hour: ")


def test_a_cell_without_a_value_stays_empty() -> None:
    rows = [row for row in hourly_rows() if row[2] != 2 or row[0] != 7]
    (trace,) = heatmap(hourly(rows), HOURLY.charts[0]).data
    assert len(trace.y) == 7 * 24 - 1
    assert (6, 1.5) not in zip(trace.y, trace.base, strict=True)


def test_hours_are_in_order_whatever_the_rows_are() -> None:
    layout = heatmap(hourly(hourly_rows()[5:]), HOURLY.charts[0]).layout
    assert list(layout.xaxis.ticktext) == ["0:00", "4:00", "8:00", "12:00", "16:00", "20:00"]
    assert list(layout.xaxis.tickvals) == [0, 4, 8, 12, 16, 20]


def test_a_day_has_all_its_hours_also_where_few_have_a_value() -> None:
    rows = [row for row in hourly_rows() if row[2] in {7, 23}]
    figure = heatmap(hourly(rows), HOURLY.charts[0])
    assert len(figure.data[0].y) == 14
    assert set(figure.data[0].base) == {6.5, 22.5}
    assert list(figure.layout.xaxis.range) == [-0.5, 23.5]


def test_a_row_without_an_hour_is_no_cell() -> None:
    rows = [(*row[:2], None, *row[3:]) if row[0] == 1 else row for row in hourly_rows()]
    assert len(heatmap(hourly(rows), HOURLY.charts[0]).data[0].y) == 6 * 24


def test_on_a_phone_the_key_takes_no_room_beside_the_cells_and_the_hours_can_be_written_level() -> None:
    figure = heatmap(hourly(), HOURLY.charts[0])
    assert figure.data[0].marker.colorbar.orientation == "h"
    assert len(figure.layout.xaxis.ticktext) <= 6


def test_cells_have_ten_colours_and_none_between_them_so_that_the_style_sheet_can_name_each() -> None:
    scale = steps(SEQUENTIAL)
    assert len(scale) == 20
    assert {colour for _, colour in scale} == set(SEQUENTIAL)
    assert all(left[0] == right[0] for left, right in zip(scale[1::2], scale[2::2], strict=False))
    assert [tuple(pair) for pair in heatmap(hourly(), HOURLY.charts[0]).data[0].marker.colorscale] == list(
        scale
    )


def test_one_value_alone_needs_no_key() -> None:
    rows = [("JFK", 7, 10, "1.00", 0, 0), ("JFK", 8, 10, "1.00", 0, 0)]
    assert not heatmap(small_answer(rows), BY_ZONE).data[0].marker.showscale


def test_a_matrix_of_few_rows_is_low_and_one_of_many_is_high() -> None:
    few = heatmap(small_answer(), BY_ZONE).layout.height
    many = heatmap(
        small_answer([(f"Zone {n}", 7, n, "1.00", 0, 0) for n in range(30)]), BY_ZONE
    ).layout.height
    assert few < many


@pytest.mark.parametrize("days", [1, 2, 7])
def test_a_cell_is_high_enough_to_be_read_and_pressed_whatever_the_number_of_rows(days: int) -> None:
    rows = [row for row in hourly_rows() if row[0] in range(1, days + 1)]
    layout = heatmap(hourly(rows), HOURLY.charts[0]).layout
    key_above, hours_below = layout.margin.t, 72
    assert key_above >= 110
    assert (layout.height - key_above - hours_below) / days * 0.94 >= 33


def test_speeds_are_written_with_their_unit() -> None:
    figure = heatmap(answer_to("speed-hour"), CHARTS["speed-hour"][0])
    assert said_by(figure.data[0])[0].endswith(" mph")
    assert figure.data[0].marker.colorbar.title.text == "Speed (mph)"
