from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.deeper import MAXIMUM_ROWS, row_of_click, rows_named, steps
from dashboard.questions import Question
from pipeline.core.reports import Column
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import answer_of, daily_rows, hourly_rows, shipped_report, small_answer

pytestmark = pytest.mark.fast

DAILY, HOURLY = shipped_report("daily-summary"), shipped_report("demand-hour-weekday")
LIST, ZONES = shipped_report("trip-list"), shipped_report("zone-map")
REPORTS = (DAILY, HOURLY, LIST, ZONES)
JUNE = Question("daily-summary", {"startDate": "2015-06-01", "endDate": "2015-06-30"})
ANSWER = answer_of(DAILY, daily_rows())


def labels(question: Question = JUNE, row: int = 4) -> list[str]:
    return [step.label for step in steps(ANSWER, question, row, REPORTS)]


def test_a_day_leads_to_every_report_for_that_day() -> None:
    assert labels() == [
        "Daily summary: 5 June 2015",
        "Demand by hour and weekday: 5 June 2015, Picked up in: All boroughs",
        "List of trips: 5 June 2015, Picked up in: All zones",
        "Map of zones: 5 June 2015, Which end of the trip: Pickup, Show: Trips per square mile",
    ]


def test_the_same_question_is_no_next_one() -> None:
    day = {"startDate": "2015-06-05", "endDate": "2015-06-05"}
    assert "Daily summary: 5 June 2015" not in labels(Question("daily-summary", day))


def test_what_was_asked_is_kept_where_the_next_report_knows_it() -> None:
    asked = Question("tips", {**JUNE.parameters, "borough": "Queens"})
    (step,) = steps(ANSWER, asked, 4, (HOURLY,))
    assert step.question.parameters == {
        "startDate": "2015-06-05",
        "endDate": "2015-06-05",
        "borough": "Queens",
    }


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        (["2015-06-01", "2015-06-08"], ("2015-06-08", "2015-06-14")),
        (["2015-05-01", "2015-06-01"], ("2015-06-01", "2015-06-30")),
        (["2015-12-21", "2015-12-28"], ("2015-12-28", "2015-12-31")),
    ],
    ids=["weeks", "months", "the end of the year"],
)
def test_a_row_of_a_week_or_month_leads_to_its_days(days: list[str], asked: tuple[str, str]) -> None:
    answer = replace(ANSWER, records=tuple((day, *ANSWER.records[0][1:]) for day in days))
    (step,) = steps(answer, JUNE, 1, (HOURLY,))
    assert (step.question.parameters["startDate"], step.question.parameters["endDate"]) == asked


def test_a_zone_leads_to_its_trips_in_as_many_days_as_may_be_listed() -> None:
    columns = (
        Column("zone_id", "integer", "Zone number", "dimension"),
        Column("zone", "text", "Zone", "dimension"),
    )
    answer = replace(small_answer(), columns=columns, records=((132, "JFK Airport"), (None, "Unknown")))
    asked = Question("zone-map", dict(JUNE.parameters))
    (step,) = steps(answer, asked, 0, REPORTS)
    assert step.question == Question(
        "trip-list", {"startDate": "2015-06-01", "endDate": "2015-06-07", "zone": "132"}
    )
    assert steps(answer, asked, 1, REPORTS) == ()


def test_a_number_of_another_column_leads_nowhere() -> None:
    answer = answer_of(HOURLY, hourly_rows())
    assert steps(answer, Question("demand-hour-weekday", dict(JUNE.parameters)), 3, REPORTS) == ()


def test_rows_are_named_by_words_and_not_by_the_numbers_that_stand_for_them() -> None:
    assert rows_named(ANSWER)[4] == "Fri 5 Jun 2015"
    assert rows_named(answer_of(HOURLY, hourly_rows()))[0] == "Monday, 0:00"
    assert all("-73" not in name and "40." not in name for name in rows_named(answer_to("zone-map")).values())


def test_too_many_rows_are_not_offered() -> None:
    rows = daily_rows(days=1) * (MAXIMUM_ROWS + 1)
    assert rows_named(replace(ANSWER, records=tuple(rows))) == {}


@pytest.mark.parametrize(
    ("point", "row"),
    [
        ({"x": "2015-06-05", "customdata": "whatever"}, 4),
        ({"x": 12, "customdata": "Fri 5 Jun 2015: 4,100"}, 4),
        ({"x": 12, "customdata": ["Fri 5 Jun 2015", "4,100"]}, 4),
        ({"x": "2016-01-01"}, None),
        ({}, None),
    ],
)
def test_a_pressed_mark_is_found_by_its_place_or_by_its_name(
    point: dict[str, object], row: int | None
) -> None:
    assert row_of_click([point], ANSWER, rows_named(ANSWER)) == row


def test_of_two_names_the_longer_one_is_meant() -> None:
    records = (("Bay Ridge", 1, 1, "1", 1, 0), ("Bay Ridge East", 1, 1, "1", 1, 0))
    answer = replace(small_answer(), records=records)
    named = {0: "Bay Ridge", 1: "Bay Ridge East"}
    assert row_of_click([{"customdata": "Bay Ridge East<br>Trips: 1"}], answer, named) == 1
