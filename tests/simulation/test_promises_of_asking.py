"""How long a page asks, and when it may give up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.core.messages import Failed
from tests.fakes.others import START
from tests.pipeline.builders import OWNER, QUERY_ID
from tests.simulation.broken import (
    BROKEN,
    ENDED,
    PAGE,
    PRESSED_CANCEL,
    STARTED,
    VIEW,
    heard,
    history,
    sent,
    violated,
)
from tests.simulation.facts import Fact, Left, LinkShowed, Opened, Showed
from tests.simulation.messages import run_message

pytestmark = pytest.mark.fast

OPENED = Opened(1, PAGE, frozenset(), frozenset())
RUN = run_message(QUERY_ID)


def asks(*facts: Fact) -> list[str]:
    return violated(history(*STARTED, OPENED, *facts, *ENDED))


def test_a_question_is_repeated_after_ten_seconds_and_three_times_at_most() -> None:
    four = [sent(at, RUN) for at in (2, 12, 22, 32)]
    late = Left(60, PAGE)
    assert asks(*four, late) == []
    assert asks(*four[:3], late) == ["unrepeated"]


@pytest.mark.parametrize(("times", "found"), [(3, ["unrepeated"]), (4, [])])
def test_what_it_asks_as_it_is_back_is_the_first_time(times: int, found: list[str]) -> None:
    first, *others = [sent(at, RUN) for at in (2, 12, 22, 32)][:times]
    assert asks(first, LinkShowed(2, PAGE, "reconnecting", "live"), *others, Left(60, PAGE)) == found


@pytest.mark.parametrize(
    "reason",
    [
        heard(type="accepted"),
        heard()._replace(message={"message": "Internal server error", "requestId": "r1"}),
        heard()._replace(message={"type": "error", "action": "resume"}),
        LinkShowed(6, PAGE, "live", "reconnecting"),
        Showed(6, PAGE, OWNER, QUERY_ID, "sending", "refused"),
    ],
)
def test_what_is_answered_or_over_is_not_asked_again(reason: Fact) -> None:
    assert asks(sent(2, RUN), reason, Left(60, PAGE)) == []


@pytest.mark.parametrize(("times", "found"), [(5, []), (6, ["restless"])])
def test_however_it_is_answered_a_page_does_not_poll(times: int, found: list[str]) -> None:
    asked = [
        fact for at in range(2, 2 + times) for fact in (sent(at, RUN), heard(type="accepted")._replace(at=at))
    ]
    assert asks(*asked) == found


def test_what_is_said_of_another_query_is_no_answer() -> None:
    other = heard()._replace(message={"type": "accepted", "queryId": "another", "statementId": None})
    assert "unrepeated" in asks(sent(2, RUN), other, Left(60, PAGE))


@pytest.mark.parametrize(
    ("state", "pressed", "found"),
    [("live", [], ["unrepeated"]), ("live", [PRESSED_CANCEL], []), ("reconnecting", [], [])],
)
def test_a_connected_page_sends_that_cancel_was_pressed(
    state: str, pressed: list[Fact], found: list[str]
) -> None:
    shown = Showed(PRESSED_CANCEL.at, PAGE, OWNER, QUERY_ID, "running", "cancelling")
    badge = LinkShowed(1, PAGE, "connecting", "live"), LinkShowed(1, PAGE, "live", "reconnecting")
    facts = [*badge[: 1 if state == "live" else 2], *pressed, shown, Left(3, PAGE)]
    assert violated(history(*STARTED, *facts, *ENDED)) == found


@pytest.mark.parametrize(("after", "found"), [(59, ["impatient"]), (60, [])])
def test_a_page_may_give_up_at_the_deadline(after: float, found: list[str]) -> None:
    broken = BROKEN["impatient"].views[0].view
    given_up = replace(broken, ended_at=START + timedelta(seconds=after))
    assert violated(history(*STARTED, *ENDED, view=given_up)) == found


def test_a_failure_that_nobody_told_is_made_up() -> None:
    failed = Failed(QUERY_ID, "daily-summary", None, "not_started", "No answer.", retryable=True)
    at = START + timedelta(seconds=2)
    view = replace(VIEW, phase="failed", outcome=failed, accepted_at=None, ended_at=at)
    shown = Showed(6, PAGE, OWNER, QUERY_ID, None, "failed")
    assert violated(history(*STARTED, *ENDED, view=view)) == ["impatient"]
    told = history(*STARTED, *ENDED, heard(type="failed"), shown, view=view)
    assert violated(told) == ["contradicted"]  # by the record; but the page did not give it up


@pytest.mark.parametrize(
    ("before", "state", "found"), [("live", "connecting", ["astray"]), ("connecting", "offline", [])]
)
def test_a_badge_moves_as_it_may(before: str, state: str, found: list[str]) -> None:
    assert violated(history(*STARTED, *ENDED, LinkShowed(7, PAGE, before, state))) == found


def test_what_is_sent_for_a_query_that_is_over_is_repeated_like_anything_else() -> None:
    shown = Showed(2, PAGE, OWNER, QUERY_ID, "cancelling", "cancelled")
    cancel = sent(3, {"action": "cancel", "queryId": QUERY_ID})
    assert asks(shown, cancel, Left(60, PAGE)) == ["unrepeated"]
    not_found = heard(type="error", action="cancel", code="not_found")
    assert asks(shown, cancel, not_found, Left(60, PAGE)) == []
