from __future__ import annotations

import pytest

from dashboard.charts.dumbbell import OWN_SCALE, dumbbell, pairs_of
from pipeline.core.reports import Chart
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import small_answer

pytestmark = pytest.mark.fast

VENDORS = CHARTS["vendors"][0]
PLAIN = Chart("dumbbell", "Trips and control", "zone", ("trips", "control_trips"))


def test_each_row_stands_on_its_own_scale_where_units_differ_and_the_axis_says_so() -> None:
    figure = dumbbell(answer_to("vendors"), VENDORS)
    _, first, second = figure.data
    assert figure.layout.xaxis.title.text == "<br>".join(OWN_SCALE)
    assert list(zip(first.x, second.x, strict=True))[:2] == [
        (pytest.approx(100 * 47.53 / 52.47), 100),
        (pytest.approx(100 * 12.71 / 12.93), 100),
    ]
    assert figure.layout.yaxis.ticktext[0] == "Share of trips"


def test_values_are_told_with_the_unit_of_their_row() -> None:
    texts = {pair.name: pair.texts for pair in pairs_of(answer_to("vendors"), VENDORS)}
    assert texts["Fare per trip"] == ("$12.71", "$12.93")
    assert texts["Speed"] == ("11.3 mph", "11.4 mph")
    assert texts["About 24 hours"] == ("0 per 10,000", "18.31 per 10,000")
    assert texts["Passengers per trip"] == ("1.25", "2.07")


def test_the_dots_of_a_row_are_joined_and_differ_in_form_so_that_both_are_seen() -> None:
    joints, first, second = dumbbell(answer_to("vendors"), VENDORS).data
    assert list(joints.x[:3]) == [first.x[0], second.x[0], None]
    assert first.marker.symbol != second.marker.symbol
    assert first.marker.size > second.marker.size


def test_two_zeros_lie_on_each_other_and_a_missing_value_has_no_dot() -> None:
    pairs = {pair.name: pair.places for pair in pairs_of(answer_to("vendors"), VENDORS)}
    assert [pairs[name] for name in ("No passengers", "Tip on card payments")] == [(0, 0), (None, 100)]


def test_a_row_without_both_values_is_left_out() -> None:
    rows = [(1, "Speed", "mph", None, None, None), (2, "Fare per trip", "$", 1.0, 2.0, None)]
    figure = dumbbell(answer_to("vendors", rows), VENDORS)
    assert list(figure.layout.yaxis.ticktext) == ["Fare per trip"]


def test_negative_values_keep_their_side() -> None:
    rows = [(1, "Change", "%", -4.0, 2.0, None)]
    figure = dumbbell(answer_to("vendors", rows), VENDORS)
    assert [trace.x[0] for trace in figure.data[1:]] == [-100, 50]
    assert figure.layout.xaxis.range[0] < -100


def test_rows_of_one_unit_share_a_plain_axis() -> None:
    figure = dumbbell(small_answer(), PLAIN)
    assert list(figure.data[1].x) == [10, 26]
    assert figure.layout.xaxis.title.text == "Trips and control"
    assert figure.layout.xaxis.rangemode == "tozero"
