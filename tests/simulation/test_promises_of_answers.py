"""Answers that are cut, rows to which nothing leads, a history of yesterday."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pipeline.builders import OWNER, QUERY_ID, STATEMENT_ID
from tests.simulation.broken import (
    CREATED,
    ENDED,
    EXECUTED,
    PAGE,
    PRESSED,
    RAN,
    STARTED,
    heard,
    history,
    violated,
)
from tests.simulation.facts import Answered, Read

pytestmark = pytest.mark.fast


def listed(asked_at: float, state: str) -> Answered:
    item: dict[str, Any] = {"queryId": QUERY_ID, "state": state, "statementId": STATEMENT_ID}
    return Answered(asked_at + 1, OWNER, "", 200, {"queries": [item]}, asked_at)


def test_an_answer_is_whole_when_its_report_hands_out_no_more() -> None:
    assert violated(history(*STARTED, *ENDED, Read(7, PAGE, STATEMENT_ID, (0, 1, 2, 3, 4), 5))) == []
    assert violated(history(*STARTED, *ENDED, Read(7, PAGE, STATEMENT_ID, (0,), 1))) == ["crossed"]
    assert violated(history(*STARTED, *ENDED, Read(7, PAGE, STATEMENT_ID, (0, 1, 2, 3, 4), 4))) == ["crossed"]


@pytest.mark.parametrize("tells", [heard(type="finished"), listed(6, "finished")])
def test_nobody_tells_of_rows_to_which_nothing_leads(tells: Any) -> None:
    assert violated(history(PRESSED, CREATED, EXECUTED, RAN, *ENDED, tells)) == ["unreadable"]
    assert violated(history(*STARTED, *ENDED, tells)) == []


@pytest.mark.parametrize(
    ("asked_at", "state", "found"),
    [
        (2, "running", []),
        (2, "finished", []),
        (2, "accepted", ["unlisted"]),
        (4, "finished", []),
        (4, "running", ["unlisted"]),
        (4, "failed", ["unlisted"]),
    ],
)
def test_a_history_shows_no_state_of_the_past(asked_at: float, state: str, found: list[str]) -> None:
    assert violated(history(*STARTED, *ENDED, listed(asked_at, state))) == found


def test_a_history_that_could_not_be_given_leaves_nothing_out() -> None:
    assert violated(history(*STARTED, *ENDED, Answered(7, OWNER, "", 500, {}, 6))) == []
