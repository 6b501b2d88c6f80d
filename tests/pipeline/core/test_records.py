from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.core.messages import Accepted, Cancelled, Failed, Finished
from pipeline.core.records import End, deadline_of, ended
from tests.fakes.others import START
from tests.pipeline.builders import OTHER_STATEMENT_ID, QUERY_ID, STATEMENT_ID, finished, query, running

pytestmark = pytest.mark.fast

TWO_SECONDS = timedelta(seconds=2)
DAY = timedelta(hours=24)


def test_a_query_that_runs_is_told_as_accepted() -> None:
    assert query().standing() == Accepted(
        QUERY_ID, "daily-summary", None, START, START + timedelta(seconds=60)
    )
    assert running().standing() == running().accepted()
    assert running().accepted().statement_id == STATEMENT_ID


@pytest.mark.parametrize("state", ["accepted", "running"])
def test_a_query_that_runs_has_no_outcome(state: str) -> None:
    record = query(state=state)
    assert not record.has_ended
    with pytest.raises(ValueError, match="has not ended"):
        record.outcome()


@pytest.mark.parametrize("state", ["finished", "failed", "cancelled"])
def test_the_last_three_states_are_the_end(state: str) -> None:
    assert query(state=state).has_ended


def test_a_finished_query_is_told_with_rows_and_times() -> None:
    at = START + TWO_SECONDS
    assert finished().standing() == Finished(QUERY_ID, "daily-summary", STATEMENT_ID, 30, at, START + DAY)


def test_a_finished_record_without_statement_is_no_outcome() -> None:
    with pytest.raises(ValueError, match="incomplete"):
        finished(statement_id=None).outcome()


@pytest.mark.parametrize(
    ("announced", "until"),
    [
        (START + timedelta(hours=1), START + timedelta(hours=1)),
        (START + timedelta(hours=72), START + DAY),
        (None, START + DAY),
    ],
)
def test_no_result_is_promised_beyond_a_day_after_the_submit(announced: object, until: object) -> None:
    # fact EV-5
    assert finished(result_expires_at=announced).readable_until == until


@pytest.mark.parametrize(("code", "retryable"), [("sql_error", False), ("deadline_exceeded", True)])
def test_a_failed_query_is_told_with_what_its_code_means(code: str, retryable: bool) -> None:
    record = ended(query(), End("failed", START, error_code=code, error_message="Why."))
    assert record.outcome() == Failed(QUERY_ID, "daily-summary", None, code, "Why.", retryable)


def test_a_failed_record_without_a_reason_still_gives_a_sentence() -> None:
    outcome = query(state="failed").outcome()
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.message) == ("internal_error", "The query ended without an answer.")


@pytest.mark.parametrize(
    ("message", "sql_line", "told"),
    [
        ("No such column (line 3).", 101, "No such column (daily-summary.sql, line 103)."),
        ("No such column (line 3).", None, "No such column (line 3)."),
        (None, 101, "The query ended without an answer."),
    ],
)
def test_a_place_in_the_sql_is_told_as_one_in_the_file_where_its_line_is_known(
    message: str | None, sql_line: int | None, told: str
) -> None:
    outcome = query(state="failed", error_message=message, sql_line=sql_line).outcome()
    assert isinstance(outcome, Failed)
    assert outcome.message == told


@pytest.mark.parametrize(("by", "told"), [("user", "user"), ("warehouse", "warehouse"), (None, "warehouse")])
def test_a_cancelled_query_says_by_whom(by: str | None, told: str) -> None:
    outcome = query(state="cancelled", cancelled_by=by).outcome()
    assert isinstance(outcome, Cancelled)
    assert outcome.by == told


def test_an_end_supplies_a_statement_that_the_record_lacks_and_replaces_none() -> None:
    end = End("finished", START, OTHER_STATEMENT_ID)
    assert ended(query(), end).statement_id == OTHER_STATEMENT_ID
    assert ended(running(), end).statement_id == STATEMENT_ID


def test_an_end_is_recorded_whole() -> None:
    until = START + timedelta(hours=1)
    end = End("finished", START + TWO_SECONDS, STATEMENT_ID, rows=7, result_expires_at=until)
    assert ended(running(), end) == running(
        state="finished",
        finished_at=START + TWO_SECONDS,
        rows=7,
        result_expires_at=until,
        expires_at=until + DAY,
    )


def test_the_record_outlives_its_result_by_a_day() -> None:
    assert finished().expires_at == START + TWO_SECONDS + 2 * DAY
    assert ended(query(), End("failed", START)).expires_at == START + 2 * DAY


def test_the_deadline_is_the_shorter_of_the_two() -> None:
    assert deadline_of(START, 60, 900) == START + timedelta(seconds=60)
    assert deadline_of(START, 3600, 900) == START + timedelta(seconds=900)
