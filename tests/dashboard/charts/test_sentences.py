from __future__ import annotations

import pytest

from dashboard.charts.sentences import NOTHING, chart_sentence
from pipeline.core.reports import Chart
from tests.dashboard.samples import answer_of, daily_rows, hourly_rows, shipped_report, small_answer

pytestmark = pytest.mark.fast


def test_a_chart_of_days_says_its_extremes_with_their_weekday() -> None:
    rows = daily_rows(days=2)
    answer = answer_of(
        shipped_report("daily-summary"),
        [(*rows[0][:1], 451185, *rows[0][2:]), (*rows[1][:1], 348433, *rows[1][2:])],
    )
    said = chart_sentence(answer, answer.report.charts[0])
    assert said == "Trips: highest 451,185 on Mon 1 Jun 2015; lowest 348,433 on Tue 2 Jun 2015."


def test_a_heatmap_says_weekday_and_hour() -> None:
    answer = answer_of(shipped_report("demand-hour-weekday"), [(5, "Friday", 19, 268, 67.0, 268)])
    assert chart_sentence(answer, answer.report.charts[0]) == "Trips per such hour: 67 (Friday, 19:00)."
    assert len(hourly_rows()) == 168


def test_values_carry_their_unit_and_null_is_passed_over() -> None:
    said = chart_sentence(small_answer(), Chart("bar", "Fares", "zone", ("fares",)))
    assert said == "Fares: $100.10 (JFK)."


@pytest.mark.parametrize(
    "chart", [Chart("bar", "", "zone", ("zone",)), Chart("bar", "", "zone", ("absent",))]
)
def test_without_a_value_there_is_nothing_to_say(chart: Chart) -> None:
    assert chart_sentence(small_answer(), chart) == NOTHING
