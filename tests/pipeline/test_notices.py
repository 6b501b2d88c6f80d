from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import Any

import pytest

from pipeline.core.records import End
from pipeline.core.statement_ends import StatementEvent, parse_event
from pipeline.notices import NoticeFailedError, deliver
from pipeline.ports import PostFailedError
from pipeline.steps.ending import close
from tests.fakes.others import START, FakeNotifier
from tests.fakes.ports import REPORT, FakePorts
from tests.pipeline.builders import OTHER_QUERY_ID, OTHER_STATEMENT_ID, OWNER, QUERY_ID
from tests.pipeline.handlers.scene import (
    ELSEWHERE,
    HERE,
    record,
    run_message,
    send,
    submit,
    told,
)
from tests.pipeline.recording import Killed, RecordedPorts

pytestmark = pytest.mark.fast

STEPS = [
    "records.end",
    "records.leave",
    "notifier.post",
    "records.mark_notified",
]


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.notifier.open = {HERE}
    return ports


def finish(ports: FakePorts, rows: int = 1) -> StatementEvent:
    """Submit, let the statement finish, and give its event, not delivered yet."""
    ports.warehouse.finish(submit(ports), rows)
    event = parse_event(ports.warehouse.events.pop())
    assert event is not None
    return event


def overtake(ports: FakePorts) -> StatementEvent:
    """Let a submit die when its statement has started, and that finish; give its event, not delivered yet."""
    with pytest.raises(Killed):
        send(RecordedPorts(ports, die_after="warehouse.execute"), run_message())
    (statement_id,) = ports.warehouse.statements
    ports.warehouse.finish(statement_id)
    event = parse_event(ports.warehouse.events.pop())
    assert event is not None
    return event


def seconds(ports: FakePorts) -> float:
    return (ports.clock.now() - START).total_seconds()


class Moody(FakeNotifier):
    """Connections that answer a script first: 410, 500 or 200 per post, and then 200."""

    def __init__(self, **scripts: list[int]) -> None:
        super().__init__()
        self.open = {f"{name}=" for name in scripts}
        self.attempts: list[str] = []
        self._scripts = {f"{name}=": script for name, script in scripts.items()}

    def post(self, connection_id: str, text: str) -> bool:
        self.attempts.append(connection_id)
        script = self._scripts.get(connection_id, [])
        status = script.pop(0) if script else 200
        if status == 500:
            raise PostFailedError("500")
        return status == 200 and super().post(connection_id, text)


def test_the_record_moves_before_anybody_is_told(ports: FakePorts) -> None:
    event = finish(ports)
    recorded = RecordedPorts(ports)
    deliver(recorded, event)
    assert recorded.calls == STEPS


def test_a_repeated_event_moves_and_tells_nothing_again(ports: FakePorts) -> None:
    event = finish(ports, rows=7)
    deliver(ports, event)
    before = record(ports)
    ports.clock.pass_seconds(5)
    deliver(ports, replace(event, rows=9))
    assert record(ports) == before
    assert len(told(ports)) == 1


@pytest.mark.parametrize(
    ("die_before", "die_after", "notices"),
    [
        ("records.end", "", 1),
        ("", "records.end", 1),
        ("records.leave", "", 1),
        ("", "records.leave", 1),
        ("notifier.post", "", 1),
        ("", "notifier.post", 2),
        ("records.mark_notified", "", 2),
        ("", "records.mark_notified", 1),
    ],
)
def test_after_a_death_at_any_step_a_replay_completes_the_delivery(
    ports: FakePorts, die_before: str, die_after: str, notices: int
) -> None:
    event = finish(ports)
    with pytest.raises(Killed):
        deliver(RecordedPorts(ports, die_before, die_after), event)
    deliver(ports, event)
    assert len(told(ports)) == notices
    assert (record(ports).state, ports.records.places) == ("finished", {})
    assert record(ports).notified_at is not None


def test_an_event_of_another_statement_changes_nothing_and_is_logged(
    ports: FakePorts, caplog: pytest.LogCaptureFixture
) -> None:
    event = replace(finish(ports), statement_id=OTHER_STATEMENT_ID)
    before = record(ports)
    with caplog.at_level(logging.WARNING, logger="pipeline"):
        deliver(ports, event)
    assert (record(ports), told(ports)) == (before, [])
    assert ports.records.places[OWNER].keys() == {QUERY_ID}
    assert '"event": "event_without_query"' in caplog.text


