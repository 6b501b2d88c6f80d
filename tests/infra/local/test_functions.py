"""The function runtime: what a handler gets, and what becomes of what it gives."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from infra.local.console.feed import Feed
from infra.local.errors import WiringError
from infra.local.faults import Faults
from infra.local.functions import Functions, Outcome
from infra.local.running import RunningFunction
from infra.local.wiring import Function
from tests.infra.local import sample_handlers
from tests.infra.local.wirings import ACCOUNT, function


@contextmanager
def runtime(
    made: Mapping[str, Function], faults: Faults | None = None, threads: int = 4
) -> Iterator[Functions]:
    functions = Functions(made, RunningFunction(), faults or Faults(), Feed(), threads)
    try:
        yield functions
    finally:
        functions.close()


def invoke(handler: str, event: Any, timeout: int = 5, **arguments: Any) -> Outcome:
    with runtime({"F": function("F", handler, timeout)}) as functions:
        return asyncio.run(functions.invoke("F", event, **arguments))


def test_event_and_answer_go_through_json() -> None:
    outcome = invoke("echo", {"pair": (1, 2), 3: "✓"})
    assert outcome.payload == {"pair": [1, 2], "3": "✓"}
    assert not outcome.failed


def test_the_context_is_that_of_lambda() -> None:
    outcome = invoke("describe_context", {})
    assert outcome.payload["request_id"] == outcome.request_id
    assert outcome.payload["name"] == "stack-describe_context"
    assert outcome.payload["arn"] == f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:stack-describe_context"
    assert 0 < outcome.payload["remaining"] <= 5000


def test_what_a_handler_raises_is_described_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    outcome = invoke("fail", {})
    assert outcome.failed
    assert set(outcome.payload) == {"errorMessage", "errorType", "requestId", "stackTrace"}  # fact LA-1
    assert (outcome.payload["errorType"], outcome.payload["errorMessage"]) == ("KeyError", "'missing'")
    assert any("in fail" in line for line in outcome.payload["stackTrace"])
    assert f"F raised KeyError: 'missing' (request {outcome.request_id})" in caplog.text


def test_a_function_ends_at_its_time_out(caplog: pytest.LogCaptureFixture) -> None:
    outcome = invoke("sleep", {"seconds": 1.5}, timeout=1)
    message = f"RequestId: {outcome.request_id} Error: Task timed out after 1.00 seconds"
    assert outcome.payload == {"errorType": "Sandbox.Timedout", "errorMessage": message}  # fact LA-3
    assert not outcome.gave_up
    assert "F: RequestId" in caplog.text


def test_a_caller_may_give_up_earlier() -> None:
    outcome = invoke("sleep", {"seconds": 0.5}, patience=0.05)
    assert outcome.gave_up
    assert outcome.error_message is None


def test_a_run_whose_time_is_over_before_a_thread_is_free_never_begins() -> None:
    made = {name: function(name, name) for name in ("message", "connect")}

    async def three_runs(functions: Functions) -> Outcome:
        blocking = asyncio.create_task(functions.invoke("message", {"body": '{"do": "wait"}'}))
        await asyncio.sleep(0)
        late = await functions.invoke("connect", {"run": "late"}, patience=0.01)
        sample_handlers.GATE.set()
        await blocking
        await functions.invoke("connect", {"run": "next"})
        return late

    with runtime(made, threads=1) as functions:
        assert asyncio.run(three_runs(functions)).gave_up
    seen = [sample_handlers.SEEN.get()[0] for _ in range(sample_handlers.SEEN.qsize())]
    assert [event.get("run") for event in seen] == [None, "next"]


def test_runs_may_share_a_request_id() -> None:
    assert invoke("describe_context", {}, request_id="r1").payload["request_id"] == "r1"


def test_an_answer_that_is_no_json_is_an_error() -> None:
    assert invoke("answer_a_set", {}).payload["errorType"] == "TypeError"


def test_an_answer_over_6_mb_is_an_error() -> None:
    assert "payload size" in str(invoke("answer_too_much", {}).error_message)


@pytest.mark.parametrize(
    ("handler", "reason"),
    [
        ("tests.infra.local.no_such_module.handler", "cannot be imported"),
        ("tests.infra.local.sample_handlers.no_such_function", "there is no function no_such_function"),
        ("tests.infra.local.sample_handlers.NO_FUNCTION", "there is no function NO_FUNCTION"),
        ("handler", "is not <module>.<function>"),
    ],
)
def test_a_handler_that_is_not_there_stops_the_start(handler: str, reason: str) -> None:
    made = Function("BadFunction", "n", "a", handler, 5, {}, "R", "r")
    with pytest.raises(WiringError, match=f"^BadFunction: .*{reason}"):
        Functions({"BadFunction": made}, RunningFunction(), Faults(), Feed())


def test_a_fault_fails_an_invocation_before_its_handler_runs(caplog: pytest.LogCaptureFixture) -> None:
    faults = Faults(frozenset({"F"}))
    faults.merge({"handlers": {"F": {"raise": 1}}})
    with runtime({"F": function("F", "echo")}, faults) as functions:
        failed, well = (asyncio.run(functions.invoke("F", {})) for _ in range(2))
    assert "before the handler ran" in str(failed.error_message)
    assert [record.exc_info for record in caplog.records] == [None]  # nobody has to find out where
    assert not well.failed


def test_the_running_function_is_known_inside_its_handler_only() -> None:
    running = RunningFunction()
    with running.entered("Outer"):
        with running.entered("Inner"):
            assert running.current() == "Inner"
        assert running.current() == "Outer"
    assert running.current() is None
