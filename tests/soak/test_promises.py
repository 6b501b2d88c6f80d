"""What the soak judges beyond the simulation: executions in each life of the stand-in, and who may forget."""

from __future__ import annotations

import json

import pytest

from tests.fakes.ports import JUNE
from tests.simulation.facts import Executed, Fact, Heard, Left, Pressed, Read, Sent, Showed, Struck
from tests.simulation.history import History
from tests.soak.promises import broken
from tests.soak.unknown import PIPELINE_KILLED

pytestmark = pytest.mark.fast

CALM_FROM = 100.0
OWNER, QUERY, PAGE = "ada", "q1", "ada.0"
PRESSED = Pressed(1, PAGE, OWNER, QUERY)
SENDING = Showed(1, PAGE, OWNER, QUERY, None, "sending")
ACCEPTED = Heard(2, PAGE, OWNER, {"type": "accepted", "queryId": QUERY})
RUNNING = Showed(2, PAGE, OWNER, QUERY, "sending", "running")
UNKNOWN = Showed(9, PAGE, OWNER, QUERY, "running", "unknown")
FINISHED = Heard(9, PAGE, OWNER, {"type": "finished", "queryId": QUERY})
SHOWN = Showed(9, PAGE, OWNER, QUERY, "running", "finished")


def executed(statement_id: str, query_id: str = QUERY) -> Executed:
    return Executed(3, 0, (OWNER, query_id), statement_id, JUNE)


def names(facts: list[Fact], *lives: list[Executed]) -> list[str]:
    history = History(5)
    history.calm_from = CALM_FROM
    history.facts = [*facts, *(one for life in lives for one in life)]
    return [violation.name for violation in broken(history, lives)]


def test_a_query_that_is_accepted_executed_and_shown_breaks_nothing() -> None:
    assert names([PRESSED, SENDING, ACCEPTED, RUNNING, FINISHED, SHOWN], [executed("s1")]) == []


def test_two_statements_of_one_query_in_one_life_are_one_too_many() -> None:
    facts: list[Fact] = [PRESSED, SENDING, ACCEPTED, RUNNING, FINISHED, SHOWN]
    assert names(facts, [executed("s1"), executed("s2")]) == ["doubled"]


def test_a_stand_in_that_forgot_everything_may_execute_a_query_again() -> None:
    assert (
        names([PRESSED, SENDING, ACCEPTED, RUNNING, FINISHED, SHOWN], [executed("s1")], [executed("s2")])
        == []
    )


def test_a_statement_that_nobody_asked_for_is_unexpected() -> None:
    assert names([], [executed("s1", "q2")]) == ["unexpected"]


def test_an_accepted_query_is_not_forgotten_by_a_pipeline_that_lives() -> None:
    assert names([PRESSED, SENDING, ACCEPTED, RUNNING, UNKNOWN]) == ["lost"]


@pytest.mark.parametrize(("at", "found"), [(0.5, ["lost"]), (1.5, []), (5.0, []), (9.5, ["lost"])])
def test_it_is_forgotten_by_one_that_was_killed_after_the_press(at: float, found: list[str]) -> None:
    kill = Struck(at, PIPELINE_KILLED, "", (0, 0))
    assert names([PRESSED, SENDING, ACCEPTED, RUNNING, kill, UNKNOWN]) == found


HEIR = "ada.1"
SENT = Sent(1, PAGE, OWNER, json.dumps({"action": "run", "queryId": QUERY}))
KILLED = Left(3, PAGE)
WATCHED = Showed(4, HEIR, OWNER, QUERY, None, "running")
ASKED = Sent(5, HEIR, OWNER, json.dumps({"action": "resume", "queryIds": [QUERY]}))
UNKNOWN_TO_HEIR = Showed(9, HEIR, OWNER, QUERY, "running", "unknown")


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ([], []),
        ([SENT], []),
        ([SENT, ACCEPTED], ["lost"]),
        ([SENT, executed("s1")._replace(at=4.5)], ["lost"]),
        ([SENT, executed("s1")._replace(at=5.5)], []),
    ],
)
def test_a_press_is_lost_with_its_page_only_where_it_was_not_started_when_its_heir_asked(
    before: list[Fact], found: list[str]
) -> None:
    assert names([PRESSED, SENDING, *before, KILLED, WATCHED, ASKED, UNKNOWN_TO_HEIR]) == found


def test_a_press_is_not_lost_where_its_page_was_not_killed() -> None:
    assert names([PRESSED, SENDING, SENT, WATCHED, ASKED, UNKNOWN_TO_HEIR]) == ["lost"]
    assert names([PRESSED, SENDING, WATCHED, ASKED, UNKNOWN_TO_HEIR]) == ["lost"]


def test_a_query_that_no_page_shows_any_more_is_lost() -> None:
    assert names([PRESSED, SENDING, ACCEPTED, RUNNING]) == ["lost"]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"type": "finished", "queryId": QUERY}, []),
        ({"type": "resumed", "queries": [{"type": "finished", "queryId": QUERY}]}, ["untold"]),
    ],
)
def test_in_the_calm_an_end_is_told_by_a_notice(told: dict[str, object], found: list[str]) -> None:
    pressed = PRESSED._replace(at=CALM_FROM + 1)
    heard = FINISHED._replace(message=told)
    assert names([pressed, SENDING, ACCEPTED, RUNNING, heard, SHOWN]) == found


@pytest.mark.parametrize(("statement_id", "found"), [("s1", []), ("s2", ["crossed"]), ("s3", ["crossed"])])
def test_a_receipt_names_the_statement_of_the_query_that_is_shown(
    statement_id: str, found: list[str]
) -> None:
    other = Pressed(1, "ada.1", OWNER, "q2"), Showed(1, "ada.1", OWNER, "q2", None, "finished")
    facts: list[Fact] = [PRESSED, *other, SHOWN, Read(10, PAGE, statement_id, (), 0)]
    assert names(facts, [executed("s1"), executed("s2", "q2")]) == found