def test_an_event_without_a_record_is_logged_and_no_error(
    ports: FakePorts, caplog: pytest.LogCaptureFixture
) -> None:
    event = replace(finish(ports), query_id=OTHER_QUERY_ID)
    with caplog.at_level(logging.WARNING, logger="pipeline"):
        deliver(ports, event)
    assert OTHER_QUERY_ID in caplog.text
    assert (OWNER, OTHER_QUERY_ID) not in ports.records.queries


def test_an_event_that_overtakes_its_submit_supplies_the_statement(ports: FakePorts) -> None:
    event = overtake(ports)
    statement_id = event.statement_id
    deliver(ports, event)
    assert (record(ports).state, record(ports).statement_id) == ("finished", statement_id)
    assert ports.records.statements == {(OWNER, statement_id): QUERY_ID}
    kept_until = ports.records.queries[OWNER, QUERY_ID].statement_expires_at
    assert ports.records.statements_expire_at == {(OWNER, statement_id): kept_until}
    assert [notice["statementId"] for notice in told(ports)] == [statement_id]


def test_the_way_from_a_statement_is_written_by_the_next_delivery_where_the_one_that_supplied_it_died(
    ports: FakePorts,
) -> None:
    event = overtake(ports)
    statement_id = event.statement_id
    with pytest.raises(Killed):
        deliver(RecordedPorts(ports, die_after="records.end"), event)
    assert ports.records.statements == {}
    deliver(ports, event)
    assert ports.records.statements == {(OWNER, statement_id): QUERY_ID}


def test_a_failure_is_asked_after_once_and_told_in_the_engines_words(ports: FakePorts) -> None:
    statement_id = submit(ports)
    ports.warehouse.fail(statement_id, "ERROR: Divide by zero")
    event = parse_event(ports.warehouse.events.pop())
    assert event is not None
    deliver(ports, event)
    (notice,) = told(ports)
    assert (notice["type"], notice["code"]) == ("failed", "sql_error")
    assert "Divide by zero" in notice["message"]
    assert ports.warehouse.described == [statement_id]


def test_a_query_mended_by_a_reader_is_still_told_to_its_watchers(ports: FakePorts) -> None:
    event = finish(ports)
    late = End("failed", START, event.statement_id, error_code="deadline_exceeded", error_message="Late.")
    close(ports, OWNER, QUERY_ID, late)
    deliver(ports, event)
    assert [notice["code"] for notice in told(ports)] == ["deadline_exceeded"]


@pytest.mark.parametrize("age", [0, 5, 50])
def test_a_post_before_the_handshake_has_returned_is_tried_again_however_old_its_query_is(
    ports: FakePorts, age: int
) -> None:
    event = finish(ports)
    ports.clock.pass_seconds(age)
    ports.notifier = Moody(c1=[410, 410])
    deliver(ports, event)
    assert len(ports.notifier.attempts) == 3
    assert seconds(ports) == pytest.approx(age + 0.3)
    assert (HERE, QUERY_ID) in ports.records.links


def test_nobody_waits_for_a_connection_that_may_be_gone(ports: FakePorts) -> None:
    send(ports, run_message(), connection_id=ELSEWHERE)
    event = finish(ports)
    ports.notifier = Moody(c1=[410] * 9, c2=[])
    deliver(ports, event)
    assert ports.notifier.attempts == [HERE, ELSEWHERE, *[HERE] * 4]
    assert record(ports).connection_ids == {ELSEWHERE}
    assert set(ports.records.links) == {(ELSEWHERE, QUERY_ID)}


def test_connections_that_stay_gone_are_forgotten_after_one_series_for_all(ports: FakePorts) -> None:
    send(ports, run_message(), connection_id=ELSEWHERE)
    event = finish(ports)
    ports.notifier = Moody(c1=[410] * 9, c2=[410] * 9)
    deliver(ports, event)
    assert ports.notifier.attempts == [HERE, ELSEWHERE] * 5
    assert seconds(ports) == pytest.approx(1.5)
    assert record(ports).connection_ids == frozenset()
    assert ports.records.links == {}
    assert record(ports).notified_at is not None


