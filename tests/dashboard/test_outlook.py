from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.client.model import HistoryItem, QueryView
from dashboard.outlook import kept_answer, past_of_history, past_of_page, places_text
from dashboard.questions import Question
from pipeline.core.messages import Error, Finished
from tests.dashboard.samples import DATA, daily_rows, pages_of, past_query, shipped_report

pytestmark = pytest.mark.fast

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
REPORT = shipped_report("daily-summary")
JUNE = Question("daily-summary", {"startDate": "2015-06-01", "endDate": "2015-06-30"})
ITEM = past_query(
    NOW - timedelta(hours=2) + timedelta(seconds=3),
    query_id="q1",
    submitted_at=NOW - timedelta(hours=2),
    result_expires_at=NOW + timedelta(hours=22),
    report_version=REPORT.version,
    data_version=DATA.version,
)


def took(seconds: float, **parameters: str) -> HistoryItem:
    return replace(
        ITEM,
        finished_at=ITEM.submitted_at + timedelta(seconds=seconds),
        parameters={**JUNE.parameters, **parameters},
    )


def kept(*items: HistoryItem, question: Question = JUNE, version: str = DATA.version) -> str | None:
    answer = kept_answer(REPORT, question, version, past_of_history(items), NOW)
    return answer.query_id if answer else None


def test_the_newest_answer_to_the_same_question_is_offered() -> None:
    newer = replace(ITEM, query_id="q2", finished_at=NOW - timedelta(hours=1))
    assert kept(ITEM, newer) == "q2"


@pytest.mark.parametrize(
    "changes",
    [
        {"parameters": {**JUNE.parameters, "endDate": "2015-06-29"}},
        {"topic_name": "tips"},
        {"report_version": "older"},
        {"data_version": "older"},
        {"result_expires_at": NOW},
        {"result_expires_at": None},
        {"finished_at": None},
    ],
)
def test_another_question_report_data_or_an_answer_that_is_gone_is_not_offered(
    changes: dict[str, object],
) -> None:
    assert kept(replace(ITEM, **changes)) is None  # type: ignore[arg-type]  # the case says which field


def test_when_other_data_is_loaded_nothing_old_is_offered() -> None:
    assert kept(ITEM, version="2015-tlc") is None


def test_how_many_more_can_run_is_said_while_some_run() -> None:
    running = [QueryView(f"q{n}", "daily-summary", {}, "running", NOW) for n in range(5)]
    ended = QueryView("q9", "daily-summary", {}, "finished", NOW, ended_at=NOW)
    elsewhere = replace(ITEM, query_id="elsewhere", state="running")
    known_here = replace(ITEM, query_id="q9", state="running")
    assert places_text(5, [], []) is None
    assert places_text(None, running, []) is None
    assert places_text(5, [running[0], ended], [known_here]) == "1 of your queries is running; 4 more can."
    assert places_text(5, running[:2], [elsewhere]) == "3 of your queries are running; 2 more can."
    assert places_text(5, running, []) == (
        "5 of your queries are running, the most you can have. Cancel one, or wait."
    )


def test_a_query_that_was_told_to_wait_does_not_run() -> None:
    running = [QueryView(f"q{n}", "tips", {}, "running", NOW) for n in range(5)]
    full = Error("run", "q5", "too_many_queries", None, "Five run.", retryable=True)
    told = QueryView("q5", "tips", {}, "sending", NOW, outcome=full)
    assert places_text(5, [*running, told], []) == (
        "5 of your queries are running, the most you can have. 1 waits for a place. Cancel one, or wait."
    )


def test_a_query_that_is_looked_for_is_not_called_running() -> None:
    found = QueryView("q1", "daily-summary", {}, "running", NOW, asked_here=False)
    assert places_text(5, [found], [replace(ITEM, query_id="q1", state="running")]) is None
    known = replace(found, accepted_at=NOW)
    assert places_text(5, [known], []) == "1 of your queries is running; 4 more can."


def test_what_runs_for_a_comparison_has_no_card_and_is_told_apart() -> None:
    running = [QueryView(f"q{n}", "daily-summary", {}, "running", NOW) for n in range(5)]
    assert places_text(5, running[:2], [], {"q1", "q9"}) == (
        "2 of your queries are running, 1 of them for a comparison; 3 more can."
    )
    assert places_text(5, running[:1], [], {"q0"}) == (
        "1 of your queries is running, for a comparison; 4 more can."
    )
    assert places_text(5, running, [], {"q1", "q2"}) == (
        "5 of your queries are running, 2 of them for comparisons, the most you can have. Cancel one, or wait."
    )


def test_an_answer_of_this_page_is_offered_too() -> None:
    end = Finished("q3", "daily-summary", "s3", 30, NOW, NOW + timedelta(hours=24))
    query = QueryView("q3", "daily-summary", JUNE.parameters, "finished", NOW, outcome=end)
    past = past_of_page(query, pages_of(REPORT, daily_rows())[0])
    assert past is not None
    assert kept_answer(REPORT, JUNE, DATA.version, [past], NOW) == past
    assert past_of_page(replace(query, outcome=None), pages_of(REPORT, daily_rows())[0]) is None
