"""How a query ended by the page's own guess gives way to what the pipeline says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dashboard.client.events import Lost, Opened, Received, Wake
from pipeline.core.messages import Error, Resumed, Unknown
from tests.dashboard.client.virtual import QUERY, VirtualClient, cancelled, failed, refusal
from tests.dashboard.client.world import GATEWAY_FAILURE

pytestmark = pytest.mark.fast

NOT_FOUND = refusal("not_found", retryable=False, action="cancel")


def refuse_until_the_deadline(client: VirtualClient) -> None:
    """Press Submit, and hear "not now" until the minute is over."""
    client.submit(deadline=60)
    while client.ticks < 60:
        client.hear(refusal("too_many_queries", retryable=True))
        client.wait(9)
    assert client.view().phase == "refused"


def cancel_before_anybody_knows_of_it(client: VirtualClient) -> None:
    client.submit()
    client.cancel()
    client.hear(NOT_FOUND)
    assert client.view().phase == "cancelled"


def test_a_query_that_was_refused_and_runs_after_all_runs_on_the_page(client: VirtualClient) -> None:
    refuse_until_the_deadline(client)
    assert client.hear(client.accepted()) == [Wake()]
    view = client.view()
    assert (view.phase, view.outcome, view.ended_at) == ("running", None, None)
    assert client.hear(client.finished()) == [Wake()]
    assert client.view().phase == "finished"


@pytest.mark.parametrize("retryable", [True, False])
def test_an_outcome_counts_whatever_the_page_had_thought(client: VirtualClient, retryable: bool) -> None:
    client.submit(deadline=60)
    client.hear(refusal("too_many_queries", retryable=retryable))
    client.wait(60)
    assert client.view().phase == "refused"
    assert client.hear(client.finished()) == [Wake()]
    assert client.hear(failed()) == []
    assert client.view().phase == "finished"


def test_what_was_refused_for_good_may_have_been_taken_by_an_earlier_try(client: VirtualClient) -> None:
    client.submit()
    client.wait(10)
    client.hear(refusal("unknown_report", retryable=False))
    assert client.view().phase == "refused"
    assert client.hear(client.accepted()) == [Wake()]
    assert client.view().phase == "running"
    client.wait(9)
    assert len(client.sent("run")) == 2


@pytest.mark.parametrize(("times", "looks"), [(1, []), (2, [50])])
def test_what_was_refused_for_good_is_looked_for_where_an_earlier_try_may_be_under_way(
    client: VirtualClient, times: int, looks: list[float]
) -> None:
    client.submit()
    client.wait(10 * (times - 1))
    assert len(client.sent("run")) == times
    client.hear(refusal("unknown_report", retryable=False))
    client.wait(45)
    assert client.times_of("resume") == looks


def test_what_is_taken_up_again_is_followed_as_before(client: VirtualClient) -> None:
    refuse_until_the_deadline(client)
    client.hear(client.accepted())
    client.forget_effects()
    start = client.ticks
    client.wait(10)
    client.hear(Resumed((client.accepted(),)))
    client.wait(52)
    assert [at - start for at in client.times_of("resume")] == [10, 61]


def test_a_query_that_nobody_answered_is_looked_for_once_more_when_no_submit_is_under_way(
    client: VirtualClient,
) -> None:
    client.submit(deadline=20)
    client.wait(200)
    assert client.times_of("run") == [0, 10]
    assert client.times_of("resume")[0] == 50


def test_that_it_is_unknown_then_is_as_it_was_thought(client: VirtualClient) -> None:
    client.submit(deadline=20)
    client.wait(50)
    shown = client.view()
    assert client.hear(Resumed((Unknown(QUERY),))) == []
    client.wait(100)
    assert client.view() == shown
    assert client.times_of("resume") == [50]


def test_that_it_runs_then_is_shown(client: VirtualClient) -> None:
    client.submit(deadline=20)
    client.wait(40)
    assert client.hear(Resumed((client.accepted(),))) == [Wake()]
    assert client.view().phase == "running"


def test_the_look_is_taken_over_the_next_connection_where_there_is_none(client: VirtualClient) -> None:
    client.submit(deadline=20)
    client.wait(5)
    client.tell(Lost("cut"))
    client.wait(55)
    assert client.sent("resume") == []
    client.tell(Opened())
    assert client.times_of("resume") == [60]


def test_a_query_that_never_left_is_not_looked_for(client: VirtualClient) -> None:
    client.tell(Lost("cut"))
    client.submit(deadline=20)
    client.wait(40)
    client.tell(Opened())
    client.wait(100)
    assert client.view().phase == "failed"
    assert client.sent() == []


def test_a_query_that_is_accepted_after_its_cancel_is_stopped_and_the_page_says_so(
    client: VirtualClient,
) -> None:
    cancel_before_anybody_knows_of_it(client)
    assert client.hear(client.accepted())[-1] == Wake()
    assert client.view().phase == "cancelling"
    client.hear(cancelled())
    assert client.view().phase == "cancelled"
    client.wait(100)
    assert len(client.sent("cancel")) == 2


@pytest.mark.parametrize("trouble", [(Received(GATEWAY_FAILURE),), (Lost("cut"), Opened())])
def test_that_it_is_stopped_is_repeated_until_it_is_answered(
    client: VirtualClient, trouble: tuple[Received | Lost | Opened, ...]
) -> None:
    cancel_before_anybody_knows_of_it(client)
    client.hear(client.accepted())
    for event in trouble:
        client.tell(event)
    client.wait(9)
    assert len(client.sent("cancel")) == 3


def test_a_query_cancelled_before_it_was_known_is_cancelled_once_more(client: VirtualClient) -> None:
    cancel_before_anybody_knows_of_it(client)
    client.wait(40)
    assert client.times_of("cancel") == [0, 40]
    client.hear(cancelled())
    client.wait(100)
    assert (client.view().phase, client.times_of("cancel")) == ("cancelled", [0, 40])


@pytest.mark.parametrize(
    ("answer", "times"), [(NOT_FOUND, [0, 40]), (replace(NOT_FOUND, retryable=True), [0, 40, 42])]
)
def test_that_it_is_not_there_then_is_as_it_was_thought(
    client: VirtualClient, answer: Error, times: list[float]
) -> None:
    cancel_before_anybody_knows_of_it(client)
    client.wait(40)
    assert client.hear(answer) == []
    client.wait(5)
    assert (client.view().phase, client.times_of("cancel")) == ("cancelled", times)


@pytest.mark.parametrize("pressed_at", [35, 55])
def test_a_cancel_that_nobody_answered_until_the_deadline_is_repeated_over_the_next_connection(
    client: VirtualClient, pressed_at: float
) -> None:
    client.submit(deadline=60)
    client.wait(pressed_at)
    client.tell(Lost("cut"))
    client.cancel()
    client.wait(65 - pressed_at)
    assert client.view().phase == "cancelled"
    client.tell(Opened())
    client.wait(10)
    assert client.times_of("cancel") == [70]


def test_finish_may_win_against_a_cancel_that_came_too_early(client: VirtualClient) -> None:
    cancel_before_anybody_knows_of_it(client)
    assert client.hear(client.finished()) == [Wake()]
    assert client.view().phase == "finished"


def test_a_query_that_was_forgotten_and_is_there_again_is_followed(client: VirtualClient) -> None:
    client.run()
    client.wait(10)
    for _ in range(2):
        client.hear(Resumed((Unknown(QUERY),)))
    assert client.view().phase == "unknown"
    client.wait(40)
    assert client.hear(Resumed((client.accepted(),))) == [Wake()]
    assert client.view().phase == "running"
    client.wait(11)
    assert client.times_of("resume") == [10, 10, 50, 60, 61]  # after a silence, and at its deadline


def test_what_is_taken_up_again_keeps_its_deadline(client: VirtualClient) -> None:
    accepted = replace(client.accepted(), deadline=client.now().wall + timedelta(seconds=900))
    client.submit(deadline=900)
    client.hear(accepted)
    client.wait(10)
    for _ in range(2):
        client.hear(Resumed((Unknown(QUERY),)))
    client.wait(40)
    client.hear(Resumed((accepted,)))
    client.wait(10)
    client.hear(Resumed((accepted,)))
    client.wait(840)
    assert client.times_of("resume") == [10, 10, 50, 60]


def test_a_cancel_that_was_refused_for_good_is_no_wish_to_stop_it_later(client: VirtualClient) -> None:
    client.submit(deadline=20)
    client.cancel()
    client.hear(refusal("forbidden", retryable=False, action="cancel"))
    client.wait(40)
    client.hear(Resumed((client.accepted(),)))
    assert client.view().phase == "running"
