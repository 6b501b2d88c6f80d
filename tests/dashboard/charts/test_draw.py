from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from dashboard.answers import Answer
from dashboard.charts.draw import draw
from dashboard.charts.frame import CONFIG, NotDrawable
from dashboard.palette import CATEGORICAL
from pipeline.core.reports import Chart
from tests.dashboard.samples import answer_of, daily_rows, hourly_rows, shipped_report, small_answer

pytestmark = pytest.mark.fast


def daily(days: int = 30) -> Answer:
    return answer_of(shipped_report("daily-summary"), daily_rows(days=days))


def hourly() -> Answer:
    return answer_of(shipped_report("demand-hour-weekday"), hourly_rows())


def drawn(answer: Answer, chart: Chart) -> dict[str, Any]:
    figure: dict[str, Any] = draw(answer, chart).to_plotly_json()
    return figure


@pytest.mark.parametrize("topic_name", ["daily-summary", "demand-hour-weekday"])
def test_every_shipped_chart_is_drawn(topic_name: str) -> None:
    answer = daily() if topic_name == "daily-summary" else hourly()
    for chart in answer.report.charts:
        assert draw(answer, chart).data


@pytest.mark.parametrize("kind", ["bar", "histogram", "ranked"])
def test_bars_start_at_zero(kind: Any) -> None:
    layout = drawn(small_answer(), Chart(kind, "Trips", "zone", ("trips",)))["layout"]
    axis = layout["xaxis"] if kind == "ranked" else layout["yaxis"]
    assert axis["rangemode"] == "tozero"


def test_axes_have_a_title_with_the_unit() -> None:
    layout = drawn(small_answer(), Chart("bar", "Fares", "zone", ("fares",)))["layout"]
    assert layout["yaxis"]["title"]["text"] == "Fares ($)"
    assert layout["xaxis"]["title"]["text"] == "Zone"


def test_a_phone_can_scroll_past_every_chart() -> None:
    layout = drawn(daily(), daily().report.charts[0])["layout"]
    assert layout["xaxis"]["fixedrange"]
    assert layout["yaxis"]["fixedrange"]
    assert layout["dragmode"] is False
    assert CONFIG["scrollZoom"] is False
    assert CONFIG["modeBarButtons"] == [["toImage"]]


def test_a_missing_value_is_a_gap_and_never_zero() -> None:
    (trace,) = draw(small_answer(), Chart("bar", "Fares", "zone", ("fares",))).data
    assert list(trace.y) == [100.10, None]
    assert list(trace.customdata) == ["$100.10", "n/a"]


def test_weekends_of_a_month_are_bands() -> None:
    shapes = drawn(daily(), daily().report.charts[0])["layout"]["shapes"]
    assert len(shapes) == 8  # June 2015 has eight days of weekend
    assert shapes[0]["x0"] == "2015-06-05T12:00"
    assert all(shape["layer"] == "below" for shape in shapes)


def test_a_whole_year_has_no_bands() -> None:
    year = answer_of(shipped_report("daily-summary"), daily_rows(date(2015, 1, 1), 365))
    layout = drawn(year, year.report.charts[0])["layout"]
    assert not layout.get("shapes")
    assert "Blizzard" in [annotation["text"] for annotation in layout["annotations"]]


def test_the_names_of_a_year_do_not_meet_on_a_phone() -> None:
    year = answer_of(shipped_report("daily-summary"), daily_rows(date(2015, 1, 1), 365))
    labels = drawn(year, year.report.charts[0])["layout"]["annotations"]
    rows: dict[float, list[tuple[float, float]]] = {}
    for label in labels:
        rows.setdefault(label["ay"], []).append(span_on_a_phone(label))
    assert len(rows) == 2
    for spans in rows.values():
        assert all(left[1] < right[0] for left, right in pairwise(sorted(spans)))


def span_on_a_phone(label: dict[str, Any]) -> tuple[float, float]:
    """Where a name begins and ends, in pixels of an axis of 275; a letter is about 6 wide."""
    middle = 275 * (date.fromisoformat(label["x"]) - date(2015, 1, 1)).days / 365
    width = 6 * len(label["text"])
    start = middle - width * {"left": 0.0, "center": 0.5, "right": 1.0}[label["xanchor"]]
    return start, start + width


