from __future__ import annotations

import pytest

from dashboard.charts.frame import NotDrawable
from dashboard.charts.sentences import NOTHING, chart_sentence
from pipeline.core.reports import Chart
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import answer_of, daily_rows, hourly_rows, shipped_report, small_answer

pytestmark = pytest.mark.fast


def said(topic: str, number: int = 0) -> str:
    return chart_sentence(answer_to(topic), CHARTS[topic][number])


def test_a_chart_of_days_says_its_extremes_with_their_weekday() -> None:
    rows = daily_rows(days=2)
    answer = answer_of(
        shipped_report("daily-summary"),
        [(*rows[0][:1], 451185, *rows[0][2:]), (*rows[1][:1], 348433, *rows[1][2:])],
    )
    assert chart_sentence(answer, answer.report.charts[0]) == (
        "Trips: highest 451,185 on Mon 1 Jun 2015; lowest 348,433 on Tue 2 Jun 2015."
    )


def test_a_heatmap_says_weekday_and_hour() -> None:
    answer = answer_of(shipped_report("demand-hour-weekday"), [(5, "Friday", 19, 268, 67.0, 268)])
    assert chart_sentence(answer, answer.report.charts[0]) == "Trips per such hour: 67 (Friday, 19:00)."
    assert len(hourly_rows()) == 168


def test_values_carry_their_unit_and_null_is_passed_over() -> None:
    fares = chart_sentence(small_answer(), Chart("bar", "Fares", "zone", ("fares",)))
    assert fares == "Fares: $100.10 (JFK)."


def test_each_line_has_its_extremes() -> None:
    assert said("payment-mix") == (
        "Card: highest 62.9% on Mon 18 May 2015; lowest 61.0% on Mon 5 Jan 2015. "
        "Cash: highest 38.4% on Mon 5 Jan 2015; lowest 36.5% on Mon 18 May 2015. "
        "Other: 0.6% everywhere."
    )
    assert said("speed-hour", 1).startswith(
        "Monday to Friday: highest 16.0 mph (4:00); lowest 6.0 mph (16:00)."
    )


def test_lines_of_small_charts_are_said_with_the_chart() -> None:
    assert said("airports").startswith("JFK, From: highest 1,975 (15:00); lowest 180 (3:00). JFK, To: ")


def test_of_very_many_lines_the_extremes_of_all_are_said() -> None:
    rows = [(f"Zone {n}", 8, n, None, 0, 0) for n in range(1, 8)]
    chart = Chart("line", "", "hour", ("trips",), panels="zone", series="hour")
    many = small_answer([*rows, *((name, 9, 1 + int(str(trips)), *rest) for name, _, trips, *rest in rows)])
    assert (
        chart_sentence(many, chart) == "Trips: highest 7 (Zone 6, 9:00, 9:00); lowest 1 (Zone 1, 8:00, 8:00)."
    )


def test_a_month_is_said_as_a_month() -> None:
    assert said("about-the-data").startswith("Trips: highest 11,900,000 in January 2015; lowest ")


def test_a_ranking_says_its_ends_and_numbers_with_what_they_count() -> None:
    assert said("passengers") == "Trips: highest 8,690,000 (Passengers 1); lowest 3 (n/a)."
    bars = Chart("bar", "", "passengers", ("trips",))
    assert chart_sentence(answer_to("passengers"), bars) == (
        "Trips: highest 8,690,000 (Passengers 1); lowest 12 (Passengers 9)."
    )
    assert said("fares-revenue", 1).startswith("What is paid: highest $158,834,875 (Fares); lowest ")


def test_a_histogram_says_its_fullest_bin_and_the_marks() -> None:
    assert said("trip-length") == (
        "Trips: most, 2,082,857, in 1.0 to 1.5 mi; Median 1.71 mi; 90% are below 6.20 mi."
    )


def test_dot_pairs_say_where_they_are_farthest_apart_and_where_closest() -> None:
    assert said("vendors") == (
        "Farthest apart in About 24 hours: Vendor 1 0 per 10,000, Vendor 2 18.31 per 10,000; "
        "closest in No passengers: Vendor 1 0%, Vendor 2 0%."
    )


def test_a_map_says_the_places_of_its_extremes() -> None:
    assert said("zone-map") == (
        "Trips per square mile: highest 4,123 (Upper East Side South); lowest 0 (Newark Airport)."
    )


def test_values_below_zero_have_a_minus() -> None:
    assert said("unusual-days") == (
        "Difference: highest 17.9% on Sat 14 Feb 2015; lowest −71.3% on Tue 27 Jan 2015."
    )


@pytest.mark.parametrize("kind", ["bar", "line", "ranked", "histogram"])
def test_without_a_value_there_is_nothing_to_say(kind: str) -> None:
    assert chart_sentence(small_answer(), Chart(kind, "", "zone", ("zone",))) == NOTHING  # type: ignore[arg-type]  # kinds by name


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(NotDrawable, match="absent"):
        chart_sentence(small_answer(), Chart("bar", "", "zone", ("absent",)))
