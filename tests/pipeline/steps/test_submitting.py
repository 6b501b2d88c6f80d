"""How a query starts, where a handler's answer does not show what was done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.core.errors import Refusal
from pipeline.steps.submitting import Submission
from pipeline.steps.submitting import submit as submit_step
from tests.fakes.others import START
from tests.fakes.ports import JUNE, FakePorts
from tests.pipeline.builders import CALLER, OTHER_QUERY_ID, QUERY_ID
from tests.pipeline.handlers.scene import HERE, record, submit
from tests.pipeline.recording import RecordedPorts

pytestmark = pytest.mark.fast


@pytest.fixture
def ports() -> FakePorts:
    return FakePorts()


def test_a_submit_cuts_its_instant_to_what_the_wire_carries(ports: FakePorts) -> None:
    ports.clock.pass_seconds(0.123456)
    submit(ports)
    assert record(ports).submitted_at == START + timedelta(milliseconds=123)


def test_a_question_is_judged_before_a_place_is_taken(ports: FakePorts) -> None:
    recorded = RecordedPorts(ports)
    with pytest.raises(Refusal):
        submit_step(recorded, Submission(CALLER, HERE, QUERY_ID, "daily-summary", {**JUNE, "x": 1}))
    assert recorded.calls == ["records.find"]  # is it a repeat of a query that is known?


def test_over_the_limit_the_querys_own_record_is_read_first(ports: FakePorts) -> None:
    for n in range(5):
        submit(ports, f"{n:08d}-0000-0000-0000-000000000000")
    recorded = RecordedPorts(ports)
    with pytest.raises(Refusal):
        submit_step(recorded, Submission(CALLER, HERE, OTHER_QUERY_ID, "daily-summary", JUNE))
    assert recorded.calls[:2] == ["records.reserve", "records.find"]
    assert recorded.calls[-1] == "records.reserve"
