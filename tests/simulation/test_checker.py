"""Each promise can be seen to be broken: for each there is a history in which it is, and nothing else is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.core.messages import Cancelled, Unknown, encode
from tests.fakes.others import START
from tests.pipeline.builders import OWNER, QUERY_ID, STATEMENT_ID
from tests.simulation.broken import (
    BROKEN,
    CREATED,
    ENDED,
    EXECUTED,
    FINISHED,
    KEY,
    LINE,
    PAGE,
    PRESSED,
    PRESSED_CANCEL,
    RECORDED,
    STARTED,
    TOLD,
    VIEW,
    answered,
    heard,
    history,
)
from tests.simulation.checker import judge
from tests.simulation.facts import (
    Began,
    Called,
    Fact,
    Finished,
    LineClosed,
    LineOpened,
    Linked,
    ListedOf,
    Placed,
    Posted,
    Read,
    Showed,
    Wrote,
)
from tests.simulation.violations import NAMES

pytestmark = pytest.mark.fast


@pytest.mark.parametrize("name", NAMES)
def test_a_history_that_breaks_one_promise_breaks_that_alone(name: str) -> None:
    assert {violation.name for violation in judge(BROKEN[name]).violations} == {name}


def test_a_history_as_it_should_be_breaks_none() -> None:
    good = history(
        Placed(1, 1, OWNER, frozenset(), frozenset({QUERY_ID})),
        *STARTED,
        Linked(1, 1, LINE, QUERY_ID, there=True),
        LineOpened(1, LINE, OWNER),
        *ENDED,
        Placed(3, 2, OWNER, frozenset({QUERY_ID}), frozenset()),
        Posted(4, 2, LINE, QUERY_ID, answer=True),
        TOLD,
        answered(2, "send_message", STATEMENT_ID),
        heard(type="finished"),
        Showed(6, PAGE, OWNER, QUERY_ID, "running", "finished"),
        Read(7, PAGE, STATEMENT_ID, (0, 1, 2, 3, 4), 5),
        LineClosed(8, LINE),
        ListedOf(9, 5, LINE),
        Wrote(9, 5, KEY, FINISHED, replace(FINISHED, connection_ids=frozenset())),
        Linked(9, 5, LINE, QUERY_ID, there=False),
        answered(5, "disconnect", LINE),
        record=replace(FINISHED, notified_at=START),
        view=VIEW,
    )
    assert judge(good).violations == []


def test_a_notice_that_was_delivered_in_vain_is_untold() -> None:
    in_vain = history(*STARTED, *ENDED, answered(2, "send_message", STATEMENT_ID))
    assert [violation.name for violation in judge(in_vain).violations] == ["untold"]


def test_a_page_that_is_told_that_its_recorded_query_is_unknown_has_lost_it() -> None:
    told = json.loads(encode(Unknown(QUERY_ID)))
    opened, answer = LineOpened(1, LINE, OWNER), {"type": "resumed", "queries": [told]}
    late = (opened, Began(2, 3, "resume", LINE), answered(3, "resume", LINE, answer))
    early = (opened, Began(0.5, 3, "resume", LINE), answered(3, "resume", LINE, answer))
    assert [v.name for v in judge(history(*STARTED, *late, *ENDED)).violations] == ["lost"]
    assert judge(history(*STARTED, *early, *ENDED)).violations == []


def test_a_submit_of_a_cancelled_query_must_stop_its_statement() -> None:
    cancelled = replace(RECORDED, state="cancelled", cancelled_by="user")
    record = replace(cancelled, statement_id=STATEMENT_ID)
    learned = (Wrote(2, 3, KEY, RECORDED, cancelled), Wrote(3, 1, KEY, cancelled, record))
    facts: tuple[Fact, ...] = (
        PRESSED,
        CREATED,
        EXECUTED,
        PRESSED_CANCEL,
        *learned,
        answered(1, "connect", LINE),
    )
    assert [v.name for v in judge(history(*facts, record=record)).violations] == ["runaway"]
    stopped = Called(3, 1, "connect", "warehouse.cancel", "")
    assert judge(history(*facts, stopped, record=record)).violations == []


def test_a_start_that_finds_its_query_failed_must_stop_its_statement() -> None:
    failed = replace(RECORDED, state="failed", error_code="sql_error")
    record = replace(failed, statement_id=STATEMENT_ID)
    refused = (Wrote(2, 3, KEY, RECORDED, failed), Wrote(3, 1, KEY, failed, record))
    facts: tuple[Fact, ...] = (
        PRESSED,
        CREATED,
        EXECUTED,
        *refused,
        answered(1, "run", LINE, {"type": "failed"}),
    )
    assert [v.name for v in judge(history(*facts, record=record)).violations] == ["runaway"]
    stopped = Called(3, 1, "run", "warehouse.cancel", "")
    assert judge(history(*facts, stopped, record=record)).violations == []


def test_a_page_that_gives_a_query_up_at_its_first_unknown_has_lost_it() -> None:
    shown = Showed(2, PAGE, OWNER, QUERY_ID, None, "running")
    hasty, patient = (Showed(at, PAGE, OWNER, QUERY_ID, "running", "unknown") for at in (6.9, 7))
    assert [v.name for v in judge(history(*STARTED, *ENDED, shown, hasty)).violations] == ["lost"]
    assert judge(history(*STARTED, *ENDED, shown, patient)).violations == []


def test_an_outcome_that_a_page_made_up_without_being_accepted_is_unknown_and_no_violation() -> None:
    view = replace(VIEW, phase="cancelled", accepted_at=None, outcome=None)
    given_up = replace(view, outcome=Cancelled(QUERY_ID, "daily-summary", None, "user"))
    judgement = judge(history(*STARTED, *ENDED, view=given_up))
    assert (judgement.violations, judgement.unknown, judgement.judged) == ([], 1, 1)


def test_a_place_may_stay_where_whoever_ended_the_query_died() -> None:
    broken = BROKEN["slot"]
    died = [
        fact._replace(how="died") if type(fact) is Finished and fact.by == 2 else fact
        for fact in broken.facts
    ]
    assert judge(history(*died, places=broken.places)).violations == []


def test_a_deadline_is_judged_by_when_the_reader_began() -> None:
    in_time = [fact._replace(at=30) if type(fact) is Began else fact for fact in BROKEN["overdue"].facts]
    assert judge(history(*in_time)).violations == []


def test_every_violation_stands_beside_a_promise() -> None:
    promises = (Path(__file__).parents[2] / "docs/promises.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`([a-z]+)`", promises)) >= set(NAMES)
