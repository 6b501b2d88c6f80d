from __future__ import annotations

from datetime import date

import pytest

from dashboard.answers import Answer
from dashboard.charts.bars import bars
from dashboard.palette import ASPHALT, BLUE, CATEGORICAL, RUST
from pipeline.core.reports import Chart
from tests.dashboard.charts.said import said_by
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to, unusual_days
from tests.dashboard.samples import answer_of, daily_rows, shipped_report, small_answer

pytestmark = pytest.mark.fast

FARES = Chart("bar", "Fares", "zone", ("fares",))
BY_MONTH = CHARTS["about-the-data"][0]


def daily(days: int = 30) -> Answer:
    return answer_of(shipped_report("daily-summary"), daily_rows(days=days))


def test_bars_start_at_zero_and_have_titles_with_the_unit() -> None:
    layout = bars(small_answer(), FARES).layout
    assert layout.yaxis.rangemode == "tozero"
    assert layout.yaxis.title.text == "Fares ($)"
    assert layout.xaxis.title.text == "Zone"


def test_a_missing_value_is_a_gap_and_never_zero() -> None:
    (trace,) = bars(small_answer(), FARES).data
    assert list(trace.y) == [100.10, None]
    assert said_by(trace) == ["JFK<br>Fares: $100.10", "=Midtown*<br>Fares: n/a"]


def test_bars_of_two_measures_stand_side_by_side_and_are_named_above() -> None:
    figure = bars(answer_to("about-the-data"), BY_MONTH)
    assert [trace.name for trace in figure.data] == ["Trips", "Published trips"]
    assert [trace.marker.color for trace in figure.data] == list(CATEGORICAL[:2])
    assert figure.layout.barmode == "group"
    assert figure.layout.showlegend
    assert figure.layout.legend.yanchor == "bottom"


def test_months_are_written_as_months_and_are_no_weekend_and_no_holiday() -> None:
    figure = bars(answer_to("about-the-data"), BY_MONTH)
    assert figure.layout.xaxis.tickformat == "%b"
    assert said_by(figure.data[0])[0] == "January 2015<br>Trips: 11,900,000"
    assert not figure.layout.shapes
    assert not figure.layout.annotations


def test_colours_that_never_meet_have_the_whole_width() -> None:
    chart = Chart("bar", "Tips", "tip_band", ("share_percent",), series="payment")
    cards_and_cash = answer_to("tips", answer_to("tips").records[:13])
    assert bars(cards_and_cash, chart).layout.barmode == "overlay"
    assert bars(answer_to("tips"), chart).layout.barmode == "group"


def test_no_chart_has_more_than_five_hues() -> None:
    rows = [(name, 1, count, "1.00", 0, 0) for count, name in enumerate("abcdefg")]
    chart = Chart("bar", "Trips", "hour", ("trips",), series="zone")
    assert [trace.name for trace in bars(small_answer(rows), chart).data] == ["c", "d", "e", "f", "g"]


def test_what_lies_below_zero_has_another_colour_and_what_has_no_remark_is_grey() -> None:
    answer = answer_to("unusual-days")
    (trace,) = bars(answer, CHARTS["unusual-days"][0]).data
    colour = dict(zip(trace.x, trace.marker.color, strict=True))
    assert colour["2015-01-27"] == RUST
    assert colour["2015-02-14"] == BLUE
    assert colour["2015-01-28"] == ASPHALT
    without = Chart("bar", "", "pickup_date", ("difference_percent",))
    assert set(bars(answer, without).data[0].marker.color) == {BLUE, RUST}


def test_remarks_stand_at_their_bars_above_or_below_and_in_the_place_of_events() -> None:
    figure = bars(answer_to("unusual-days"), CHARTS["unusual-days"][0])
    written = {note.text: note for note in figure.layout.annotations}
    assert written["Blizzard"].x == "2015-01-27"
    assert written["Blizzard"].yanchor == "top"
    assert written["Valentine's Day"].yanchor == "bottom"
    low, high = figure.layout.yaxis.range
    assert low < -71.3
    assert high > 17.9


def test_a_single_day_is_a_bar_and_no_hairline_on_an_axis_of_time() -> None:
    figure = bars(daily(1), daily().report.charts[0])
    assert figure.layout.xaxis.type == "category"
    assert list(figure.layout.xaxis.ticktext) == ["Mon 1 Jun 2015"]


def test_a_row_without_a_value_for_a_bar_that_another_row_knows_is_no_second_bar() -> None:
    rows = [("JFK", 7, 10, None, 0, 0), ("JFK", 8, 10, "5.00", 0, 0), ("JFK", 9, 10, "5.00", 0, 0)]
    (trace,) = bars(small_answer(rows), FARES).data
    assert list(trace.y) == [5.0]


def test_a_year_of_days_has_a_bar_for_each() -> None:
    answer = answer_to("unusual-days", unusual_days(date(2015, 1, 1), 365))
    (trace,) = bars(answer, CHARTS["unusual-days"][0]).data
    assert len(trace.y) == 365
