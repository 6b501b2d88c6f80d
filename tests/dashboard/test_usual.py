from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.client.model import HistoryItem, QueryView
from dashboard.questions import Question
from dashboard.usual import runs_of, usual
from tests.dashboard.samples import past_query, shipped_report, small_report

pytestmark = pytest.mark.fast

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
REPORT = shipped_report("daily-summary")
JUNE = Question("daily-summary", {"startDate": "2015-06-01", "endDate": "2015-06-30"})


def took(seconds: float, query_id: str = "", **parameters: str) -> HistoryItem:
    return past_query(
        NOW,
        query_id=query_id or f"took {seconds}",
        submitted_at=NOW - timedelta(seconds=seconds),
        parameters={**JUNE.parameters, **parameters},
    )


def thrice(seconds: float) -> list[HistoryItem]:
    return [took(seconds, f"q{number}") for number in range(3)]


def here(seconds: float, query_id: str) -> QueryView:
    pressed = NOW - timedelta(seconds=seconds)
    return QueryView(query_id, JUNE.topic_name, JUNE.parameters, "finished", pressed, ended_at=NOW)


def said(items: Sequence[HistoryItem], *queries: QueryView) -> str:
    return usual(REPORT, JUNE, runs_of(items, queries)).text


def test_the_declaration_says_how_long_until_three_like_it_were_run() -> None:
    assert said([took(8), took(9)]) == f"Usually {REPORT.usual_seconds} s."


def test_ones_own_runs_say_how_long_it_takes() -> None:
    assert said([took(8.04), took(1.21), took(3)]) == "Usually 1.2 s to 8.0 s: your last 3 like this."
    assert said([took(0.01), took(0.02), took(0.5)]) == "Usually up to 0.5 s: your last 3 like this."
    assert said([*thrice(2), took(2)]) == "Usually 2.0 s: your last 4 like this."


def test_the_runs_of_this_page_count_before_the_list_knows_them_and_once_when_it_does() -> None:
    assert said(thrice(2), here(4, "new")) == "Usually 2.0 s to 4.0 s: your last 4 like this."
    assert said(thrice(2), here(4, "q1")) == "Usually 2.0 s: your last 3 like this."


@pytest.mark.parametrize(
    "other",
    [
        replace(here(9, "other"), asked_here=False),
        replace(here(9, "other"), phase="failed"),
        replace(here(9, "other"), ended_at=None),
    ],
    ids=["found, so that its clocks would be two", "no answer", "not ended"],
)
def test_what_gave_no_answer_here_is_no_run(other: QueryView) -> None:
    assert said(thrice(2), other) == "Usually 2.0 s: your last 3 like this."


@pytest.mark.parametrize(
    "other",
    [
        took(99, endDate="2015-12-31"),
        replace(took(99), topic_name="tips"),
        replace(took(99), state="failed"),
        took(99, startDate="nonsense"),
    ],
    ids=["many more days", "another report", "no answer", "no days"],
)
def test_runs_that_are_not_alike_do_not_count(other: HistoryItem) -> None:
    assert said([*thrice(2), other]) == "Usually 2.0 s: your last 3 like this."


@pytest.mark.parametrize(
    ("last_day", "alike"),
    [("2015-06-15", True), ("2015-06-14", False), ("2015-07-30", True), ("2015-07-31", False)],
    ids=["half as many days", "fewer", "twice as many days", "more"],
)
def test_runs_over_half_to_twice_as_many_days_are_alike(last_day: str, *, alike: bool) -> None:
    assert f"your last {4 if alike else 3} like this" in said([*thrice(2), took(2.5, endDate=last_day)])


def test_a_report_without_days_is_like_itself() -> None:
    past = [replace(one, topic_name="small", parameters={}) for one in thrice(2)]
    assert (
        usual(small_report(), Question("small", {}), runs_of(past, ())).text
        == "Usually 2.0 s: your last 3 like this."
    )


def test_it_is_slow_when_the_client_has_asked_where_the_query_stands() -> None:
    assert usual(REPORT, JUNE, ()).slow_after_seconds == 10
    assert usual(replace(REPORT, usual_seconds=5), JUNE, ()).slow_after_seconds == 15


def test_it_is_not_slow_before_it_is_longer_than_ones_own_runs() -> None:
    assert usual(REPORT, JUNE, runs_of([*thrice(2), took(25)], ())).slow_after_seconds == 25


def test_quick_runs_of_ones_own_call_nothing_slow_before_the_client_has_asked() -> None:
    assert usual(REPORT, JUNE, runs_of(thrice(2), ())).slow_after_seconds == 10


def test_of_a_report_that_is_not_there_any_more_nothing_is_said() -> None:
    assert usual(None, JUNE, ()).text == ""
