from __future__ import annotations

import pytest

from dashboard.charts.ranked import ranked
from pipeline.core.reports import Chart
from tests.dashboard.charts.said import said_by
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import small_answer

pytestmark = pytest.mark.fast

TRIPS = Chart("ranked", "Trips", "zone", ("trips",))


def test_bars_lie_with_the_largest_on_top_and_their_values_beside_them() -> None:
    figure = ranked(small_answer(), TRIPS)
    (trace,) = figure.data
    assert list(trace.x) == [26, 10]
    assert list(figure.layout.yaxis.ticktext) == ["=Midtown*", "JFK"]
    assert list(trace.text) == ["26", "10"]
    assert trace.orientation == "h"
    top, bottom = figure.layout.yaxis.range[::-1]
    assert top < bottom


def test_bars_start_at_zero_and_leave_room_for_the_value_however_long_it_is() -> None:
    low, high = ranked(small_answer(), TRIPS).layout.xaxis.range
    assert low == 0
    assert high > 26 * 1.05
    long = ranked(small_answer([("JFK", 7, 12_345_678, "1.00", 0, 0)]), TRIPS).layout.xaxis.range
    assert long[1] > 12_345_678 * 1.4


def test_bars_below_zero_lie_on_the_other_side() -> None:
    low, high = ranked(small_answer([("JFK", 7, -10, "1.00", 0, 0)]), TRIPS).layout.xaxis.range
    assert low < -10
    assert high == 0


def test_rows_without_a_value_are_left_to_the_table() -> None:
    (trace,) = ranked(small_answer(), Chart("ranked", "Fares", "zone", ("fares",))).data
    assert said_by(trace) == ["JFK: $100.10"]
    assert list(trace.text) == ["$100.10"]


def test_the_fifteen_largest_are_drawn() -> None:
    (trace,) = ranked(answer_to("zone-map"), CHARTS["zone-map"][1]).data
    assert len(trace.x) == 15
    assert list(trace.x) == sorted(trace.x, reverse=True)


def test_several_columns_are_one_bar_each_for_their_total() -> None:
    figure = ranked(answer_to("fares-revenue"), CHARTS["fares-revenue"][1])
    (trace,) = figure.data
    assert said_by(trace)[0].startswith("Fares: $")
    assert len(trace.x) == 6
    assert trace.text[0].startswith("$")
    assert figure.layout.xaxis.title.text == "$"


def test_a_row_that_is_named_but_stands_for_all_others_does_not_dwarf_the_ranking() -> None:
    (trace,) = ranked(answer_to("od-flows"), CHARTS["od-flows"][0]).data
    assert not any("All other journeys" in said for said in said_by(trace))
    assert trace.x[0] == 40_000


def test_a_category_that_is_null_is_a_bar_all_the_same() -> None:
    figure = ranked(answer_to("passengers"), CHARTS["passengers"][0])
    assert figure.layout.yaxis.ticktext[0] == "1"
    assert "n/a" in figure.layout.yaxis.ticktext


def test_two_rows_of_one_name_are_two_bars() -> None:
    rows = [("Corona", 7, 10, "1.00", 0, 0), ("Corona", 7, 8, "1.00", 0, 0)]
    figure = ranked(small_answer(rows), TRIPS)
    assert list(figure.data[0].y) == [0, 1]
    assert list(figure.layout.yaxis.ticktext) == ["Corona", "Corona"]


def test_rows_are_as_high_as_the_longest_name_needs() -> None:
    def height(name: str) -> int:
        rows = [(f"{name}{n}", 7, 10, "1.00", 0, 0) for n in range(10)]
        return int(ranked(small_answer(rows), TRIPS).layout.height)

    assert height("Upper East Side South to Upper East Side North and on to ") > height("JFK")


def test_a_small_share_is_not_written_as_nothing() -> None:
    (trace,) = ranked(answer_to("data-quality"), CHARTS["data-quality"][0]).data
    assert "Check number 4: 0.003%" in said_by(trace)
