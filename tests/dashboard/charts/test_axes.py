from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts.axes import days_of, step_of, write_places
from pipeline.core.reports import Column, ColumnType
from pipeline.core.result_pages import Cell

pytestmark = pytest.mark.fast


def written(kind: ColumnType, places: list[Cell], name: str = "x") -> Any:
    figure = go.Figure()
    write_places(figure, Column(name, kind, "X", "dimension"), places)
    return figure.layout.xaxis


def every(days: int, count: int) -> list[Cell]:
    return [(date(2015, 1, 5) + timedelta(days * n)).isoformat() for n in range(count)]


def test_days_are_read_once_and_in_order() -> None:
    days = days_of(["2015-06-02", None, "2015-06-01", "2015-06-02"])
    assert days == [date(2015, 6, 1), date(2015, 6, 2)]
    assert step_of(days) == 1
    assert step_of(days[:1]) == 0


def test_a_single_day_is_a_word() -> None:
    axis = written("date", every(1, 1))
    assert axis.type == "category"
    assert list(axis.ticktext) == ["Mon 5 Jan 2015"]


@pytest.mark.parametrize("count", [2, 7])
def test_a_few_days_have_a_tick_each_and_none_between_them(count: int) -> None:
    axis = written("date", every(1, count))
    assert list(axis.tickvals) == every(1, count)
    assert axis.range[0] == "2015-01-04T12:00:00"


def test_many_days_are_left_to_the_drawing_to_thin_out() -> None:
    axis = written("date", every(1, 365))
    assert axis.tickvals is None
    assert axis.tickformat == "%-d %b"


def test_weeks_are_written_with_the_days_on_which_they_begin_six_at_the_most() -> None:
    axis = written("date", every(7, 52))
    assert axis.tick0 == "2015-01-05"
    weeks = axis.dtick / (7 * 24 * 60 * 60 * 1000)
    assert weeks == 9
    assert 52 / weeks <= 6


def test_months_are_written_by_name() -> None:
    axis = written("date", [date(2015, n, 1).isoformat() for n in range(1, 13)])
    assert axis.tickformat == "%b"
    assert axis.unifiedhovertitle.text == "%{x|%B %Y}"


def test_hours_are_times_of_day() -> None:
    axis = written("integer", list(range(24)), "hour")
    assert list(axis.ticktext) == ["0:00", "6:00", "12:00", "18:00"]
    assert axis.unifiedhovertitle.text == "%{x}:00"
    assert list(written("integer", [7, 13], "hour").range) == [-0.7, 23.7]


def test_a_few_numbers_have_a_tick_each_and_words_are_categories() -> None:
    assert list(written("integer", [1, 2, 6]).tickvals) == [1, 2, 6]
    assert written("integer", list(range(50))).tickvals is None
    assert written("text", ["2", "10"]).type == "category"
