from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from dashboard.comparing import Comparison
from dashboard.links import answer_link, question_link, read_link, write_link
from dashboard.periods import Days
from dashboard.questions import Question
from tests.dashboard.samples import shipped_report

pytestmark = pytest.mark.fast

QUERY_ID = "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11"
OTHER_ID = "7d9b1c64-0c56-4d41-8a43-7c4c5f2b9d10"
JULY = {"topicName": "daily-summary", "startDate": "2015-07-01", "endDate": "2015-07-31"}
REPORTS = (shipped_report("daily-summary"), shipped_report("demand-hour-weekday"))


def test_a_question_survives_the_way_through_an_address() -> None:
    question = Question(
        "demand-hour-weekday", {"startDate": "2015-07-01", "endDate": "2015-07-31", "borough": "Bronx"}
    )
    link = read_link(write_link(question, QUERY_ID), REPORTS)
    assert link.question == question
    assert link.query_id == QUERY_ID
    assert link.complaints == ()


def test_an_address_without_a_report_asks_nothing() -> None:
    link = read_link({}, REPORTS)
    assert (link.question, link.query_id, link.complaints) == (None, None, ())


def test_what_a_link_leaves_out_has_the_reports_default() -> None:
    link = read_link({"topicName": "demand-hour-weekday"}, REPORTS)
    assert link.question is not None
    assert link.question.parameters == {"startDate": "2015-06-01", "endDate": "2015-06-30", "borough": "All"}


def test_a_report_that_has_gone_is_named() -> None:
    link = read_link({"topicName": "old-report"}, REPORTS)
    assert link.question is None
    assert "old-report" in link.complaints[0]
    assert "My queries" not in link.complaints[0]


def test_a_link_to_an_answer_of_a_report_that_has_gone_says_where_the_answer_is() -> None:
    link = read_link({"topicName": "old-report", "queryId": QUERY_ID}, REPORTS)
    assert link.complaints[0].endswith("An answer of it that you have stays in My queries while it is kept.")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"startDate": "2014-07-01"}, ("first day", "2014-07-01")),
        ({"endDate": "2015-02-30"}, ("last day", "2015-02-30")),
        ({"startDate": "'; drop table trips"}, ("first day", "drop table")),
        ({"endDate": "2015-06-01"}, ("last day", "before")),
        ({"grain": "week"}, ("grain", "ignored")),
        ({"endDate": ""}, ("last day is empty", "keeps its usual value")),
    ],
)
def test_a_bad_value_is_named_and_the_form_can_still_be_asked(
    changed: dict[str, str], words: tuple[str, str]
) -> None:
    link = read_link(JULY | changed | {"queryId": QUERY_ID}, REPORTS)
    assert all(word in link.complaints[0] for word in words)
    assert link.query_id is None
    assert link.question is not None
    assert link.question.parameters["startDate"] <= link.question.parameters["endDate"]


def test_a_range_that_is_too_long_is_told_as_that() -> None:
    asked = {"topicName": "trip-list", "startDate": "2015-06-01", "endDate": "2015-06-30"}
    link = read_link(asked, [shipped_report("trip-list")])
    assert link.complaints == ("The link's days cannot be used. Ask for at most 7 days: these are 30.",)
    assert link.question is not None
    assert link.question.parameters["endDate"] == "2015-06-07"


def test_a_day_that_is_none_is_the_only_complaint_and_the_range_is_whole() -> None:
    asked = {"topicName": "daily-summary", "startDate": "2015-02-30", "endDate": "2015-03-01"}
    link = read_link(asked, REPORTS)
    assert len(link.complaints) == 1
    assert link.question is not None
    assert link.question.parameters["startDate"] <= link.question.parameters["endDate"]


@pytest.mark.parametrize(
    "given",
    [
        {"queryId": QUERY_ID},
        {"topicName": "", "queryId": QUERY_ID},
        {"startDate": "2015-05-01", "endDate": "2015-05-31"},
    ],
)
def test_a_link_that_names_no_report_is_ignored_aloud(given: dict[str, str]) -> None:
    link = read_link(given, REPORTS)
    assert (link.question, link.query_id) == (None, None)
    (complaint,) = link.complaints
    assert all(name in complaint for name in given if name != "topicName")
    assert "names no report" in complaint


def test_a_name_that_stands_twice_is_named_with_the_value_that_counts() -> None:
    link = read_link(JULY | {"queryId": QUERY_ID}, REPORTS, ["startDate"])
    assert link.complaints == (
        "The link says startDate more than once: the last value, 2015-07-01, is taken.",
    )
    assert link.query_id is None


def test_an_impossible_answer_is_named_and_the_question_kept() -> None:
    link = read_link(JULY | {"queryId": "../../etc"}, REPORTS)
    assert link.query_id is None
    assert "press Submit" in link.complaints[0]
    assert link.question is not None


def test_a_shared_link_holds_the_question_alone() -> None:
    question = Question("daily-summary", {"startDate": "2015-07-01", "endDate": "2015-07-31"})
    text = question_link("http://localhost:8501/?topicName=x&queryId=y", question)
    assert text == "http://localhost:8501/?topicName=daily-summary&startDate=2015-07-01&endDate=2015-07-31"


def test_the_link_of_an_answer_names_it_and_leads_back_to_it() -> None:
    question = Question("daily-summary", {"startDate": "2015-07-01", "endDate": "2015-07-31"})
    may = Comparison(Days(date(2015, 5, 1), date(2015, 5, 31)), OTHER_ID)
    text = answer_link("http://localhost:8501/", question, QUERY_ID, may)
    link = read_link(dict(parse_qsl(urlsplit(text).query)), REPORTS)
    assert (link.question, link.query_id, link.complaints) == (question, QUERY_ID, ())
    assert (link.compared, link.compared_id) == (may.days, OTHER_ID)


def test_the_link_of_a_question_takes_the_days_to_compare_with_and_no_id() -> None:
    question = Question("daily-summary", {"startDate": "2015-07-01", "endDate": "2015-07-31"})
    may = Comparison(Days(date(2015, 5, 1), date(2015, 5, 31)), OTHER_ID)
    text = question_link("http://localhost:8501/", question, may)
    assert "compare=2015-05-01..2015-05-31" in text
    assert OTHER_ID not in text


def test_an_answer_to_compare_with_that_cannot_exist_is_named() -> None:
    given = JULY | {"queryId": QUERY_ID, "compare": "previous", "compareId": "nonsense"}
    link = read_link(given, REPORTS)
    assert link.query_id is None
    assert "cannot exist" in link.complaints[0]
