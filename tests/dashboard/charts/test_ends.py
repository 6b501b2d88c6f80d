from __future__ import annotations

import pytest

from dashboard.charts.lines import lines
from pipeline.core.reports import Chart
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import answer_of, daily_rows, shipped_report

pytestmark = pytest.mark.fast


def test_few_lines_are_named_at_their_end_and_five_by_a_legend() -> None:
    answer = answer_of(shipped_report("daily-summary"), daily_rows())
    names = ("trips", "fare_trips", "distance_trips", "miles", "fares")
    few = lines(answer, Chart("line", "Trips", "pickup_date", names[:4])).layout
    assert {"Trips", "Miles"} <= {note.text for note in few.annotations}
    assert not few.showlegend
    many = lines(answer, Chart("line", "Trips", "pickup_date", names)).layout
    assert many.showlegend


def test_a_single_line_needs_no_name() -> None:
    layout = lines(answer_to("fares-revenue"), CHARTS["fares-revenue"][0]).layout
    assert "Revenue per day" not in {note.text for note in layout.annotations}


def test_long_names_are_folded_and_have_their_room_at_the_right() -> None:
    layout = lines(answer_to("speed-hour"), CHARTS["speed-hour"][1]).layout
    assert {note.text for note in layout.annotations} == {"Monday to<br>Friday", "Saturday and<br>Sunday"}
    assert 80 <= layout.margin.r <= 130


def test_names_of_lines_that_end_together_do_not_lie_on_each_other() -> None:
    shares = {"2015-06-01": (50.0, 30.0, 20.0), "2015-06-08": (0.2, 0.1, 0.0)}
    rows = [
        (day, 7, name, 10, share, 0, None)
        for day in shares
        for name, share in zip("abc", shares[day], strict=True)
    ]
    layout = lines(answer_to("payment-mix", rows), CHARTS["payment-mix"][0]).layout
    pixels = (360 - 80) / 50
    middles = {note.text: note.y * pixels + note.yshift for note in layout.annotations}
    assert middles["a"] - middles["b"] == pytest.approx(19)
    assert middles["b"] - middles["c"] == pytest.approx(19)


def test_in_small_charts_each_has_its_names() -> None:
    layout = lines(answer_to("airports"), CHARTS["airports"][0]).layout
    assert sum(note.text == "To" for note in layout.annotations) == 3
    assert {note.yref for note in layout.annotations if note.text == "From"} == {"y", "y2", "y3"}
