"""The steps themselves, where a handler's answer does not show what they did."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.core.errors import Refusal
from pipeline.core.records import End
from pipeline.ports import WarehouseBusyError
from pipeline.steps import Submission, close, mend
from pipeline.steps import submit as submit_step
from tests.fakes.others import START
from tests.fakes.ports import JUNE, FakePorts
from tests.fakes.warehouse import FakeWarehouse
from tests.pipeline.builders import (
    CALLER,
    OTHER_QUERY_ID,
    OTHER_STATEMENT_ID,
    OWNER,
    QUERY_ID,
    STATEMENT_ID,
    running,
)
from tests.pipeline.handlers.scene import HERE, record, submit
from tests.pipeline.recording import RecordedPorts

pytestmark = pytest.mark.fast

END = End("finished", START, STATEMENT_ID, rows=1)


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


def test_closing_a_query_also_frees_its_place_and_leads_from_its_statement(ports: FakePorts) -> None:
    statement_id = submit(ports)
    ports.records.statements.clear()
    ended = close(ports, OWNER, QUERY_ID, End("finished", START, statement_id, rows=1))
    assert ended is not None
    assert (ended.state, record(ports).state) == ("finished", "finished")
    assert (ports.records.places, ports.records.statements) == ({}, {(OWNER, statement_id): QUERY_ID})


def test_closing_what_has_ended_changes_nothing_but_cleans_up_again(ports: FakePorts) -> None:
    statement_id = submit(ports)
    close(ports, OWNER, QUERY_ID, End("cancelled", START, cancelled_by="user"))
    ports.records.statements.clear()
    again = close(ports, OWNER, QUERY_ID, End("finished", START, statement_id, rows=1))
    assert again is not None
    assert again.state == "cancelled"
    assert ports.records.statements == {(OWNER, statement_id): QUERY_ID}


def test_closing_a_query_that_is_not_there_gives_nothing(ports: FakePorts) -> None:
    assert close(ports, OWNER, QUERY_ID, END) is None
    assert (ports.records.queries, ports.records.statements) == ({}, {})


def test_mending_a_young_query_touches_nothing(ports: FakePorts) -> None:
    submit(ports)
    recorded = RecordedPorts(ports)
    assert mend(recorded, record(ports)) == record(ports)
    assert recorded.calls == []


def test_mending_asks_once_and_moves_a_silent_query(ports: FakePorts) -> None:
    statement_id = submit(ports)
    ports.warehouse.finish(statement_id)
    ports.clock.pass_seconds(11)
    recorded = RecordedPorts(ports)
    assert mend(recorded, record(ports)).state == "finished"
    assert recorded.calls == [
        "warehouse.describe",
        "records.end",
        "records.put_statement",
        "records.leave",
    ]


def test_mending_an_overdue_query_stops_its_statement_after_the_record_moved(ports: FakePorts) -> None:
    submit(ports)
    ports.clock.pass_seconds(61)
    recorded = RecordedPorts(ports)
    assert mend(recorded, record(ports)).error_code == "deadline_exceeded"
    assert recorded.calls[1] == "records.end"
    assert recorded.calls[-1] == "warehouse.cancel"


def test_mending_a_record_that_ended_meanwhile_gives_it_as_it_is(ports: FakePorts) -> None:
    submit(ports)
    stale = record(ports)
    close(ports, OWNER, QUERY_ID, End("cancelled", START, cancelled_by="user"))
    ports.clock.pass_seconds(61)
    assert mend(ports, stale).state == "cancelled"


def test_mending_a_record_that_is_gone_gives_it_as_it_was_read(ports: FakePorts) -> None:
    ports.clock.pass_seconds(61)
    assert mend(ports, running()) == running()


class Silent(FakeWarehouse):
    """A warehouse that answers neither questions nor cancels."""

    def describe(self, statement_id: str) -> None:
        raise WarehouseBusyError("warehouse_unavailable", "Away.")

    def cancel(self, statement_id: str) -> None:
        raise WarehouseBusyError("warehouse_unavailable", "Away.")


def test_a_warehouse_that_does_not_answer_leaves_a_query_that_is_in_time(ports: FakePorts) -> None:
    ports.warehouse = Silent(ports.clock)
    submit(ports)
    ports.clock.pass_seconds(30)
    assert mend(ports, record(ports)).state == "running"


def test_a_warehouse_that_does_not_answer_does_not_keep_an_overdue_query(ports: FakePorts) -> None:
    ports.warehouse = Silent(ports.clock)
    submit(ports)
    ports.clock.pass_seconds(61)
    assert mend(ports, record(ports)).error_code == "deadline_exceeded"


def test_a_record_that_names_another_statement_is_not_ended(ports: FakePorts) -> None:
    submit(ports)
    close(ports, OWNER, QUERY_ID, End("finished", START, OTHER_STATEMENT_ID))
    assert record(ports).state == "running"
