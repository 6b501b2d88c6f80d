"""How a query ends, where a handler's answer does not show what was done."""

from __future__ import annotations

import pytest

from pipeline.core.records import End
from pipeline.ports import WarehouseBusyError
from pipeline.steps.ending import close, mend
from tests.fakes.others import START
from tests.fakes.ports import FakePorts
from tests.fakes.warehouse import FakeWarehouse
from tests.pipeline.builders import (
    OTHER_STATEMENT_ID,
    OWNER,
    QUERY_ID,
    STATEMENT_ID,
    running,
)
from tests.pipeline.handlers.scene import record, submit
from tests.pipeline.recording import RecordedPorts

pytestmark = pytest.mark.fast

END = End("finished", START, STATEMENT_ID, rows=1)


@pytest.fixture
def ports() -> FakePorts:
    return FakePorts()


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
    kept_until = ports.records.queries[OWNER, QUERY_ID].statement_expires_at
    assert ports.records.statements_expire_at == {(OWNER, statement_id): kept_until}


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
