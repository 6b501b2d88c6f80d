"""Two submits of one query at the same time, one of which the warehouse refuses: whoever is first decides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.core.records import End
from pipeline.steps.ending import mend
from tests.fakes.others import START
from tests.fakes.ports import REPORT, FakePorts
from tests.pipeline.builders import OWNER, QUERY_ID
from tests.pipeline.handlers.scene import ELSEWHERE, HERE, record, run_message, send
from tests.pipeline.recording import Killed, RecordedPorts

pytestmark = pytest.mark.fast


@pytest.fixture
def ports() -> FakePorts:
    """The world with a query that is recorded and not started."""
    ports = FakePorts()
    with pytest.raises(Killed):
        send(RecordedPorts(ports, die_before="warehouse.execute"), run_message())
    return ports


def test_a_refused_start_leaves_a_query_that_another_submit_started(ports: FakePorts) -> None:
    def another_starts_it() -> None:
        send(ports, run_message())
        ports.warehouse.refuse("invalid")

    refused = RecordedPorts(ports, meanwhile={"records.attach": another_starts_it})
    answer = send(refused, run_message(), connection_id=ELSEWHERE)
    assert (answer["type"], answer["statementId"]) == ("accepted", record(ports).statement_id)
    assert record(ports).state == "running"
    assert ports.records.places[OWNER].keys() == {QUERY_ID}


def test_who_is_accepted_by_a_refused_start_watches_and_is_forgotten_with_its_connection(
    ports: FakePorts,
) -> None:
    def another_starts_it() -> None:
        send(ports, run_message())
        ports.warehouse.refuse("invalid")

    send(
        RecordedPorts(ports, meanwhile={"records.attach": another_starts_it}),
        run_message(),
        connection_id=ELSEWHERE,
    )
    assert record(ports).connection_ids == {HERE, ELSEWHERE}
    assert (ELSEWHERE, QUERY_ID) in ports.records.links


def test_a_start_that_finds_its_query_failed_stops_what_it_started(ports: FakePorts) -> None:
    def another_is_refused() -> None:
        ports.warehouse.refuse("invalid")
        send(ports, run_message())

    late = RecordedPorts(ports, meanwhile={"warehouse.execute": another_is_refused})
    answer = send(late, run_message())
    assert (answer["type"], answer["code"]) == ("failed", "sql_error")
    assert [statement.state for statement in ports.warehouse.statements.values()] == ["ABORTED"]
    assert record(ports).state == "failed"


def test_a_query_whose_report_was_changed_is_not_given_up_when_it_was_started(ports: FakePorts) -> None:
    def another_starts_it() -> None:
        ports.reports.put("daily-summary", REPORT)
        send(ports, run_message())

    ports.reports.put("daily-summary", REPORT + "-- changed\n")
    changed = RecordedPorts(ports, meanwhile={"records.attach": another_starts_it})
    assert send(changed, run_message())["type"] == "accepted"
    assert record(ports).state == "running"


def test_a_reader_who_ends_an_unstarted_query_that_was_started_looks_again(ports: FakePorts) -> None:
    stale = record(ports)
    send(ports, run_message())
    ports.clock.pass_seconds(61)
    assert mend(ports, stale).error_code == "deadline_exceeded"
    assert [statement.state for statement in ports.warehouse.statements.values()] == ["ABORTED"]


def test_an_end_says_whether_it_is_of_no_statement() -> None:
    at = START + timedelta(seconds=2)
    assert End("failed", at, error_code="not_started").is_of_no_statement
    assert not End("failed", at, "a statement", error_code="sql_error").is_of_no_statement
    assert not End("cancelled", at, cancelled_by="user").is_of_no_statement
