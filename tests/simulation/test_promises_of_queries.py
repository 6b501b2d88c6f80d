"""Statements that run on, or with other values than were asked for; owners with too many queries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.pipeline.builders import OTHER_QUERY_ID, OWNER, QUERY_ID
from tests.simulation.broken import (
    BROKEN,
    CREATED,
    ENDED,
    EXECUTED,
    KEY,
    LED,
    LINE,
    OTHER_DATES,
    PRESSED,
    PRESSED_CANCEL,
    RAN,
    RECORDED,
    RUNNING,
    STARTED,
    answered,
    history,
    violated,
)
from tests.simulation.facts import Began, Called, Fact, LineOpened, Pressed, Wrote

pytestmark = pytest.mark.fast

CANCELLED = replace(RECORDED, state="cancelled", cancelled_by="user")
CANCELLED_RUNNING = replace(RUNNING, state="cancelled", cancelled_by="user")
STARTED_FOR_NOBODY: tuple[Fact, ...] = (
    PRESSED,
    CREATED,
    PRESSED_CANCEL,
    Wrote(2, 3, KEY, RECORDED, CANCELLED),
    EXECUTED,
    answered(1, "run", LINE, {"type": "cancelled"}),
)


def test_whoever_starts_a_statement_for_nobody_stops_it_though_the_record_learns_nothing() -> None:
    assert violated(history(*STARTED_FOR_NOBODY, record=CANCELLED)) == ["runaway"]
    stopped = Called(3, 1, "run", "warehouse.cancel", "")
    assert violated(history(*STARTED_FOR_NOBODY, stopped, record=CANCELLED)) == []


def test_whoever_does_not_learn_that_a_statement_was_started_is_excused() -> None:
    unanswered = Called(1, 1, "run", "warehouse.execute", "after")
    assert violated(history(*STARTED_FOR_NOBODY, unanswered, record=CANCELLED)) == []


@pytest.mark.parametrize(("began", "found"), [(6, ["runaway"]), (1, [])])
def test_a_second_cancel_stops_the_statement_too(began: float, found: list[str]) -> None:
    """It is excused where the statement was not known when it began."""
    facts: tuple[Fact, ...] = (
        *STARTED,
        PRESSED_CANCEL,
        LineOpened(0.5, LINE, OWNER),
        Wrote(2, 3, KEY, RUNNING, CANCELLED_RUNNING),
        Called(2, 3, "cancel", "warehouse.cancel", ""),
        Began(began, 4, "cancel", LINE),
        answered(4, "cancel", LINE, {"type": "cancelled", "queryId": QUERY_ID}),
    )
    assert violated(history(*facts, record=CANCELLED_RUNNING)) == found
    stopped = Called(7, 4, "cancel", "warehouse.cancel", "")
    assert violated(history(*facts, stopped, record=CANCELLED_RUNNING)) == []


@pytest.mark.parametrize(("began", "found"), [(2, ["blocked"]), (0.5, [])])
def test_a_query_that_is_recorded_is_not_one_too_many(began: float, found: list[str]) -> None:
    refused = {"type": "error", "action": "run", "queryId": QUERY_ID, "code": "too_many_queries"}
    facts = (
        *STARTED,
        LineOpened(0.5, LINE, OWNER),
        Began(began, 4, "run", LINE),
        answered(4, "run", LINE, refused),
    )
    assert violated(history(*facts, *ENDED)) == found


def test_the_statement_of_an_overdue_query_is_stopped() -> None:
    broken = BROKEN["hasty"]
    unstopped = [fact for fact in broken.facts if type(fact) is not Called]
    assert violated(history(*unstopped, record=broken.records[KEY])) == ["hasty", "runaway"]


def test_a_statement_has_the_values_that_were_asked_for() -> None:
    other = EXECUTED._replace(parameters=OTHER_DATES)
    assert violated(history(PRESSED, CREATED, other, LED, RAN, *ENDED)) == ["unexpected"]


@pytest.mark.parametrize(("allowed", "found"), [(1, ["crowded"]), (2, [])])
def test_queries_are_counted_while_they_run(allowed: int, found: list[str]) -> None:
    other = (OWNER, OTHER_QUERY_ID)
    second = (
        Pressed(2, "ana/1", *other),
        Wrote(2, 4, other, None, replace(RECORDED, query_id=OTHER_QUERY_ID)),
    )
    assert violated(history(*STARTED, *second, *ENDED, active_queries=allowed)) == found
    assert violated(history(*STARTED, *ENDED, *second, active_queries=1)) == []
