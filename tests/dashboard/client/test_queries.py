"""What happens to a query between the press and its outcome (docs/protocol.md), in virtual time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dashboard.client.events import Disconnect, Event, Heard, Lost, Opened, Received, TimerFired, Wake
from pipeline.core.messages import Failed, Pong, Resumed, ServerMessage, Unknown, encode
from tests.dashboard.client.virtual import (
    JUNE,
    OTHER,
    QUERY,
    STATEMENT_ID,
    VirtualClient,
    cancelled,
    failed,
    refusal,
)

pytestmark = pytest.mark.fast

GATEWAY_FAILURE = Received('{"message": "Internal server error", "connectionId": "c", "requestId": "r"}')


def test_a_whole_query_costs_one_message_and_one_wake(client: VirtualClient) -> None:
    client.run()
    client.wait(8)
    assert client.wakes() == 0
    client.hear(client.finished())
    client.wait(20)
    assert client.sent() == [
        {"action": "run", "queryId": QUERY, "topicName": "daily-summary", "parameters": JUNE}
    ]
    assert client.wakes() == 1


def test_the_view_follows_the_query(client: VirtualClient) -> None:
    client.submit()
    assert (client.view().phase, client.view().accepted_at) == ("sending", None)
    client.wait(1)
    client.hear(client.accepted())
    assert (client.view().phase, client.view().accepted_at) == ("running", client.now().wall)
    assert client.view().deadline == client.now().wall + timedelta(seconds=60)
    assert client.view().statement_id == STATEMENT_ID
    client.wait(1)
    client.hear(client.finished())
    assert (client.view().phase, client.view().ended_at) == ("finished", client.now().wall)


def test_an_unanswered_run_is_repeated_three_times_with_the_same_id(client: VirtualClient) -> None:
    client.submit()
    client.wait(59)
    assert client.times_of("run") == [0, 10, 20, 30]
    assert {message["queryId"] for message in client.sent("run")} == {QUERY}


def test_a_run_that_nobody_answers_ends_at_its_deadline_as_not_started(client: VirtualClient) -> None:
    client.submit(deadline=60)
    client.wait(59.9)
    assert client.view().phase == "sending"
    client.wait(0.2)
    outcome = client.view().outcome
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.retryable, client.wakes()) == ("not_started", True, 1)


def test_a_query_silent_for_three_times_the_usual_is_resumed_once(client: VirtualClient) -> None:
    client.submit(usual=5)
    client.hear(client.accepted())
    client.wait(14.9)
    assert client.sent("resume") == []
    client.wait(0.2)
    client.hear(Resumed((client.accepted(),)))
    client.wait(40)
    assert client.times_of("resume") == [15]
    assert client.wakes() == 0


def test_silence_is_never_shorter_than_ten_seconds(client: VirtualClient) -> None:
    client.submit(usual=1)
    client.hear(client.accepted())
    client.wait(9.9)
    assert client.sent("resume") == []
    client.wait(0.1)
    assert client.times_of("resume") == [10]


def test_a_query_that_should_have_ended_is_asked_for_once_just_after_its_deadline(
    client: VirtualClient,
) -> None:
    client.submit(usual=30)
    client.hear(client.accepted())
    client.wait(62)
    assert client.times_of("resume") == [61]


def test_that_it_runs_past_its_deadline_is_an_answer_of_before_and_it_is_asked_again(
    client: VirtualClient,
) -> None:
    client.submit(usual=300)
    client.hear(client.accepted())
    client.wait(61)
    for _ in range(600):
        if client.times_of("resume")[-1] == client.ticks:
            client.hear(Resumed((client.accepted(),)))
        client.wait(1)
    assert client.times_of("resume")[:6] == [61, 71, 91, 131, 191, 251]


def test_a_query_that_is_accepted_late_is_asked_for_at_its_own_deadline(client: VirtualClient) -> None:
    client.submit()
    accepted = client.accepted()
    client.wait(1)
    client.tell(Lost("cut"))
    client.wait(39)
    client.tell(Opened())
    client.hear(accepted)
    client.wait(10.5)
    client.hear(Resumed((accepted,)))
    client.wait(20)
    assert client.times_of("resume") == [50, 61]


def test_a_clock_ahead_does_not_let_a_query_end_before_it_can_have_begun(client: VirtualClient) -> None:
    client.submit(usual=30)
    client.wait(20)
    client.ticks -= 3600
    accepted = client.accepted()
    client.ticks += 3600
    client.hear(accepted)
    client.wait(42)
    assert client.times_of("resume") == [61]


def test_an_acceptance_of_before_is_no_answer_to_where_it_stands(client: VirtualClient) -> None:
    client.run()
    client.wait(10)
    client.hear(client.accepted())
    client.wait(10)
    assert client.times_of("resume") == [10, 20]


def test_each_connection_has_its_own_time_of_silence_because_each_may_lose_a_notice(
    client: VirtualClient,
) -> None:
    client.run()
    client.wait(10)
    client.hear(Resumed((client.accepted(),)))
    client.tell(Lost("cut"))
    client.tell(Opened())
    client.hear(Resumed((client.accepted(),)))
    client.wait(10)
    assert client.times_of("resume") == [10, 10, 20]


@pytest.mark.parametrize("seconds_ahead", [3600, -3600])
def test_a_clock_that_differs_from_the_pipelines_does_not_move_the_deadline(
    client: VirtualClient, seconds_ahead: float
) -> None:
    client.submit(usual=30)
    client.ticks += seconds_ahead
    accepted = client.accepted()
    client.ticks -= seconds_ahead
    client.hear(accepted)
    client.wait(62)
    assert client.times_of("resume") == [61]


def test_a_query_pressed_elsewhere_is_asked_for_at_what_is_left_of_its_time(client: VirtualClient) -> None:
    accepted = client.accepted()
    client.wait(45)
    client.watch()
    client.hear(Resumed((accepted,)))
    client.wait(17)
    assert client.times_of("resume") == [45, 55, 61]


def test_after_each_open_everything_pending_is_resumed_in_one_message(client: VirtualClient) -> None:
    client.run(QUERY)
    client.run(OTHER)
    client.tell(Lost("cut"))
    client.forget_effects()
    client.wait(1)
    client.tell(Opened())
    assert client.sent() == [{"action": "resume", "queryIds": [QUERY, OTHER]}]


def test_more_than_twenty_queries_are_resumed_in_several_messages(client: VirtualClient) -> None:
    ids = [f"0b6f5a0e-6c0e-4c57-9f0b-{n:012d}" for n in range(45)]
    for query_id in ids:
        client.run(query_id)
    client.tell(Lost("cut"))
    client.tell(Opened())
    assert [len(message["queryIds"]) for message in client.sent("resume")] == [20, 20, 5]


def test_all_that_a_resume_tells_is_heard(client: VirtualClient) -> None:
    ids = [f"0b6f5a0e-6c0e-4c57-9f0b-{n:012d}" for n in range(5)]
    for query_id in ids:
        client.run(query_id)
    client.tell(Lost("cut"))
    client.tell(Opened())
    client.hear(Resumed(tuple(client.finished(query_id) for query_id in ids)))
    assert [client.view(query_id).phase for query_id in ids] == ["finished"] * 5


def test_a_query_pressed_without_a_link_is_sent_when_it_opens(client: VirtualClient) -> None:
    client.tell(Lost("cut"))
    client.submit()
    assert client.sent() == []
    client.tell(Opened())
    assert len(client.sent("run")) == 1


def test_a_query_that_nobody_accepted_is_run_again_after_a_cut_because_a_repeat_runs_nothing_twice(
    client: VirtualClient,
) -> None:
    client.submit()
    client.tell(Lost("cut"))
    client.tell(Opened())
    assert [message["action"] for message in client.sent()] == ["run", "run"]


@pytest.mark.parametrize(
    "later", [failed(), cancelled(), refusal("out_of_range", retryable=False), Unknown(QUERY)]
)
def test_the_first_outcome_counts_and_repeats_are_ignored(
    client: VirtualClient, later: ServerMessage
) -> None:
    client.run()
    client.hear(client.finished())
    shown = client.view()
    assert client.hear(later) == []
    assert client.hear(client.finished()) == []
    assert client.hear(client.accepted()) == []
    assert client.view() == shown


def test_a_notice_may_overtake_the_acceptance(client: VirtualClient) -> None:
    client.submit()
    client.hear(client.finished())
    client.hear(client.accepted())
    assert client.view().phase == "finished"


def test_a_notice_that_comes_before_its_query_is_known_here_is_kept(client: VirtualClient) -> None:
    assert client.hear(client.finished(OTHER)) == []
    assert client.watch(OTHER) == [Wake()]
    assert client.view(OTHER).phase == "finished"
    assert client.sent() == []


def test_a_watched_query_is_resumed_and_never_run(client: VirtualClient) -> None:
    client.watch()
    client.tell(Lost("cut"))
    client.tell(Opened())
    client.wait(200)
    assert {message["action"] for message in client.sent()} == {"resume"}
    client.hear(Resumed((client.finished(),)))
    assert client.view().phase == "finished"


def test_a_watched_query_has_its_clock_from_when_it_was_asked_and_wakes_for_it_once(
    client: VirtualClient,
) -> None:
    accepted = client.accepted()
    client.wait(45)
    client.watch()
    assert client.view().pressed_at == client.now().wall
    assert client.hear(Resumed((accepted,))) == [Wake()]
    assert client.view().pressed_at == accepted.submitted_at
    assert client.hear(Resumed((accepted,))) == []


def test_a_watched_query_was_never_asked_in_the_future(client: VirtualClient) -> None:
    client.watch()
    client.ticks += 3600
    ahead = client.accepted()
    client.ticks -= 3600
    client.hear(Resumed((ahead,)))
    assert client.view().pressed_at == client.now().wall


def test_the_clock_of_a_query_that_was_asked_here_is_this_machines_own(client: VirtualClient) -> None:
    client.submit()
    client.wait(3)
    client.hear(client.accepted())
    assert (client.now().wall - client.view().pressed_at).total_seconds() == 3


def test_watching_a_query_that_is_followed_already_changes_nothing(client: VirtualClient) -> None:
    client.run()
    shown = client.view()
    assert client.watch() == []
    assert client.view() == shown


def test_a_query_that_the_pipeline_has_forgotten_is_unknown(client: VirtualClient) -> None:
    client.run()
    client.tell(Lost("the pipeline was restarted"))
    client.tell(Opened())
    client.forget_effects()
    client.hear(Resumed((Unknown(QUERY),)))
    assert client.times_of("resume") == [0]
    client.hear(Resumed((Unknown(QUERY),)))
    assert (client.view().phase, client.view().outcome, client.wakes()) == ("unknown", None, 1)


def test_that_it_is_unknown_may_be_an_answer_of_before(client: VirtualClient) -> None:
    client.watch()
    client.wait(10)
    client.hear(Resumed((client.accepted(),)))
    for _ in range(2):
        client.hear(Resumed((Unknown(QUERY),)))
        client.hear(Resumed((client.accepted(),)))
    assert client.view().phase == "running"
    assert client.times_of("resume") == [0, 10, 10, 10]


def test_a_submit_that_stopped_half_way_is_completed_by_the_same_run(client: VirtualClient) -> None:
    client.run()
    client.wait(10)
    client.hear(Resumed((client.accepted(statement_id=None),)))
    assert [message["action"] for message in client.sent()] == ["run", "resume", "run"]


def test_a_final_refusal_ends_the_query_and_wakes(client: VirtualClient) -> None:
    client.submit()
    effects = client.hear(refusal("out_of_range", retryable=False))
    assert effects == [Wake()]
    assert (client.view().phase, client.view().outcome) == (
        "refused",
        refusal("out_of_range", retryable=False),
    )
    client.wait(100)
    assert len(client.sent("run")) == 1


def test_a_refusal_for_the_moment_repeats_the_same_run(client: VirtualClient) -> None:
    client.submit()
    client.hear(refusal("warehouse_busy", retryable=True))
    client.wait(2)
    first, again = client.sent("run")
    assert first == again


@pytest.mark.parametrize(
    ("draw", "seconds"), [(0.0, [1.6, 3.2, 6.4, 12.8, 25.6]), (1.0, [2.4, 4.8, 9.6, 19.2, 30])]
)
def test_the_waits_between_tries_are_spread(draw: float, seconds: list[float]) -> None:
    client = VirtualClient(lambda: draw)
    client.open()
    client.submit(deadline=900)
    waited = []
    for _ in seconds:
        before = client.ticks
        client.hear(refusal("warehouse_busy", retryable=True))
        sent = len(client.sent("run"))
        while len(client.sent("run")) == sent:
            client.wait(0.05)
        waited.append(client.times_of("run")[-1] - before)
    assert waited == pytest.approx(seconds, abs=0.1)


def test_the_first_refusal_for_the_moment_wakes_and_the_same_again_does_not(client: VirtualClient) -> None:
    client.submit()
    client.hear(refusal("warehouse_busy", retryable=True))
    client.wait(3)
    client.hear(refusal("warehouse_busy", retryable=True))
    assert (client.wakes(), client.view().phase) == (1, "sending")
    client.wait(5)
    client.hear(client.accepted())
    assert (client.wakes(), client.view().outcome) == (2, None)


def test_tries_stop_at_the_deadline_with_the_last_refusal(client: VirtualClient) -> None:
    client.submit(deadline=20)
    for _ in range(10):
        client.hear(refusal("too_many_queries", retryable=True))
        client.wait(5)
    assert (client.view().phase, client.view().outcome) == (
        "refused",
        refusal("too_many_queries", retryable=True),
    )
    assert max(client.times_of("run")) <= 20


@pytest.mark.parametrize("retryable", [True, False])
def test_a_late_refusal_of_a_repeat_does_not_undo_an_acceptance(
    client: VirtualClient, retryable: bool
) -> None:
    client.run()
    client.hear(refusal("warehouse_busy", retryable=retryable))
    assert (client.view().phase, client.view().outcome) == ("running", None)


def test_an_acceptance_does_not_count_as_the_answer_of_a_cancel(client: VirtualClient) -> None:
    client.submit()
    client.cancel()
    client.hear(client.accepted())
    client.wait(10)
    assert client.view().phase == "cancelling"
    assert client.times_of("cancel") == [0, 10]


def test_a_failure_of_the_gateway_does_not_delay_what_was_answered(client: VirtualClient) -> None:
    client.submit()
    client.hear(refusal("warehouse_busy", retryable=True))
    client.wait(1)
    client.tell(GATEWAY_FAILURE)
    client.wait(5)
    assert client.times_of("run") == [0, 2]


def test_a_failure_of_the_gateway_repeats_what_is_unanswered(client: VirtualClient) -> None:
    client.run(OTHER)
    client.submit(QUERY)
    client.tell(GATEWAY_FAILURE)
    client.wait(9)
    assert [message["queryId"] for message in client.sent("run")] == [OTHER, QUERY, QUERY]


def test_a_failure_of_the_gateway_repeats_an_unanswered_resume(client: VirtualClient) -> None:
    client.run()
    client.wait(10)
    client.tell(GATEWAY_FAILURE)
    client.wait(5)
    assert client.times_of("resume") == [10, 12]


def test_a_cancel_is_answered_by_the_outcome(client: VirtualClient) -> None:
    client.run()
    client.cancel()
    assert client.view().phase == "cancelling"
    client.hear(cancelled())
    assert (client.view().phase, len(client.sent("cancel"))) == ("cancelled", 1)


def test_finish_may_win_against_cancel(client: VirtualClient) -> None:
    client.run()
    client.cancel()
    client.hear(client.finished())
    client.hear(cancelled())
    assert client.view().phase == "finished"


def test_a_query_that_was_never_sent_is_cancelled_here(client: VirtualClient) -> None:
    client.tell(Lost("cut"))
    client.submit()
    client.cancel()
    client.tell(Opened())
    assert (client.view().phase, client.sent()) == ("cancelled", [])


def test_one_that_runs_though_it_was_never_sent_from_here_is_cancelled_there(client: VirtualClient) -> None:
    client.tell(Lost("cut"))
    client.submit()
    client.hear(client.accepted())
    client.cancel()
    assert client.view().phase == "cancelling"
    client.tell(Opened())
    assert [message["action"] for message in client.sent()] == ["cancel"]


def test_a_connection_over_which_nobody_answers_is_replaced(client: VirtualClient) -> None:
    client.run()
    client.wait(10)
    client.forget_effects()
    client.wait(40)
    assert client.times_of("resume") == [20, 30, 40]
    assert Disconnect() in [effect for _, effect in client.effects]
    client.wait(1)
    client.tell(Opened())
    assert len(client.sent("resume")) == 4


@pytest.mark.parametrize("event", [Heard(), Received(encode(Pong())), TimerFired()])
def test_that_nobody_answers_is_noticed_whatever_happens_first(client: VirtualClient, event: Event) -> None:
    client.run()
    client.wait(49.9)
    assert client.times_of("resume") == [10, 20, 30, 40]
    client.forget_effects()
    client.ticks = 50.01
    assert Disconnect() in client.tell(event)


def test_an_unanswered_cancel_is_repeated(client: VirtualClient) -> None:
    client.run()
    client.cancel()
    client.wait(39)
    assert client.times_of("cancel") == [0, 10, 20, 30]


def test_a_cancel_stops_the_tries_of_a_refused_run(client: VirtualClient) -> None:
    client.submit()
    client.hear(refusal("warehouse_busy", retryable=True))
    client.cancel()
    client.hear(cancelled())
    client.wait(100)
    assert [message["action"] for message in client.sent()] == ["run", "cancel"]


def test_a_run_that_arrives_after_its_cancel_is_cancelled_again(client: VirtualClient) -> None:
    client.submit()
    client.cancel()
    client.hear(refusal("not_found", retryable=False, action="cancel"))
    assert client.view().phase == "cancelled"
    client.hear(client.accepted())
    assert [message["action"] for message in client.sent()] == ["run", "cancel", "cancel"]


def test_a_second_press_of_cancel_asks_nothing_again(client: VirtualClient) -> None:
    client.run()
    client.cancel()
    client.wait(5)
    client.cancel()
    client.wait(4)
    assert client.times_of("cancel") == [0]


def test_a_cancel_without_a_link_is_sent_when_it_opens(client: VirtualClient) -> None:
    client.run()
    client.tell(Lost("cut"))
    client.cancel()
    client.tell(Opened())
    assert [message["action"] for message in client.sent()] == ["run", "cancel"]


def test_cancelling_what_has_ended_or_is_unknown_does_nothing(client: VirtualClient) -> None:
    client.run()
    client.hear(client.finished())
    assert client.cancel(QUERY) == []
    assert client.cancel(OTHER) == []


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "7", "{", '{"type": "news"}', '{"type": "finished"}', '{"a": 1}']
)
def test_what_is_not_understood_changes_nothing(client: VirtualClient, text: str) -> None:
    client.run()
    before = client.core.snapshot()
    assert client.tell(Received(text)) == []
    assert client.core.snapshot() == before


def test_one_that_is_still_looked_for_is_kept_however_many_there_are(client: VirtualClient) -> None:
    ids = [f"0b6f5a0e-6c0e-4c57-9f0b-{n:012d}" for n in range(101)]
    for query_id in ids:
        client.submit(query_id, deadline=20)
    client.wait(20)
    client.submit(QUERY)
    client.hear(client.finished())
    client.wait(30)
    asked = [query_id for message in client.sent("resume") for query_id in message["queryIds"]]
    assert sorted(asked) == ids
    client.hear(Resumed(tuple(Unknown(query_id) for query_id in ids)))
    client.forget_effects()
    client.wait(600)
    assert client.sent("resume") == []


def test_the_newest_query_is_first_and_a_hundred_are_kept(client: VirtualClient) -> None:
    ids = [f"0b6f5a0e-6c0e-4c57-9f0b-{n:012d}" for n in range(150)]
    for query_id in ids:
        client.submit(query_id)
        client.hear(client.finished(query_id))
    shown = [view.query_id for view in client.core.snapshot().queries]
    assert shown == ids[:49:-1]
