"""What each refusal, each standing and each strange frame of the pipeline does, in virtual time."""

from __future__ import annotations

import pytest

from dashboard.client.events import Lost, Opened, Received, Wake
from pipeline.core.messages import Pong, Resumed, Unknown
from tests.dashboard.client.virtual import OTHER, QUERY, VirtualClient, cancelled, refusal

pytestmark = pytest.mark.fast


def test_the_answer_to_a_ping_changes_nothing(client: VirtualClient) -> None:
    client.run()
    before = client.core.snapshot()
    assert client.hear(Pong()) == []
    assert client.core.snapshot() == before


@pytest.mark.parametrize("query_id", [OTHER, None])
@pytest.mark.parametrize("action", ["run", "cancel"])
def test_a_refusal_about_a_query_that_is_not_known_here_changes_nothing(
    client: VirtualClient, action: str, query_id: str | None
) -> None:
    client.run()
    before = client.core.snapshot()
    assert client.hear(refusal("not_found", retryable=False, action=action, query_id=query_id)) == []
    assert client.core.snapshot() == before


def test_a_resume_refused_for_the_moment_is_asked_again_and_nothing_else_is(client: VirtualClient) -> None:
    client.run()
    client.wait(9)
    client.submit(OTHER)
    client.wait(1)
    assert client.hear(refusal("rate_limited", retryable=True, action="resume", query_id=None)) == []
    client.wait(9)
    assert client.times_of("resume") == [10, 12]
    assert client.times_of("run") == [0, 9, 19]


def test_a_resume_refused_for_good_is_not_repeated_and_everything_else_is(client: VirtualClient) -> None:
    client.run()
    client.wait(9)
    client.submit(OTHER)
    client.wait(1)
    client.hear(refusal("invalid_message", retryable=False, action="resume", query_id=None))
    client.wait(40)
    assert client.times_of("resume") == [10]
    assert client.times_of("run") == [0, 9, 19, 29, 39]


@pytest.mark.parametrize("retryable", [True, False])
def test_a_refused_resume_leaves_a_look_that_is_still_to_come(client: VirtualClient, retryable: bool) -> None:
    client.submit(deadline=20)
    client.wait(21)
    client.hear(refusal("rate_limited", retryable=retryable, action="resume", query_id=None))
    client.wait(30)
    assert client.times_of("resume") == [50]


def test_a_run_that_completes_a_submit_is_tried_until_it_is_answered(client: VirtualClient) -> None:
    client.run()
    client.wait(10)
    client.hear(Resumed((client.accepted(statement_id=None),)))
    client.hear(refusal("warehouse_busy", retryable=True))
    client.wait(2)
    assert client.times_of("run") == [0, 10, 12]
    assert (client.view().phase, client.view().outcome) == ("running", None)


def test_each_question_begins_its_waits_anew(client: VirtualClient) -> None:
    client.submit()
    for _ in range(4):
        client.hear(refusal("warehouse_busy", retryable=True))
        client.wait(17)
    client.hear(Resumed((client.accepted(statement_id=None),)))
    start = client.ticks
    client.hear(refusal("warehouse_busy", retryable=True))
    client.wait(3)
    assert [at - start for at in client.times_of("run") if at >= start] == [0, 2]


def test_a_cancel_refused_for_the_moment_is_repeated(client: VirtualClient) -> None:
    client.run()
    client.cancel()
    assert client.hear(refusal("rate_limited", retryable=True, action="cancel")) == []
    client.wait(5)
    assert (client.view().phase, client.times_of("cancel")) == ("cancelling", [0, 2])


def test_the_refusal_of_a_run_is_no_answer_to_its_cancel(client: VirtualClient) -> None:
    client.run()
    client.cancel()
    assert client.hear(refusal("warehouse_busy", retryable=True)) == []
    client.wait(10)
    assert client.times_of("cancel") == [0, 10]


def test_a_run_refused_before_its_cancel_is_not_sent_again(client: VirtualClient) -> None:
    client.submit()
    client.cancel()
    assert client.hear(refusal("warehouse_busy", retryable=True)) == []
    client.wait(9)
    assert [message["action"] for message in client.sent()] == ["run", "cancel"]


