"""An invocation that is killed after a call: the call has had its effect, and nothing comes after it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

import boto3
import pytest

from infra.local.aws_http import AwsHttpServer, HttpAnswer, HttpRequest
from infra.local.console.feed import Feed
from infra.local.faults import Faults
from infra.local.functions import Functions, Outcome
from infra.local.kills import KillHook
from infra.local.listening import listen, port_of
from infra.local.running import RunningFunction
from tests.infra.local import sample_handlers
from tests.infra.local.wirings import function


@dataclass
class Rig:
    """Functions whose calls of AWS come to `called`."""

    faults: Faults
    functions: Functions
    address: str
    called: list[str] = field(default_factory=list)

    def invoke(self, function_id: str, calls: int = 3) -> Outcome:
        event = {"address": self.address, "calls": calls}
        return asyncio.run(self.functions.invoke(function_id, event))

    def kill_after(self, number: int, function_id: str = "Plain") -> None:
        self.faults.merge({"handlers": {function_id: {"kill_after": number}}})

    def respond(self, request: HttpRequest) -> HttpAnswer:
        self.called.append(request.headers["x-amz-target"].partition(".")[2])
        return HttpAnswer(200, [], b'{"Version": 1}')


@pytest.fixture
def rig() -> Iterator[Rig]:
    made = {
        "Plain": function("Plain", "call_aws_and_note_errors", 60),
        "Careful": function("Careful", "call_aws_whatever_comes", 60),
    }
    running, faults, listener = RunningFunction(), Faults(frozenset(made)), listen(0)
    boto3.setup_default_session()
    KillHook(running, faults).install()
    rig = Rig(faults, Functions(made, running, faults, Feed()), f"http://127.0.0.1:{port_of(listener)}")
    server = AwsHttpServer(listener, rig.respond)
    server.start()
    yield rig
    rig.functions.close()
    server.close()
    boto3.setup_default_session()


def test_the_call_is_done_and_nothing_after_it(rig: Rig) -> None:
    rig.kill_after(2)
    assert rig.invoke("Plain").failed
    assert rig.called == ["PutParameter"] * 2


def test_it_is_no_error_that_a_handler_could_deal_with(rig: Rig) -> None:
    rig.kill_after(1)
    assert rig.invoke("Plain").failed
    assert sample_handlers.SEEN.empty()


def test_the_outcome_is_that_of_a_sandbox_that_died(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    rig.kill_after(1)
    outcome = rig.invoke("Plain")
    message = f"RequestId: {outcome.request_id} Error: Runtime exited with error: signal: killed"
    assert outcome.payload == {"errorType": "Runtime.ExitError", "errorMessage": message}
    assert not outcome.gave_up
    assert f"Plain: {message}" in caplog.text


def test_it_happens_once(rig: Rig) -> None:
    rig.kill_after(2)
    assert [rig.invoke("Plain").failed for _ in range(2)] == [True, False]
    assert rig.faults.left() == {"handlers": {"Plain": {"kill_after": 0}}}


def test_an_invocation_that_makes_fewer_calls_lives_and_leaves_the_fault_to_the_next(rig: Rig) -> None:
    rig.kill_after(3)
    assert not rig.invoke("Plain", calls=2).failed
    assert rig.invoke("Plain", calls=3).failed


def test_another_function_is_not_hurt(rig: Rig) -> None:
    rig.kill_after(1, "Careful")
    assert not rig.invoke("Plain").failed


def test_a_handler_can_neither_call_nor_answer_once_it_has_died(rig: Rig) -> None:
    rig.kill_after(1, "Careful")
    outcome = rig.invoke("Careful")
    assert outcome.payload["errorType"] == "Runtime.ExitError"
    assert rig.called == ["PutParameter"]