def test_events_are_named_above_the_data_and_fit_in() -> None:
    layout = drawn(daily(), daily().report.charts[0])["layout"]
    (event,) = layout["annotations"]
    assert event["text"] == "Pride March"
    assert event["x"] == "2015-06-28"
    highest = max(int(row[1] or 0) for row in daily_rows())
    assert highest < event["ay"] < layout["yaxis"]["range"][1]


def test_lines_differ_in_dash_as_well_as_in_colour() -> None:
    chart = Chart("line", "Trips", "pickup_date", ("trips", "fare_trips", "distance_trips"))
    traces = draw(daily(), chart).data
    assert len({trace.line.dash for trace in traces}) == 3
    assert [trace.line.color for trace in traces] == list(CATEGORICAL[:3])


def test_few_lines_are_named_at_their_end_and_many_by_a_legend() -> None:
    names = ("trips", "fare_trips", "distance_trips", "miles")
    few = drawn(daily(), Chart("line", "Trips", "pickup_date", names[:2]))["layout"]
    assert {"Trips", "Trips with a believable fare"} <= {a["text"] for a in few["annotations"]}
    assert not few["showlegend"]
    many = drawn(daily(), Chart("line", "Trips", "pickup_date", names))["layout"]
    assert many["showlegend"]


def test_no_chart_has_more_than_five_hues() -> None:
    names = ("trips", "fare_trips", "distance_trips", "miles", "fares", "revenue")
    assert len(draw(daily(), Chart("bar", "All", "pickup_date", names)).data) == 5


def test_ranked_bars_lie_with_the_largest_first() -> None:
    (trace,) = draw(small_answer(), Chart("ranked", "Trips", "zone", ("trips",))).data
    assert list(trace.x) == [26, 10]
    assert list(trace.y) == ["=Midtown*", "JFK"]
    assert trace.orientation == "h"


def test_ranked_bars_leave_rows_without_a_value_to_the_table() -> None:
    (trace,) = draw(small_answer(), Chart("ranked", "Fares", "zone", ("fares",))).data
    assert list(trace.y) == ["JFK"]


def test_a_heatmap_has_a_row_per_weekday_from_monday_down() -> None:
    figure = draw(hourly(), hourly().report.charts[0])
    (trace,) = figure.data
    assert next(iter(trace.y)) == "Monday"
    assert list(trace.x)[19] == "19:00"
    assert (len(trace.z), len(trace.z[0])) == (7, 24)
    assert figure.layout.yaxis.autorange == "reversed"
    assert trace.z[4][19] == next(row[4] for row in hourly_rows() if row[0] == 5 and row[2] == 19)


def test_a_heatmap_without_a_row_for_a_cell_leaves_it_empty() -> None:
    rows = [row for row in hourly_rows() if row[2] != 2 or row[0] != 7]
    answer = answer_of(shipped_report("demand-hour-weekday"), rows)
    (trace,) = draw(answer, answer.report.charts[0]).data
    assert trace.z[6][2] is None
    assert trace.text[6][2] == "n/a"


def test_a_heatmaps_hours_are_in_order_whatever_the_rows_are() -> None:
    answer = answer_of(shipped_report("demand-hour-weekday"), hourly_rows()[5:])
    (trace,) = draw(answer, answer.report.charts[0]).data
    assert list(trace.x) == [f"{hour}:00" for hour in range(24)]


@pytest.mark.parametrize("kind", ["map", "dumbbell"])
def test_a_kind_without_a_drawing_says_where_the_rows_are(kind: Any) -> None:
    with pytest.raises(NotDrawable, match="table"):
        draw(small_answer(), Chart(kind, "Trips", "zone", ("trips",)))


def test_a_chart_of_a_column_that_is_not_there_says_so() -> None:
    answer = replace(small_answer(), columns=small_answer().columns[1:], records=())
    with pytest.raises(NotDrawable, match="zone"):
        draw(answer, Chart("bar", "Trips", "zone", ("trips",)))
