"""`run`: the order of a submit, and what each of its failures means."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.core.identifiers import parameters_hash, statement_name
from pipeline.ports import Limits
from tests.fakes.others import START
from tests.fakes.ports import JUNE, REPORT, FakePorts
from tests.pipeline.builders import OWNER, QUERY_ID, report
from tests.pipeline.handlers.scene import (
    ELSEWHERE,
    HERE,
    deliver_events,
    record,
    run_message,
    send,
    submit,
    told,
)
from tests.pipeline.recording import Killed, RecordedPorts

pytestmark = pytest.mark.fast

SUBMIT = ["records.reserve", "records.create", "warehouse.execute", "records.link", "records.run"]


@pytest.fixture
def ports() -> FakePorts:
    return FakePorts()


def test_a_new_query_is_accepted_with_its_statement_and_deadline(ports: FakePorts) -> None:
    assert send(ports, run_message()) == {
        "type": "accepted",
        "queryId": QUERY_ID,
        "topicName": "daily-summary",
        "statementId": next(iter(ports.warehouse.statements)),
        "submittedAt": "2026-11-24T15:00:00.000Z",
        "deadline": "2026-11-24T15:01:00.000Z",
    }


def test_the_record_is_written_before_the_statement_starts(ports: FakePorts) -> None:
    recorded = RecordedPorts(ports)
    submit(recorded)
    assert recorded.calls == SUBMIT


def test_the_record_holds_the_whole_question(ports: FakePorts) -> None:
    statement_id = submit(ports)
    held = record(ports)
    assert (held.state, held.statement_id) == ("running", statement_id)
    assert held.connection_ids == {HERE}
    assert (held.parameters, held.parameters_hash) == (JUNE, parameters_hash("daily-summary", JUNE))
    assert (held.report_version, held.data_version, held.synthetic) == (
        report().version,
        "2015-synthetic-0.01-test",
        True,
    )
    assert held.expires_at == held.deadline + timedelta(hours=48)


def test_the_connections_item_stands_while_the_connection_lives(ports: FakePorts) -> None:
    statement_id = submit(ports)
    (link,) = ports.records.links.values()
    assert (link.connection_id, link.topic_name, link.statement_id) == (HERE, "daily-summary", statement_id)
    assert link.expires_at == START + timedelta(hours=2, minutes=15)


def test_what_reaches_the_warehouse_is_the_files_select_and_its_bound_values(ports: FakePorts) -> None:
    statement = ports.warehouse.statements[submit(ports)]
    assert statement.sql == REPORT.partition("*/")[2].strip() + "\nlimit 6"
    assert statement.parameters == JUNE
    assert statement.name == statement_name(OWNER, QUERY_ID)


def test_the_deadline_is_never_later_than_that_of_all_queries(ports: FakePorts) -> None:
    ports.limits = Limits(active_queries=5, deadline_seconds=300)
    ports.reports.put("daily-summary", REPORT.replace("deadlineSeconds = 60", "deadlineSeconds = 900"))
    assert send(ports, run_message())["deadline"] == "2026-11-24T15:05:00.000Z"


def test_a_busy_warehouse_leaves_the_record_and_the_same_run_then_succeeds_once(ports: FakePorts) -> None:
    ports.warehouse.refuse("busy")
    refused = send(ports, run_message())
    assert (refused["type"], refused["code"], refused["retryable"]) == ("error", "warehouse_busy", True)
    assert (refused["action"], refused["queryId"]) == ("run", QUERY_ID)
    assert record(ports).state == "accepted"
    assert ports.records.places[OWNER].keys() == {QUERY_ID}
    ports.warehouse.refuse("no")
    assert send(ports, run_message())["type"] == "accepted"
    assert ports.warehouse.executions == [statement_name(OWNER, QUERY_ID)]


def test_sql_that_the_warehouse_will_not_take_fails_the_query_for_good(
    ports: FakePorts, caplog: pytest.LogCaptureFixture
) -> None:
    ports.warehouse.refuse("invalid")
    failed = send(ports, run_message())
    assert (failed["type"], failed["code"], failed["retryable"]) == ("failed", "sql_error", False)
    assert failed["message"] == "The report's SQL was refused by the warehouse: no such table."
    assert failed["statementId"] is None
    assert record(ports).state == "failed"
    assert ports.records.places == {}
    assert caplog.text.count("report_failed") == 1


def dying(ports: FakePorts, call: str, moment: str) -> RecordedPorts:
    if moment == "before":
        return RecordedPorts(ports, die_before=call)
    return RecordedPorts(ports, die_after=call)


@pytest.mark.parametrize("call", SUBMIT)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_after_a_death_at_any_step_the_same_run_completes_the_query(call: str, moment: str) -> None:
    ports = FakePorts()
    with pytest.raises(Killed):
        send(dying(ports, call, moment), run_message())
    statement_id = submit(ports, connection_id=ELSEWHERE)
    assert ports.warehouse.executions == [statement_name(OWNER, QUERY_ID)]
    assert (record(ports).state, record(ports).statement_id) == ("running", statement_id)
    assert ports.records.statements == {(OWNER, statement_id): QUERY_ID}
    kept_until = ports.records.queries[OWNER, QUERY_ID].statement_expires_at
    assert ports.records.statements_expire_at == {(OWNER, statement_id): kept_until}
    assert (ELSEWHERE, QUERY_ID) in ports.records.links
    assert ports.records.places[OWNER].keys() == {QUERY_ID}


def test_a_statement_that_ended_before_its_submit_was_answered_is_still_accepted(ports: FakePorts) -> None:
    ports.notifier.open = {HERE}
    meanwhile = {"warehouse.execute": lambda: end_the_statement(ports)}
    accepted = send(RecordedPorts(ports, meanwhile=meanwhile), run_message())
    (statement_id,) = ports.warehouse.statements
    assert (accepted["type"], accepted["statementId"]) == ("accepted", statement_id)
    assert (record(ports).state, record(ports).statement_id) == ("finished", statement_id)
    assert [notice["type"] for notice in told(ports)] == ["finished"]


def test_a_statement_that_failed_before_its_submit_was_answered_is_told_as_failed(ports: FakePorts) -> None:
    ports.notifier.open = {HERE}
    meanwhile = {"warehouse.execute": lambda: fail_the_statement(ports)}
    answer = send(RecordedPorts(ports, meanwhile=meanwhile), run_message())
    assert (answer["type"], answer["code"]) == ("failed", "sql_error")
    assert told(ports) == [answer]


def fail_the_statement(ports: FakePorts) -> None:
    for statement_id in ports.warehouse.statements:
        ports.warehouse.fail(statement_id, "division by zero")
    deliver_events(ports)


def end_the_statement(ports: FakePorts) -> None:
    for statement_id in ports.warehouse.statements:
        ports.warehouse.finish(statement_id)
    deliver_events(ports)
