"""What a reader must mend, and what he may leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.fakes.others import START
from tests.pipeline.builders import OWNER, STATEMENT_ID
from tests.simulation.broken import (
    BROKEN,
    CREATED,
    KEY,
    LINE,
    OVERDUE,
    PRESSED,
    RECORDED,
    RUNNING,
    STARTED,
    answered,
    history,
    violated,
)
from tests.simulation.facts import Began, Called, Finished, StatementEnded, Wrote

pytestmark = pytest.mark.fast


def test_a_reader_whom_the_warehouse_gives_no_answer_is_excused() -> None:
    busy = Called(20, 3, "list_queries", "warehouse.describe", "before")
    assert violated(history(*BROKEN["unhealed"].facts, busy)) == []
    answers = busy._replace(moment="")
    assert violated(history(*BROKEN["unhealed"].facts, answers)) == ["unhealed"]


def test_a_query_is_silent_after_ten_seconds() -> None:
    early = [fact._replace(at=10) if type(fact) is Began else fact for fact in BROKEN["unhealed"].facts]
    assert violated(history(*early)) == []


@pytest.mark.parametrize(
    ("handler", "subject", "status", "body"),
    [
        ("get_results", OWNER, 202, {"queryId": RECORDED.query_id, "state": "running"}),
        ("list_queries", OWNER, 200, {"queries": [{"queryId": RECORDED.query_id, "state": "running"}]}),
    ],
)
def test_whoever_reads_an_overdue_query_must_end_it(
    handler: str, subject: str, status: int, body: object
) -> None:
    reads = {
        Began: Began(70, 3, handler, subject),
        Finished: answered(3, handler, subject, body, status),
    }
    facts: list[Any] = [reads.get(type(fact), fact) for fact in BROKEN["overdue"].facts]
    assert violated(history(*facts)) == ["overdue"]


def test_a_query_may_be_ended_once_its_deadline_has_passed() -> None:
    late = replace(OVERDUE, finished_at=OVERDUE.deadline + timedelta(milliseconds=1))
    facts = [
        fact._replace(after=late) if type(fact) is Wrote and fact.at == 2 else fact
        for fact in BROKEN["hasty"].facts
    ]
    assert violated(history(*facts, record=late)) == []


@pytest.mark.parametrize(("handler", "found"), [("resume", ["hasty"]), ("run", [])])
def test_only_a_submit_may_find_that_a_query_cannot_start(handler: str, found: list[str]) -> None:
    failed = replace(RECORDED, state="failed", error_code="not_started", finished_at=START)
    facts = (PRESSED, CREATED, Began(2, 3, handler, LINE), Wrote(2, 3, KEY, RECORDED, failed))
    assert violated(history(*facts, record=failed)) == found


def test_a_statement_that_ended_in_time_is_not_called_overdue() -> None:
    late = replace(OVERDUE, finished_at=OVERDUE.deadline + timedelta(seconds=10))
    facts = (
        *STARTED,
        StatementEnded(30, KEY, STATEMENT_ID, "FINISHED"),
        Began(70, 3, "resume", LINE),
        Called(70, 3, "resume", "warehouse.cancel", ""),
        Wrote(70.5, 3, KEY, RUNNING, late),
        answered(3, "resume", LINE, {"type": "resumed", "queries": []}),
    )
    assert violated(history(*facts, record=late)) == ["untrue"]
    busy = Called(70.2, 3, "resume", "warehouse.describe", "before")
    assert violated(history(*facts, busy, record=late)) == []
