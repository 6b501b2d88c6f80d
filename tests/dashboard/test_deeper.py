from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.deeper import MAXIMUM_ROWS, leads, row_of_click, rows_of, steps
from dashboard.questions import Question
from pipeline.core.reports import Column
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import (
    answer_of,
    daily_rows,
    hourly_rows,
    shipped_report,
    shipped_topics,
    small_answer,
)

pytestmark = pytest.mark.fast

DAILY, HOURLY = shipped_report("daily-summary"), shipped_report("demand-hour-weekday")
LIST, ZONES = shipped_report("trip-list"), shipped_report("zone-map")
REPORTS = (DAILY, HOURLY, LIST, ZONES)
JUNE = Question("daily-summary", {"startDate": "2015-06-01", "endDate": "2015-06-30"})
ANSWER = answer_of(DAILY, daily_rows())


def labels(question: Question = JUNE, row: int = 4) -> list[str]:
    return [step.label for step in steps(rows_of(ANSWER)[row], question, REPORTS)]


def test_a_day_leads_to_every_report_for_that_day_and_first_to_its_hours() -> None:
    assert labels() == [
        "Demand by hour and weekday: 5 June 2015, Picked up in: All boroughs",
        "Daily summary: 5 June 2015",
        "List of trips: 5 June 2015, Picked up in: All zones",
        "Map of zones: 5 June 2015, Which end of the trip: Pickup, Show: Trips per square mile",
    ]


def test_of_all_shipped_reports_those_of_all_trips_by_hour_come_first_and_airports_as_ever() -> None:
    reports = [shipped_report(topic) for topic in shipped_topics()]
    found = [step.report.topic_name for step in steps(rows_of(ANSWER)[4], JUNE, reports)]
    assert found[:2] == ["demand-hour-weekday", "speed-hour"]
    assert found[2:] == sorted(found[2:])


def test_a_month_leads_to_the_reports_in_their_own_order() -> None:
    days = ["2015-05-01", "2015-06-01"]
    answer = replace(ANSWER, records=tuple((day, *ANSWER.records[0][1:]) for day in days))
    found = steps(rows_of(answer)[0], JUNE, REPORTS)
    assert [step.report for step in found] == list(REPORTS)


def test_the_same_question_is_no_next_one() -> None:
    day = {"startDate": "2015-06-05", "endDate": "2015-06-05"}
    assert "Daily summary: 5 June 2015" not in labels(Question("daily-summary", day))


def test_what_was_asked_is_kept_where_the_next_report_knows_it() -> None:
    asked = Question("tips", {**JUNE.parameters, "borough": "Queens"})
    (step,) = steps(rows_of(ANSWER)[4], asked, (HOURLY,))
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
    (step,) = steps(rows_of(answer)[1], JUNE, (HOURLY,))
    assert (step.question.parameters["startDate"], step.question.parameters["endDate"]) == asked


def test_a_zone_leads_to_its_trips_in_as_many_days_as_may_be_listed() -> None:
    columns = (
        Column("zone_id", "integer", "Zone number", "dimension"),
        Column("zone", "text", "Zone", "dimension"),
    )
    answer = replace(small_answer(), columns=columns, records=((132, "JFK Airport"), (None, "Unknown")))
    asked = Question("zone-map", dict(JUNE.parameters))
    zone, unknown = rows_of(answer).values()
    (step,) = steps(zone, asked, REPORTS)
    assert leads(zone, asked, REPORTS)
    assert step.question == Question(
        "trip-list", {"startDate": "2015-06-01", "endDate": "2015-06-07", "zone": "132"}
    )
    assert steps(unknown, asked, REPORTS) == ()
    assert not leads(unknown, asked, REPORTS)


def test_a_number_of_another_column_leads_nowhere() -> None:
    answer = answer_of(HOURLY, hourly_rows())
    asked = Question("demand-hour-weekday", dict(JUNE.parameters))
    assert steps(rows_of(answer)[3], asked, REPORTS) == ()


def test_rows_are_named_by_words_and_not_by_the_numbers_that_stand_for_them() -> None:
    assert rows_of(ANSWER)[4].name == "Fri 5 Jun 2015"
    assert rows_of(answer_of(HOURLY, hourly_rows()))[0].name == "Monday, 0:00"
    names = [row.name for row in rows_of(answer_to("zone-map")).values()]
    assert all("-73" not in name and "40." not in name for name in names)


def test_too_many_rows_are_not_offered() -> None:
    rows = daily_rows(days=1) * (MAXIMUM_ROWS + 1)
    assert rows_of(replace(ANSWER, records=tuple(rows))) == {}


def test_a_row_is_not_named_by_what_it_lacks_nor_by_the_unit_of_its_values() -> None:
    columns = (
        Column("zone", "text", "Zone", "dimension"),
        Column("event", "text", "Event", "dimension"),
        Column("unit", "text", "Unit", "dimension"),
        Column("value", "double", "Value", "measure", unit_from="unit"),
    )
    records = (("Corona", None, "$", 1.0), ("Midtown", "Parade", "", 2.0), (None, "", "", 3.0))
    rows = rows_of(replace(small_answer(), columns=columns, records=records))
    assert [row.name for row in rows.values()] == ["Corona", "Midtown, Parade", "n/a"]


def test_a_pressed_mark_leads_to_the_row_whose_number_it_carries_and_to_no_other() -> None:
    rows = {4: rows_of(ANSWER)[4], 5: rows_of(ANSWER)[5]}
    unknown: list[dict[str, object]] = [{}, {"customdata": ["Fri 5 Jun 2015", None], "x": "2015-06-05"}]
    assert row_of_click(unknown, rows) is None
    assert row_of_click([*unknown, {"customdata": ["whatever", 5]}], rows) == rows[5]
    assert row_of_click([{"customdata": ["Fri 5 Jun 2015", 6]}], rows) is None
