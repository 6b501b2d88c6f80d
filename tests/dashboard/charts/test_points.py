from __future__ import annotations

import pytest

from dashboard.charts.points import MAXIMUM_PANELS, names_of, panels_of, series_of, shown_series
from pipeline.core.reports import Chart
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import small_answer

pytestmark = pytest.mark.fast

BY_ZONE = Chart("line", "", "hour", ("trips",), series="zone")


def test_without_series_each_column_is_one() -> None:
    chart = Chart("line", "", "hour", ("trips", "fares"))
    assert names_of(series_of(small_answer(), chart)) == ["Trips", "Fares"]


def test_each_value_of_series_is_one_in_each_panel() -> None:
    found = series_of(answer_to("airports"), CHARTS["airports"][0])
    assert names_of(found) == ["From", "To"]
    assert panels_of(found) == ["JFK", "LaGuardia", "Newark"]
    assert len(found) == 6


def test_points_are_in_the_order_of_their_numbers_and_words_in_that_of_the_rows() -> None:
    rows = [("A", 9, 1, None, 0, 0), ("A", 10, 2, None, 0, 0), ("A", 8, 3, None, 0, 0)]
    (by_hour,) = series_of(small_answer(rows), BY_ZONE)
    assert [point.x for point in by_hour.points] == [8, 9, 10]
    words = Chart("bar", "", "zone", ("trips",))
    zones = [("B", 1, 1, None, 0, 0), ("A", 2, 2, None, 0, 0)]
    assert [point.x for point in series_of(small_answer(zones), words)[0].points] == ["B", "A"]


def test_a_point_remembers_its_row() -> None:
    rows = [("A", 9, 1, None, 0, 0), ("A", 8, 3, None, 0, 0)]
    (series,) = series_of(small_answer(rows), BY_ZONE)
    assert [point.row for point in series.points] == [1, 0]


def test_a_place_that_is_null_is_no_place_on_an_axis() -> None:
    rows = [("A", None, 1, None, 0, 0), ("A", 8, 3, None, 0, 0)]
    (series,) = series_of(small_answer(rows), BY_ZONE)
    assert [point.x for point in series.points] == [8]


def test_a_null_counts_only_where_no_row_knows_better() -> None:
    rows = [("A", 8, None, None, 0, 0), ("A", 8, 3, None, 0, 0), ("A", 9, None, None, 0, 0)]
    (series,) = series_of(small_answer(rows), BY_ZONE)
    assert [(point.x, point.y) for point in series.points] == [(8, 3), (9, None)]


def test_there_are_at_most_six_small_charts() -> None:
    rows = [(f"Zone {n}", 8, n, None, 0, 0) for n in range(9)]
    chart = Chart("line", "", "hour", ("trips",), panels="zone")
    assert len(panels_of(shown_series(series_of(small_answer(rows), chart)))) == MAXIMUM_PANELS == 6
