"""The event bus: who gets an event, how often, and where it goes when nobody takes it."""

from __future__ import annotations

import asyncio
import json
import queue
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from infra.local.bus import EventBus
from infra.local.console.feed import Feed
from infra.local.dead_letters import DeadLetters
from infra.local.errors import WiringError
from infra.local.events_api import EventsApi
from infra.local.faults import Faults
from infra.local.functions import Functions
from infra.local.ledger import Ledger
from infra.local.permissions import Permissions
from infra.local.running import RunningFunction
from infra.local.wiring import Grant, Role, Wiring
from tests.infra.local import sample_handlers
from tests.infra.local.wirings import QUEUE_ARN, RULE_ARN, wiring


@dataclass
class Queue:
    """An SQS client that keeps what is sent."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)

    def get_queue_url(self, QueueName: str) -> dict[str, str]:  # noqa: N803 - as boto3 has it
        return {"QueueUrl": f"http://queue/{QueueName}"}

    def send_message(self, **message: Any) -> None:
        self.messages.append(message)
        self.arrived.set()


@dataclass(frozen=True)
class Rig:
    bus: EventBus
    faults: Faults
    queue: Queue
    loop: asyncio.AbstractEventLoop

    def settle(self) -> None:
        """Wait until the bus has taken what was put."""
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0), self.loop).result(10)

    def put(self, **detail: Any) -> str:
        event_id = str(uuid.uuid4())
        self.bus.put({"id": event_id, "source": "tests", "detail": {"kind": "wanted", **detail}})
        return event_id

    def letter(self) -> dict[str, Any]:
        assert self.queue.arrived.wait(10)
        return self.queue.messages[0]


@contextmanager
def running(made: Wiring) -> Iterator[Rig]:
    faults, queue = Faults(), Queue()
    functions = Functions(made.functions, RunningFunction(), faults, Feed())
    dead_letters = DeadLetters(lambda: queue)
    bus = EventBus(made, functions, Permissions(made), dead_letters, Ledger(made.roles), faults, Feed())
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    bus.start(loop)
    try:
        yield Rig(bus, faults, queue, loop)
    finally:
        asyncio.run_coroutine_threadsafe(loop.shutdown_default_executor(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
        functions.close(wait=True)


@pytest.fixture
def rig() -> Iterator[Rig]:
    with running(wiring()) as made:
        yield made


def next_event() -> tuple[dict[str, Any], Any]:
    return sample_handlers.SEEN.get(timeout=10)


def test_a_matching_event_reaches_the_target_whole(rig: Rig) -> None:
    event_id = rig.put(rows=30)
    event, _ = next_event()
    assert event == {"id": event_id, "source": "tests", "detail": {"kind": "wanted", "rows": 30}}


def test_an_event_that_no_rule_wants_is_named_with_the_reason(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    unwanted = rig.put(kind="unwanted")
    wanted = rig.put()
    assert next_event()[0]["id"] == wanted
    assert f"No rule matched the event {unwanted}" in caplog.text
    assert "StatementRule does not match its detail.kind" in caplog.text


def test_a_failing_function_gets_the_event_again_under_the_same_request_id(rig: Rig) -> None:
    event_id = rig.put(failures=2)
    runs = [next_event() for _ in range(3)]
    assert {event["id"] for event, _ in runs} == {event_id}
    assert len({context.aws_request_id for _, context in runs}) == 1  # fact LA-4


def test_after_three_failures_the_failure_destination_gets_the_record(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    event_id = rig.put(failures=-1)
    letter = rig.letter()
    record = json.loads(letter["MessageBody"])
    contexts = [next_event()[1] for _ in range(3)]
    assert sample_handlers.SEEN.empty()
    assert letter["QueueUrl"] == "http://queue/undelivered"
    # fact LA-4
    assert record["version"] == "1.0"
    assert record["requestContext"]["requestId"] == contexts[0].aws_request_id
    assert record["requestContext"]["functionArn"].endswith(":function:stack-consume:$LATEST")
    assert record["requestContext"]["condition"] == "RetriesExhausted"
    assert record["requestContext"]["approximateInvokeCount"] == 3
    assert record["requestPayload"]["id"] == event_id
    assert record["responseContext"] == {
        "statusCode": 200,
        "executedVersion": "$LATEST",
        "functionError": "Unhandled",
    }
    assert record["responsePayload"]["errorType"] == "RuntimeError"
    assert f"ConsumeFunction failed 3 times for the event {event_id}" in caplog.text


def test_the_function_says_how_often_it_is_tried_again() -> None:
    with running(wiring(retries=0)) as rig:
        rig.put(failures=-1)
        record = json.loads(rig.letter()["MessageBody"])
    assert record["requestContext"]["approximateInvokeCount"] == 1


def test_without_a_permission_the_event_goes_to_the_rules_queue(caplog: pytest.LogCaptureFixture) -> None:
    with running(wiring(without_permission="ConsumeFunction")) as rig:
        event_id = rig.put()
        letter = rig.letter()
    attributes = {name: value["StringValue"] for name, value in letter["MessageAttributes"].items()}
    assert json.loads(letter["MessageBody"])["id"] == event_id
    assert attributes["RULE_ARN"] == RULE_ARN
    assert attributes["ERROR_CODE"] == "NO_PERMISSIONS"
    assert sample_handlers.SEEN.empty()
    assert "ConsumeFunction: no Lambda::Permission lets events.amazonaws.com invoke it" in caplog.text


def test_a_role_that_may_not_send_to_its_queue_loses_the_record(caplog: pytest.LogCaptureFixture) -> None:
    made = wiring(retries=0)
    elsewhere = Grant("sqs:SendMessage", f"{QUEUE_ARN}-of-others")
    weak = replace(made, roles={"SomeRole": Role("SomeRole", "r", frozenset({elsewhere}))})
    with running(weak) as rig:
        rig.put(failures=-1)
        refusal = f"SomeRole does not allow sqs:SendMessage on {QUEUE_ARN}, which ConsumeFunction needs"
        while refusal not in caplog.text:
            rig.settle()
    assert rig.queue.messages == []


def test_a_dropped_event_reaches_nobody(rig: Rig) -> None:
    rig.faults.merge({"events": {"drop": 1}})
    rig.put()
    second = rig.put()
    assert next_event()[0]["id"] == second
    assert sample_handlers.SEEN.empty()


def test_a_duplicated_event_comes_twice(rig: Rig) -> None:
    rig.faults.merge({"events": {"duplicate": 1}})
    first = rig.put()
    assert [next_event()[0]["id"] for _ in range(2)] == [first, first]


def test_a_reordered_event_comes_after_the_next(rig: Rig) -> None:
    rig.faults.merge({"events": {"reorder": 1}})
    first, second = rig.put(), rig.put()
    assert [next_event()[0]["id"] for _ in range(2)] == [second, first]


def test_a_reordered_event_without_a_next_still_comes(rig: Rig) -> None:
    rig.faults.merge({"events": {"reorder": 1}})
    first = rig.put()
    assert next_event()[0]["id"] == first


def test_reordered_events_wait_for_one_next_and_come_once_each_in_their_order(rig: Rig) -> None:
    rig.faults.merge({"events": {"reorder": 2}})
    first, second = rig.put(), rig.put()
    third = rig.put()
    assert [next_event()[0]["id"] for _ in range(3)] == [third, first, second]
    fourth = rig.put()
    rig.settle()
    rig.faults.merge({"events": {"delay_ms": 500}})
    fifth = rig.put()
    assert [next_event()[0]["id"] for _ in range(2)] == [fourth, fifth], "a reordered event came twice"


def test_a_reordered_event_lets_the_next_get_well_ahead(rig: Rig) -> None:
    rig.faults.merge({"events": {"reorder": 1}})
    rig.put()
    rig.settle()
    before = time.monotonic()
    rig.put()
    next_event()
    next_event()
    assert time.monotonic() - before > 0.09  # never less, however slow the machine: it is a pause


def test_a_reordered_event_waits_for_the_next_and_not_only_for_a_moment(rig: Rig) -> None:
    rig.faults.merge({"events": {"reorder": 1}})
    rig.put()
    rig.settle()
    with pytest.raises(queue.Empty):
        sample_handlers.SEEN.get(timeout=0.5)


def test_a_delayed_event_lets_a_later_one_pass(rig: Rig) -> None:
    rig.faults.merge({"events": {"delay_ms": 1500}})
    first = rig.put()
    rig.settle()
    rig.faults.merge({"events": {"delay_ms": 0}})
    second = rig.put()
    assert [next_event()[0]["id"] for _ in range(2)] == [second, first]


def test_an_invalid_pattern_stops_the_start() -> None:
    with (
        pytest.raises(WiringError, match=r"^StatementRule: Event pattern is not valid\."),
        running(wiring(pattern={"source": [{"wildcard": "*"}]})),
    ):
        pass


class TestPutEvents:
    def entry(self, **members: Any) -> dict[str, Any]:
        return {"Source": "mine", "DetailType": "t", "Detail": '{"a": 1}', **members}

    def test_an_entry_becomes_an_event(self) -> None:
        taken: list[dict[str, Any]] = []
        status, answer = EventsApi(taken.append).answer("PutEvents", {"Entries": [self.entry()]})
        assert (status, answer["FailedEntryCount"]) == (200, 0)
        assert set(taken[0]) == {
            "version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail",
        }  # fact EB-1  # fmt: skip
        assert taken[0]["resources"] == []
        assert taken[0]["detail"] == {"a": 1}
        assert answer["Entries"] == [{"EventId": taken[0]["id"]}]

    @pytest.mark.parametrize(
        ("members", "code"),
        [({"Source": "aws.s3"}, "NotAuthorizedForSourceException"), ({"Detail": "{"}, "MalformedDetail")],
    )
    def test_a_bad_entry_fails_alone(self, members: dict[str, Any], code: str) -> None:
        taken: list[dict[str, Any]] = []
        entries = [self.entry(**members), self.entry()]
        _, answer = EventsApi(taken.append).answer("PutEvents", {"Entries": entries})
        assert answer["FailedEntryCount"] == 1
        assert answer["Entries"][0]["ErrorCode"] == code
        assert len(taken) == 1

    def test_another_operation_is_refused_by_its_name(self) -> None:
        status, answer = EventsApi(lambda _: None).answer("PutRule", {})
        assert status == 400
        assert "PutRule" in answer["message"]


def test_the_queue_is_found_by_its_arn() -> None:
    queue = Queue()
    asyncio.run(DeadLetters(lambda: queue).send(QUEUE_ARN, {"a": 1}, {}))
    assert queue.messages[0]["QueueUrl"] == "http://queue/undelivered"


def test_without_a_queue_nothing_is_sent() -> None:
    queue = Queue()
    asyncio.run(DeadLetters(lambda: queue).send(None, {}, {}))
    assert queue.messages == []