@pytest.mark.parametrize(("script", "attempts"), [([500], 2), ([500, 500], 3)])
def test_a_post_that_fails_is_tried_three_times_within_two_seconds(
    ports: FakePorts, script: list[int], attempts: int
) -> None:
    event = finish(ports)
    ports.notifier = Moody(c1=script)
    deliver(ports, event)
    assert (len(ports.notifier.attempts), len(told(ports))) == (attempts, 1)
    assert seconds(ports) < 2


def test_a_connection_that_cannot_be_told_fails_the_delivery_and_keeps_nobody_waiting(
    ports: FakePorts,
) -> None:
    send(ports, run_message(), connection_id=ELSEWHERE)
    event = finish(ports)
    ports.notifier = Moody(c1=[500] * 3, c2=[])
    with pytest.raises(NoticeFailedError):
        deliver(ports, event)
    assert ports.notifier.attempts == [HERE, ELSEWHERE, HERE, HERE]
    assert seconds(ports) < 2
    assert (len(told(ports)), len(told(ports, ELSEWHERE))) == (0, 1)
    assert record(ports).notified_at is None
    assert (HERE, QUERY_ID) in ports.records.links


def test_a_connection_that_fails_when_it_is_tried_again_fails_the_delivery(ports: FakePorts) -> None:
    event = finish(ports)
    ports.notifier = Moody(c1=[410, 500, 500, 500])
    with pytest.raises(NoticeFailedError):
        deliver(ports, event)
    assert record(ports).notified_at is None
    assert record(ports).connection_ids == {HERE}


def test_lambdas_repeat_of_a_failed_delivery_tells_everybody(ports: FakePorts) -> None:
    event = finish(ports)
    ports.notifier = Moody(c1=[500] * 3)
    with pytest.raises(NoticeFailedError):
        deliver(ports, event)
    deliver(ports, event)
    assert len(told(ports)) == 1
    assert record(ports).notified_at is not None


def test_a_query_that_nobody_watches_is_delivered_to_nobody(ports: FakePorts) -> None:
    event = finish(ports)
    ports.records.detach(OWNER, QUERY_ID, HERE)
    deliver(ports, event)
    assert ports.notifier.posted == []
    assert record(ports).notified_at is not None


def test_a_notice_holds_no_more_than_the_protocol_says(ports: FakePorts) -> None:
    deliver(ports, finish(ports))
    (notice,) = told(ports)
    fields: set[Any] = {
        "type",
        "queryId",
        "topicName",
        "statementId",
        "rows",
        "finishedAt",
        "resultExpiresAt",
    }
    assert set(notice) == fields


def failures(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    lines = [json.loads(record.message) for record in caplog.records]
    return [line for line in lines if line["event"] == "report_failed"]


def test_sql_that_fails_is_told_to_its_analyst_once_with_the_line_of_the_file(
    ports: FakePorts, caplog: pytest.LogCaptureFixture
) -> None:
    ports.warehouse.fail(submit(ports), 'ERROR: column "fare" does not exist (line 2, column 8).')
    event = parse_event(ports.warehouse.events.pop())
    assert event is not None
    deliver(ports, event)
    deliver(ports, event)
    line = REPORT[: REPORT.index("*/")].count("\n") + 3
    place = f"(daily-summary.sql, line {line})"
    reason = f'The report\'s SQL was refused by the warehouse: column "fare" does not exist {place}.'
    assert failures(caplog) == [
        {
            "event": "report_failed",
            "topic_name": "daily-summary",
            "report_version": record(ports).report_version,
            "query_id": QUERY_ID,
            "statement_id": event.statement_id,
            "reason": reason,
        }
    ]
    assert [notice["message"] for notice in told(ports)] == [reason]


def test_sql_that_fails_is_told_to_its_analyst_although_the_first_delivery_died(
    ports: FakePorts, caplog: pytest.LogCaptureFixture
) -> None:
    ports.warehouse.fail(submit(ports), "ERROR: Divide by zero")
    event = parse_event(ports.warehouse.events.pop())
    assert event is not None
    with pytest.raises(Killed):
        deliver(RecordedPorts(ports, die_after="records.end"), event)
    assert failures(caplog) == []
    deliver(ports, event)
    assert [line["query_id"] for line in failures(caplog)] == [QUERY_ID]


def test_a_query_that_ended_otherwise_says_nothing_of_its_report(
    ports: FakePorts, caplog: pytest.LogCaptureFixture
) -> None:
    deliver(ports, finish(ports))
    assert failures(caplog) == []
