"""When a page must ask though nothing came, and what excuses it."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.core.instants import instant_text
from tests.pipeline.builders import OWNER, QUERY_ID, query
from tests.simulation.broken import ENDED, PAGE, PRESSED_CANCEL, STARTED, heard, history, sent, violated
from tests.simulation.facts import Fact, Heard, Left, LinkShowed, Opened, Showed
from tests.simulation.messages import run_message

pytestmark = pytest.mark.fast

RESUME = {"action": "resume", "queryIds": [QUERY_ID]}
CANCEL = {"action": "cancel", "queryId": QUERY_ID}
NOT_NOW: dict[str, Any] = {"type": "error", "action": "run", "code": "warehouse_busy", "retryable": True}
LIVE = LinkShowed(1, PAGE, "connecting", "live")
FOLLOWED = Showed(1, PAGE, OWNER, QUERY_ID, None, "sending")
RUN = sent(1.5, run_message(QUERY_ID))


def accepted(at: float) -> Heard:
    """The query was submitted at second 0 and may take a minute."""
    record = query()
    submitted, deadline = instant_text(record.submitted_at), instant_text(record.deadline)
    return heard(type="accepted", submittedAt=submitted, deadline=deadline)._replace(at=at)


def waits(*facts: Fact) -> list[str]:
    """Judge a page that was connected at once, pressed Submit, and then met these facts."""
    return violated(history(*STARTED, LIVE, FOLLOWED, RUN, *facts, *ENDED))


def unanswered(*facts: Fact) -> list[str]:
    """Judge the same page, also by whether it repeats what is not answered."""
    return waits(Opened(1, PAGE, frozenset(), frozenset()), *facts)


def shows(at: float, before: str, phase: str) -> Showed:
    return Showed(at, PAGE, OWNER, QUERY_ID, before, phase)


def test_after_ten_silent_seconds_a_page_asks() -> None:
    assert waits(accepted(2), Left(12.2, PAGE)) == ["unasked"]
    assert waits(accepted(2), sent(12, RESUME), Left(12.2, PAGE)) == []
    assert waits(accepted(2), Left(12, PAGE)) == []


def test_each_new_connection_may_lose_a_notice_and_is_asked_over_again() -> None:
    back = LinkShowed(20, PAGE, "reconnecting", "live")
    before = (accepted(2), LinkShowed(4, PAGE, "live", "reconnecting"), back, sent(20, RESUME))
    answer = accepted(20.1)
    assert waits(*before, answer, Left(30.2, PAGE)) == ["unasked"]
    assert waits(*before, answer, sent(30, RESUME), Left(30.2, PAGE)) == []


def test_whoever_was_told_not_now_asks_by_that_pace() -> None:
    refused = heard()._replace(at=11, message={"type": "error", "action": "resume", "retryable": True})
    assert waits(accepted(2), refused, Left(12.2, PAGE)) == []


def test_a_run_that_was_put_off_excuses_its_own_query_alone() -> None:
    own = heard(**NOT_NOW)._replace(at=3)
    others = own._replace(message={**NOT_NOW, "queryId": "another"})
    assert waits(accepted(2), own, Left(12.2, PAGE)) == []
    assert waits(accepted(2), others, Left(12.2, PAGE)) == ["unasked"]


def test_a_page_that_cancels_is_silent_otherwise() -> None:
    assert waits(accepted(2), sent(3, CANCEL), shows(3, "running", "cancelling"), Left(12.2, PAGE)) == []


def test_at_the_deadline_a_page_asks() -> None:
    asked_once = (accepted(2), sent(12, RESUME), accepted(12.1))
    assert waits(*asked_once, Left(61.2, PAGE)) == ["unasked"]
    assert waits(*asked_once, sent(61, RESUME), accepted(61.05), Left(61.2, PAGE)) == []
    away = LinkShowed(50, PAGE, "live", "reconnecting")
    assert waits(*asked_once, away, Left(61.2, PAGE)) == []


def test_that_it_runs_past_its_deadline_is_not_believed_for_ever() -> None:
    until_late = (accepted(2), sent(12, RESUME), accepted(12.1), sent(61, RESUME), accepted(61.05))
    assert waits(*until_late, Left(101.2, PAGE)) == ["unasked"]
    assert waits(*until_late, sent(71, RESUME), Left(101.2, PAGE)) == []
    assert waits(*until_late, Left(101, PAGE)) == []


def test_not_now_is_tried_again_within_half_a_minute() -> None:
    refused = heard(**NOT_NOW)._replace(at=2)
    assert waits(refused, Left(32.2, PAGE)) == ["unrepeated"]
    assert waits(refused, sent(31, run_message(QUERY_ID)), accepted(31.1), Left(32.2, PAGE)) == []
    assert waits(refused, Left(32, PAGE)) == []


@pytest.mark.parametrize(
    "reasons",
    [
        [heard(**NOT_NOW)._replace(at=8)],
        [LinkShowed(8, PAGE, "live", "reconnecting")],
        [heard(**NOT_NOW | {"retryable": False})._replace(at=8), shows(8, "sending", "refused")],
    ],
)
def test_not_now_is_not_tried_again_where_it_was_said_again_or_there_is_nothing_to_try(
    reasons: list[Fact],
) -> None:
    assert waits(heard(**NOT_NOW)._replace(at=2), *reasons, Left(32.2, PAGE)) == []


def test_what_was_to_be_cancelled_is_cancelled_over_the_next_connection() -> None:
    back = LinkShowed(20, PAGE, "reconnecting", "live")
    before = (
        accepted(2),
        PRESSED_CANCEL._replace(at=3),
        shows(3, "running", "cancelling"),
        LinkShowed(4, PAGE, "live", "reconnecting"),
    )
    assert waits(*before, sent(20, RESUME), back, Left(21, PAGE)) == ["unrepeated"]
    assert waits(*before, sent(20, CANCEL), back, Left(21, PAGE)) == []


def test_that_it_runs_is_no_answer_to_who_wants_it_cancelled() -> None:
    cancels = (accepted(2), sent(3, CANCEL), shows(3, "running", "cancelling"))
    assert unanswered(*cancels, accepted(4), Left(13.2, PAGE)) == ["unrepeated"]
    ended = (heard(type="cancelled")._replace(at=4), shows(4, "cancelling", "cancelled"))
    assert unanswered(*cancels, *ended, Left(13.2, PAGE)) == []
    refused = heard(type="error", action="cancel")._replace(at=4)
    assert unanswered(*cancels, refused, Left(13.2, PAGE)) == []


def test_what_is_accepted_after_its_page_had_ended_it_is_followed_again() -> None:
    before = (shows(60, "sending", "refused"), sent(60, RESUME), accepted(61))
    assert waits(*before, Left(62, PAGE)) == ["lost"]
    assert waits(*before, shows(61, "refused", "running"), Left(62, PAGE)) == []


def test_what_is_followed_again_is_asked_about_as_before() -> None:
    given_up = (shows(60, "sending", "refused"), sent(60, RESUME))
    again = (*given_up, accepted(61), shows(61, "refused", "running"))
    assert waits(*again, Left(71.2, PAGE)) == ["unasked"]
    assert waits(*again, sent(62, RESUME), accepted(62.1), sent(71, RESUME), Left(71.2, PAGE)) == []


def test_a_query_that_is_accepted_after_it_was_cancelled_is_stopped() -> None:
    before = (sent(3, CANCEL), shows(3, "sending", "cancelling"), shows(4, "cancelling", "cancelled"))
    stopped = (accepted(5), shows(5, "cancelled", "cancelling"))
    assert waits(*before, accepted(5), Left(6, PAGE)) == ["lost"]
    assert waits(*before, accepted(5), shows(5, "cancelled", "running"), Left(6, PAGE)) == [
        "astray",
        "runaway",
    ]
    assert waits(*before, *stopped, Left(6, PAGE)) == ["unrepeated"]
    assert waits(*before, *stopped, sent(5, CANCEL), Left(6, PAGE)) == []
    told = heard(type="cancelled", cancelledBy="user")._replace(at=4)
    assert waits(*before[:2], told, before[2], accepted(5)) == []


def test_what_a_page_ended_by_its_own_guess_is_looked_for_when_no_submit_is_under_way() -> None:
    given_up = shows(20, "sending", "failed")
    assert waits(given_up, Left(41.7, PAGE)) == ["unasked"]
    assert waits(given_up, sent(21, RESUME), Left(41.7, PAGE)) == ["unasked"]
    assert waits(given_up, sent(41.5, RESUME), Left(41.7, PAGE)) == []
    assert waits(given_up, Left(41.5, PAGE)) == []
    away = (LinkShowed(25, PAGE, "live", "reconnecting"), LinkShowed(50, PAGE, "reconnecting", "live"))
    assert waits(given_up, *away, Left(50.2, PAGE)) == ["unasked"]
    assert waits(given_up, *away, sent(50, RESUME), Left(50.2, PAGE)) == []


def test_what_was_refused_for_good_or_ended_as_told_is_not_looked_for() -> None:
    refused = heard(**NOT_NOW | {"retryable": False})._replace(at=3)
    assert waits(refused, shows(3, "sending", "refused"), Left(60, PAGE)) == []
    told = heard(type="failed")._replace(at=3)
    assert waits(told, shows(3, "sending", "failed"), Left(60, PAGE)) == []


def test_what_a_page_was_told_stays() -> None:
    told = (heard(type="failed")._replace(at=3), shows(3, "sending", "failed"))
    assert waits(*told, shows(4, "failed", "finished"), Left(5, PAGE)) == ["doubled"]
    guessed = (shows(3, "sending", "failed"), heard(type="finished")._replace(at=4))
    assert waits(*guessed, shows(4, "failed", "finished"), Left(5, PAGE)) == []
    assert waits(*guessed, Left(5, PAGE)) == ["dropped"]
    assert waits(guessed[0], shows(4, "failed", "finished"), Left(5, PAGE)) == ["doubled"]
