"""The session's bridge over real sockets: press, cut, silence, refusal."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from dashboard.client import timing
from dashboard.client.bridge import Bridge
from dashboard.client.tokens import LocalTokens
from dashboard.client.upstream import Endpoints, PipelineNotReady, Upstream
from pipeline.core.messages import Cancelled, Error, Failed, Resumed, encode
from tests.dashboard.client.pipeline_double import (
    STATEMENT_ID,
    PipelineDouble,
    accepted,
    finished,
    pipeline_double,
)
from tests.waiting import wait_until

JUNE = {"startDate": "2015-06-01", "endDate": "2015-06-30"}


@pytest.fixture
def double() -> Iterator[PipelineDouble]:
    with pipeline_double() as running:
        yield running


@pytest.fixture
def bridge(double: PipelineDouble) -> Iterator[Bridge]:
    opened = open_bridge(double)
    yield opened
    opened.close()
    opened.join(5)


def open_bridge(double: PipelineDouble) -> Bridge:
    return Bridge(Upstream(lambda: double.endpoints, LocalTokens("analyst")))


def phase(bridge: Bridge) -> str:
    return bridge.snapshot().queries[0].phase


def wait_for_phase(bridge: Bridge, wanted: str) -> None:
    wait_until(lambda: phase(bridge) == wanted)


def test_a_press_is_sent_at_once_and_the_notice_wakes_the_page(
    double: PipelineDouble, bridge: Bridge
) -> None:
    connection = double.next_connection()
    wait_until(lambda: bridge.snapshot().link.state == "live")
    bridge.drain()

    query_id = bridge.submit("daily-summary", JUNE)

    assert double.next_message("run") == {
        "action": "run",
        "queryId": query_id,
        "topicName": "daily-summary",
        "parameters": JUNE,
    }
    wait_for_phase(bridge, "running")
    assert bridge.waiting() == 0, "an acceptance is no news for the page"
    connection.send(finished(query_id))
    wait_for_phase(bridge, "finished")
    assert bridge.drain() == 1


def test_a_query_is_visible_before_anything_is_sent(double: PipelineDouble) -> None:
    def never() -> Endpoints:
        raise PipelineNotReady("It is not there.", starting=False)

    lonely = Bridge(Upstream(never, LocalTokens("analyst")))
    with closing(lonely):
        lonely.submit("daily-summary", JUNE)
        assert phase(lonely) == "sending"
        wait_until(lambda: lonely.snapshot().link.state == "unavailable")
        assert lonely.snapshot().link.detail == "It is not there."


def test_the_handshake_carries_the_token_and_no_origin(double: PipelineDouble, bridge: Bridge) -> None:
    double.next_connection()
    assert double.handshakes[0]["authorization"] == "Bearer token-1"
    assert "origin" not in double.handshakes[0]


def test_a_cut_connection_is_opened_again_and_the_query_resumed_not_run(
    double: PipelineDouble, bridge: Bridge
) -> None:
    query_id = bridge.submit("daily-summary", JUNE)
    connection = double.next_connection()
    double.next_message("run")
    wait_for_phase(bridge, "running")
    bridge.drain()

    connection.socket.shutdown(socket.SHUT_RDWR)

    again = double.next_connection()
    assert double.next_message("resume") == {"action": "resume", "queryIds": [query_id]}
    assert bridge.drain() >= 1, "the page shows that the link was away"
    again.send(encode(Resumed(({"type": "unknown", "queryId": "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11"},))))
    again.send(finished(query_id))
    wait_for_phase(bridge, "finished")


def test_a_query_that_nobody_accepted_is_run_again_after_a_cut(
    double: PipelineDouble, bridge: Bridge
) -> None:
    double.on_message = lambda message: None
    query_id = bridge.submit("daily-summary", JUNE)
    connection = double.next_connection()
    double.next_message("run")

    connection.socket.shutdown(socket.SHUT_RDWR)

    double.next_connection()
    assert double.next_message("run")["queryId"] == query_id


def test_a_notice_that_overtakes_the_acceptance_counts(double: PipelineDouble, bridge: Bridge) -> None:
    double.on_message = lambda message: finished(message["queryId"])
    query_id = bridge.submit("daily-summary", JUNE)
    wait_for_phase(bridge, "finished")

    double.next_connection().send(accepted(query_id))

    bridge.submit("daily-summary", JUNE)
    wait_until(lambda: len(bridge.snapshot().queries) == 2 and phase(bridge) == "finished")
    assert bridge.snapshot().queries[1].phase == "finished"


def test_a_cancel_is_sent_at_once_and_its_answer_is_the_outcome(
    double: PipelineDouble, bridge: Bridge
) -> None:
    query_id = bridge.submit("daily-summary", JUNE)
    double.next_message("run")
    wait_for_phase(bridge, "running")
    double.on_message = lambda message: encode(
        Cancelled(message["queryId"], "daily-summary", STATEMENT_ID, "user")
    )

    bridge.cancel(query_id)

    assert double.next_message("cancel") == {"action": "cancel", "queryId": query_id}
    wait_for_phase(bridge, "cancelled")


def test_a_refusal_is_shown_and_nothing_is_tried_again(double: PipelineDouble, bridge: Bridge) -> None:
    double.on_message = lambda message: encode(
        Error(
            "run", message["queryId"], "out_of_range", "endDate", "endDate is not in 2015.", retryable=False
        )
    )
    bridge.submit("daily-summary", JUNE)
    wait_for_phase(bridge, "refused")
    outcome = bridge.snapshot().queries[0].outcome
    assert isinstance(outcome, Error)
    assert outcome.field == "endDate"
    assert bridge.waiting() >= 1


def test_a_refused_token_is_renewed_once(double: PipelineDouble) -> None:
    double.refuse_with = [401]
    with closing(open_bridge(double)) as bridge:
        double.next_connection()
        assert [handshake["authorization"] for handshake in double.handshakes] == [
            "Bearer token-1",
            "Bearer token-2",
        ]
        wait_until(lambda: bridge.snapshot().link.state == "live")


def test_a_token_refused_twice_signs_out_and_does_not_loop(double: PipelineDouble) -> None:
    double.refuse_with = [401] * 10
    with closing(open_bridge(double)) as bridge:
        wait_until(lambda: bridge.snapshot().link.state == "signed_out")
        assert bridge.snapshot().link.next_try is None
        assert len(double.handshakes) == 2
        double.refuse_with = []

        bridge.reconnect()

        wait_until(lambda: bridge.snapshot().link.state == "live")


def test_a_pipeline_that_fails_the_handshake_is_tried_again(double: PipelineDouble) -> None:
    double.refuse_with = [503]
    with closing(open_bridge(double)) as bridge:
        double.next_connection()
        wait_until(lambda: bridge.snapshot().link.state == "live")
        assert len(double.handshakes) == 2


def test_a_closed_bridge_says_goodbye_and_ends_its_thread(double: PipelineDouble) -> None:
    bridge = open_bridge(double)
    connection = double.next_connection()

    bridge.close()
    bridge.join(5)

    assert bridge.closed
    wait_until(lambda: connection.close_code == 1000)


def test_a_bridge_that_nobody_looks_at_closes_after_its_grace(double: PipelineDouble) -> None:
    bridge = open_bridge(double)
    double.next_connection()

    bridge.detach(0.2)
    bridge.join(5)

    assert bridge.closed


def test_a_bridge_that_is_looked_at_again_in_time_stays_open(double: PipelineDouble, bridge: Bridge) -> None:
    double.next_connection()
    bridge.detach(0.3)
    bridge.attach()
    bridge.join(0.6)
    assert not bridge.closed
    bridge.submit("daily-summary", JUNE)
    wait_for_phase(bridge, "running")


def test_a_message_longer_than_any_may_be_cuts_the_connection(double: PipelineDouble, bridge: Bridge) -> None:
    query_id = bridge.submit("daily-summary", JUNE)
    connection = double.next_connection()
    double.next_message("run")
    wait_for_phase(bridge, "running")

    connection.send("x" * 200_000)

    double.next_connection().send(finished(query_id))
    wait_for_phase(bridge, "finished")


def test_garbage_binary_and_unknown_messages_are_ignored(double: PipelineDouble, bridge: Bridge) -> None:
    query_id = bridge.submit("daily-summary", JUNE)
    connection = double.next_connection()
    for frame in ("", "not json", "[1, 2]", '{"type": "news"}', '{"type": "finished"}', b"\x00\x01"):
        connection.send(frame)
    connection.send(finished(query_id))
    wait_for_phase(bridge, "finished")
    assert double.opened.empty()


def test_the_link_thread_survives_a_fault_of_its_own_and_keeps_the_queries(double: PipelineDouble) -> None:
    faults = [RuntimeError("a fault of ours")]

    def endpoints() -> Endpoints:
        if faults:
            raise faults.pop()
        return double.endpoints

    with closing(Bridge(Upstream(endpoints, LocalTokens("analyst")))) as bridge:
        bridge.submit("daily-summary", JUNE)
        assert double.next_message("run")["parameters"] == JUNE


def test_a_failed_query_says_why(double: PipelineDouble, bridge: Bridge) -> None:
    double.on_message = lambda message: encode(
        Failed(
            message["queryId"], "daily-summary", STATEMENT_ID, "sql_error", "No such column.", retryable=False
        )
    )
    bridge.submit("daily-summary", JUNE)
    wait_for_phase(bridge, "failed")


def test_a_server_that_accepts_and_says_nothing_does_not_hold_the_thread() -> None:
    """The open time-out is ten seconds; the page stays usable meanwhile."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"ws://127.0.0.1:{silent.getsockname()[1]}/prod"
        with pipeline_double() as double:
            endpoints = [Endpoints(url, url, double.endpoints.token_url), double.endpoints]
            upstream = Upstream(
                lambda: endpoints.pop(0) if len(endpoints) > 1 else endpoints[0], LocalTokens("a")
            )
            with closing(Bridge(upstream)) as bridge:
                bridge.submit("daily-summary", JUNE)
                assert phase(bridge) == "sending"
                assert double.next_message("run", timeout=20)["parameters"] == JUNE


def test_an_idle_bridge_hardly_ever_wakes_up(double: PipelineDouble, bridge: Bridge) -> None:
    double.next_connection()
    wait_until(lambda: bridge.snapshot().link.state == "live")
    (link,) = (thread for thread in threading.enumerate() if thread.name == "pipeline-link")
    clock = time.pthread_getcpuclockid(link.ident or 0)
    before = time.clock_gettime(clock)
    assert double.no_message(1.0)
    assert time.clock_gettime(clock) - before < 0.01
    assert timing.PING_FRAME_EVERY > 1.0
