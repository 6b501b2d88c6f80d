from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.core.records import QueryRecord
from pipeline.core.repair import needs_check, repair
from pipeline.core.statement_ends import Description
from tests.fakes.others import START
from tests.pipeline.builders import STATEMENT_ID, finished, query, running

pytestmark = pytest.mark.fast

SHORT = {"deadline": START + timedelta(seconds=5)}


def after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def described(state: str) -> Description:
    return Description(state, 30, "relation does not exist", START + after(3))


@pytest.mark.parametrize(
    ("record", "seconds", "needed"),
    [
        (running(), 10, False),
        (running(), 10.001, True),
        (query(), 10.001, True),
        (running(**SHORT), 5, False),
        (running(**SHORT), 5.001, True),
        (finished(), 3600, False),
    ],
)
def test_a_query_is_asked_after_when_silent_for_ten_seconds_or_overdue(
    record: QueryRecord, seconds: float, needed: bool
) -> None:
    assert needs_check(record, START + after(seconds)) is needed


@pytest.mark.parametrize(
    ("state", "end"), [("FINISHED", "finished"), ("FAILED", "failed"), ("ABORTED", "cancelled")]
)
def test_a_silent_query_is_moved_by_what_the_warehouse_says(state: str, end: str) -> None:
    move = repair(running(), described(state), START + after(20))
    assert move is not None
    assert (move.state, move.statement_id, move.at) == (end, STATEMENT_ID, START + after(3))


@pytest.mark.parametrize("description", [described("STARTED"), described("UNKNOWN"), None])
def test_a_query_that_runs_within_its_deadline_is_left_alone(description: Description | None) -> None:
    assert repair(running(), description, START + after(60)) is None


@pytest.mark.parametrize("description", [described("STARTED"), None])
def test_an_overdue_statement_ends_as_over_its_deadline(description: Description | None) -> None:
    move = repair(running(), description, START + after(60.001))
    assert move is not None
    assert (move.state, move.error_code, move.statement_id) == ("failed", "deadline_exceeded", STATEMENT_ID)
    assert move.error_message == ("Stopped after 60 s, the limit of this report. Fewer days usually finish.")


def test_a_statement_that_ended_in_time_wins_over_the_deadline() -> None:
    move = repair(running(), described("FINISHED"), START + after(3600))
    assert move is not None
    assert move.state == "finished"


def test_an_overdue_query_without_statement_ends_as_not_started() -> None:
    move = repair(query(), None, START + after(60.001))
    assert move is not None
    assert (move.state, move.error_code, move.statement_id) == ("failed", "not_started", None)
    assert move.error_message == "The warehouse did not start this query in time. Try again."


def test_an_ended_query_is_never_moved_again() -> None:
    assert repair(finished(), described("FAILED"), START + after(3600)) is None
