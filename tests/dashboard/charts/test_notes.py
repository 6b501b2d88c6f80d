from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.answers import Answer
from dashboard.charts.days import named_events
from dashboard.charts.notes import chart_note
from pipeline.core.reports import Chart
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import answer_of, daily_rows, shipped_report, small_answer

pytestmark = pytest.mark.fast


def daily(first: date, days: int) -> Answer:
    return answer_of(shipped_report("daily-summary"), daily_rows(first, days))


def test_a_picture_of_everything_needs_no_note() -> None:
    answer = daily(date(2015, 8, 3), 5)
    assert chart_note(answer, answer.report.charts[0]) is None


def test_events_are_told_with_what_the_table_has_of_their_days() -> None:
    answer = daily(date(2015, 1, 19), 14)
    trips = dict(zip(answer.values("pickup_date"), answer.values("trips"), strict=True))
    said = chart_note(answer, answer.report.charts[0]) or ""
    assert f"Blizzard, Tue 27 Jan 2015: {trips['2015-01-27']:,}" in said
    assert said.count("2015: ") == len(named_events([date.fromisoformat(str(day)) for day in trips]))


def test_an_event_on_a_day_without_a_row_is_not_told() -> None:
    answer = daily(date(2015, 1, 19), 14)
    without = tuple(row for row in answer.records if row[0] != "2015-01-27")
    assert "Tue 27 Jan" not in (chart_note(replace(answer, records=without), answer.report.charts[0]) or "")


def test_a_map_says_what_the_symbols_mean_and_what_has_no_place() -> None:
    assert chart_note(answer_to("zone-map"), CHARTS["zone-map"][0]) == (
        "The area of a symbol is Trips per square mile; the largest is Upper East Side South (4,123). "
        "1 row has no place on the map: Unknown (n/a)."
    )


def test_a_ranking_says_how_many_it_leaves_to_the_table() -> None:
    said = chart_note(answer_to("zone-map"), CHARTS["zone-map"][1]) or ""
    assert said.startswith("The 15 largest of 49 are drawn; the table has all.")


def test_a_row_that_stands_for_all_others_is_told_beside_the_ranking() -> None:
    said = chart_note(answer_to("od-flows"), CHARTS["od-flows"][0]) or ""
    assert said.endswith("Not in the ranking: All other journeys (11,234,567).")


def test_remarks_are_told_in_full_for_those_that_found_no_room() -> None:
    said = chart_note(answer_to("unusual-days"), CHARTS["unusual-days"][0]) or ""
    assert "Mon 26 Jan 2015, Blizzard, roads closed; Tue 27 Jan 2015, Blizzard;" in said


def test_a_remark_that_only_names_the_weekday_is_not_said_after_the_weekday() -> None:
    rows = [("2015-03-02", 5, 5.0, 30.0, 1, "Monday"), ("2015-03-03", 5, 5.0, 30.0, 1, "Parade")]
    said = chart_note(answer_to("unusual-days", rows), CHARTS["unusual-days"][0])
    assert said == "Marked: Mon 2 Mar 2015; Tue 3 Mar 2015, Parade."


def test_missing_values_are_counted() -> None:
    fares = Chart("bar", "Fares", "zone", ("fares",))
    assert chart_note(small_answer(), fares) == "1 of 2 values is missing and not drawn."


def test_rows_without_a_place_on_the_axis_are_told() -> None:
    bars = Chart("bar", "", "passengers", ("trips",))
    assert chart_note(answer_to("passengers"), bars) == "1 row has no Passengers and no place: Trips 3."


def test_a_cell_without_a_row_is_counted_too() -> None:
    said = chart_note(answer_to("speed-hour"), CHARTS["speed-hour"][0])
    assert said == "1 of 168 values is missing and not drawn."


def test_a_null_beside_a_row_that_knows_the_value_is_not_missing() -> None:
    assert chart_note(answer_to("speed-hour"), CHARTS["speed-hour"][1]) is None


def test_lines_and_small_charts_that_are_left_out_are_counted() -> None:
    rows = [(f"Zone {n}", 8, n, None, 0, 0) for n in range(9)]
    lines = Chart("line", "", "hour", ("trips",), series="zone")
    assert chart_note(small_answer(rows), lines) == "The 5 largest of 9 are drawn; the table has all."
    panels = Chart("line", "", "hour", ("trips",), panels="zone")
    assert chart_note(small_answer(rows), panels) == "The first 6 of 9 small charts; the table has all."


def test_dots_on_scales_of_their_own_are_explained() -> None:
    said = chart_note(answer_to("vendors"), CHARTS["vendors"][0]) or ""
    assert said.startswith("Dots at one place are alike;")
