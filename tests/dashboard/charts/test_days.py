from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from dashboard.answers import Answer
from dashboard.charts.bars import bars
from dashboard.charts.days import shows_events, without_events
from dashboard.charts.draw import draw
from pipeline.core.reports import Chart
from tests.dashboard.sample_rows import answer_to, unusual_days
from tests.dashboard.samples import answer_of, daily_rows, shipped_report

pytestmark = pytest.mark.fast


def daily(first: date = date(2015, 6, 1), days: int = 30) -> Answer:
    return answer_of(shipped_report("daily-summary"), daily_rows(first, days))


def layout_of(answer: Answer) -> dict[str, Any]:
    layout: dict[str, Any] = draw(answer, answer.report.charts[0]).to_plotly_json()["layout"]
    return layout


def test_weekends_of_a_month_are_bands() -> None:
    shapes = layout_of(daily())["shapes"]
    assert len(shapes) == 8  # June 2015 has eight days of weekend
    assert shapes[0]["x0"] == "2015-06-05T12:00"
    assert all(shape["layer"] == "below" for shape in shapes)


def test_a_whole_year_has_no_bands() -> None:
    layout = layout_of(daily(date(2015, 1, 1), 365))
    assert not layout.get("shapes")
    assert "Blizzard" in [annotation["text"] for annotation in layout["annotations"]]


def test_the_names_of_a_year_do_not_meet_on_a_phone() -> None:
    rows: dict[float, list[tuple[float, float]]] = {}
    for label in layout_of(daily(date(2015, 1, 1), 365))["annotations"]:
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
    layout = layout_of(daily())
    (event,) = layout["annotations"]
    assert event["text"] == "Pride March"
    assert event["x"] == "2015-06-28"
    highest = max(int(row[1] or 0) for row in daily_rows())
    assert highest < event["ay"] < layout["yaxis"]["range"][1]


def test_names_above_do_not_cut_off_what_lies_below_zero() -> None:
    chart = Chart("bar", "", "pickup_date", ("difference_percent",))
    low, high = draw(answer_to("unusual-days", unusual_days()), chart).layout.yaxis.range
    assert low <= -71.3
    assert high > 17.9


def test_events_can_be_taken_out_and_everything_else_stays() -> None:
    figure = bars(daily(date(2015, 1, 19), 14), daily().report.charts[0])
    assert shows_events(figure)
    figure.add_annotation(text="another", x=0, y=0)
    without = without_events(figure)
    assert not shows_events(without)
    assert [note.text for note in without.layout.annotations] == ["another"]
    assert not shows_events(bars(daily(date(2015, 8, 3), 5), daily().report.charts[0]))
