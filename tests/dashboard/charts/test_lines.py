from __future__ import annotations

from datetime import date

import pytest

from dashboard.answers import Answer
from dashboard.charts.lines import lines
from dashboard.palette import CATEGORICAL
from pipeline.core.reports import Chart
from tests.dashboard.charts.said import said_by
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to, fares_revenue
from tests.dashboard.samples import answer_of, daily_rows, shipped_report

pytestmark = pytest.mark.fast

REVENUE = CHARTS["fares-revenue"][0]
SPEED = CHARTS["speed-hour"][1]


def daily() -> Answer:
    return answer_of(shipped_report("daily-summary"), daily_rows())


def test_lines_differ_in_dash_as_well_as_in_colour_and_have_a_mark_at_each_point() -> None:
    chart = Chart("line", "Trips", "pickup_date", ("trips", "fare_trips", "distance_trips"))
    traces = lines(daily(), chart).data
    assert len({trace.line.dash for trace in traces}) == 3
    assert [trace.line.color for trace in traces] == list(CATEGORICAL[:3])
    assert {trace.mode for trace in traces} == {"lines+markers"}


def test_a_missing_day_is_a_gap_and_a_missing_week_too() -> None:
    rows = [row for row in fares_revenue() if row[0] != "2015-06-10"]
    (trace,) = lines(answer_to("fares-revenue", rows), REVENUE).data
    assert dict(zip(trace.x, trace.y, strict=True))["2015-06-10"] is None
    assert not trace.connectgaps

    card = lines(answer_to("payment-mix"), CHARTS["payment-mix"][0]).data[0]
    known = dict(zip(card.x, card.y, strict=True))
    assert known["2015-03-09"] is None  # the week of the sample that has no trips
    assert list(card.y).count(None) == 1


def test_months_have_no_gaps_although_their_lengths_differ() -> None:
    rows = [(date(2015, n, 1).isoformat(), *fares_revenue(days=1)[0][1:]) for n in range(1, 13)]
    (trace,) = lines(answer_to("fares-revenue", rows), REVENUE).data
    assert None not in trace.y


def test_a_missing_hour_is_a_gap() -> None:
    rows = [row for row in answer_to("airports").records if row[2] != 5]
    trace = lines(answer_to("airports", rows), CHARTS["airports"][0]).data[0]
    assert dict(zip(trace.x, trace.y, strict=True))[5] is None
    few = [row for row in answer_to("airports").records if row[2] in {7, 13, 19}]
    assert list(lines(answer_to("airports", few), CHARTS["airports"][0]).data[0].y).count(None) == 2


def test_the_values_of_series_are_lines() -> None:
    traces = lines(answer_to("payment-mix"), CHARTS["payment-mix"][0]).data
    assert [trace.name for trace in traces] == ["Card", "Cash", "Other"]
    assert said_by(traces[0])[0] == "Card: 61.0%"


def test_each_value_of_panels_is_a_small_chart_with_the_same_axes_and_colours() -> None:
    figure = lines(answer_to("airports"), CHARTS["airports"][0])
    titles = [note.text for note in figure.layout.annotations if note.text in {"JFK", "LaGuardia", "Newark"}]
    assert titles == ["JFK", "LaGuardia", "Newark"]
    assert {(trace.name, trace.yaxis, trace.line.color) for trace in figure.data} == {
        (name, axis, colour)
        for axis in ("y", "y2", "y3")
        for name, colour in (("From", CATEGORICAL[0]), ("To", CATEGORICAL[1]))
    }
    ranges = {figure.layout[axis].range for axis in ("yaxis", "yaxis2", "yaxis3")}
    ((low, high),) = ranges
    assert low < 0
    assert high > 2414
    assert figure.layout.xaxis3.title.text == "Hour"
    assert not figure.layout.xaxis.title.text


def test_points_that_repeat_in_each_row_are_drawn_once_and_in_order() -> None:
    rows = [row for row in answer_to("speed-hour").records if (row[0], row[2]) != (1, 3)]
    weekdays, weekend = lines(answer_to("speed-hour", rows), SPEED).data
    assert list(weekdays.x) == list(weekend.x) == list(range(24))
    assert None not in weekdays.y


def test_hours_are_written_as_times() -> None:
    axis = lines(answer_to("speed-hour"), SPEED).layout.xaxis
    assert axis.ticktext[1] == "6:00"
    assert axis.tickvals[1] == 6


def test_a_single_point_can_be_seen() -> None:
    (trace,) = lines(answer_to("fares-revenue", fares_revenue(days=1)), REVENUE).data
    assert "markers" in trace.mode
    assert trace.marker.size > 5


def test_the_axes_say_what_is_measured_and_several_measures_share_their_unit() -> None:
    assert lines(answer_to("speed-hour"), SPEED).layout.yaxis.title.text == "mph"
    assert lines(answer_to("fares-revenue"), REVENUE).layout.yaxis.title.text == "Revenue per day ($)"


def test_of_more_than_five_lines_the_largest_are_drawn() -> None:
    rows = [
        (f"2015-06-0{day}", 7, name, 10, float(share), 0, None)
        for day in (1, 2)
        for share, name in enumerate("abcdefg", 1)
    ]
    traces = lines(answer_to("payment-mix", rows), CHARTS["payment-mix"][0]).data
    assert [trace.name for trace in traces] == ["c", "d", "e", "f", "g"]