def test_a_query_whose_cancel_is_refused_for_good_goes_on_and_the_page_hears_it_once(
    client: VirtualClient,
) -> None:
    client.run()
    client.cancel()
    final = refusal("forbidden", retryable=False, action="cancel")
    assert client.hear(final) == [Wake()]
    assert client.view().phase == "running"
    assert client.hear(final) == []
    client.wait(9)
    assert client.times_of("cancel") == [0]


def test_a_query_that_nobody_accepted_is_sending_again_when_its_cancel_is_refused_for_good(
    client: VirtualClient,
) -> None:
    client.submit()
    client.cancel()
    client.wait(5)
    client.hear(refusal("forbidden", retryable=False, action="cancel"))
    assert client.view().phase == "sending"
    client.wait(9)
    assert client.times_of("run") == [0, 5]


def test_a_query_that_the_pipeline_does_not_find_for_its_cancel_is_unknown(client: VirtualClient) -> None:
    client.run()
    client.cancel()
    client.wait(1)
    not_found = refusal("not_found", retryable=False, action="cancel")
    client.hear(not_found)
    assert (client.view().phase, len(client.sent("cancel"))) == ("cancelling", 2)
    assert client.hear(not_found) == [Wake()]
    assert (client.view().phase, client.view().ended_at) == ("unknown", client.now().wall)


def test_a_cancel_that_overtook_its_run_is_repeated_when_the_run_was_accepted_meanwhile(
    client: VirtualClient,
) -> None:
    client.submit()
    client.cancel()
    client.hear(client.accepted())
    client.hear(refusal("not_found", retryable=False, action="cancel"))
    assert client.view().phase == "cancelling"
    assert [message["action"] for message in client.sent()] == ["run", "cancel", "cancel"]


def test_one_pressed_elsewhere_may_not_be_recorded_yet_and_is_cancelled_again(client: VirtualClient) -> None:
    client.watch()
    client.cancel()
    not_found = refusal("not_found", retryable=False, action="cancel")
    assert client.hear(not_found) == []
    client.wait(5)
    assert client.times_of("cancel") == [0, 5]
    assert client.hear(not_found) == [Wake()]
    assert client.view().phase == "unknown"
    client.wait(35)
    assert client.times_of("cancel") == [0, 5, 40]
    client.hear(cancelled())
    assert client.view().phase == "cancelled"


def test_a_query_that_is_being_cancelled_is_not_completed_by_another_run(client: VirtualClient) -> None:
    client.run()
    client.cancel()
    client.tell(Lost("cut"))
    client.tell(Opened())
    client.hear(Resumed((client.accepted(statement_id=None),)))
    client.wait(9)
    assert [message["action"] for message in client.sent()] == ["run", "cancel", "cancel"]


def test_a_standing_of_a_query_that_is_not_known_here_changes_nothing(client: VirtualClient) -> None:
    strange = Resumed((client.accepted(OTHER, statement_id=None), Unknown(OTHER)))
    assert client.hear(strange) == []
    assert client.core.snapshot().queries == ()


def test_a_run_that_arrives_after_its_cancel_is_named_in_the_next_one(client: VirtualClient) -> None:
    client.submit()
    client.cancel()
    client.hear(refusal("not_found", retryable=False, action="cancel"))
    client.forget_effects()
    client.hear(client.accepted())
    assert client.sent() == [{"action": "cancel", "queryId": QUERY}]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"type": "novelty", "message": "News.", "requestId": "r"}',
        '{"message": "News."}',
        '["message", "requestId"]',
    ],
)
def test_only_the_gateways_own_failure_repeats_what_is_unanswered(client: VirtualClient, text: str) -> None:
    client.submit()
    client.tell(Received(text))
    client.wait(9)
    assert client.times_of("run") == [0]


def test_the_gateways_failure_is_known_by_its_sentence_and_its_request(client: VirtualClient) -> None:
    client.submit()
    client.tell(Received('{"message": "Internal server error", "requestId": "r"}'))
    client.wait(9)
    assert client.times_of("run") == [0, 2]


def test_a_query_is_named_in_the_message_that_asks_for_its_end(client: VirtualClient) -> None:
    client.run()
    client.forget_effects()
    client.cancel()
    assert client.sent() == [{"action": "cancel", "queryId": QUERY}]
