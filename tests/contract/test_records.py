"""The contract of `Records`, kept by the table in memory and by the adapter over DynamoDB."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pipeline.core.records import End, QueryRecord, ended
from pipeline.ports import Change, Records
from tests.fakes.others import START
from tests.pipeline.builders import OTHER_STATEMENT_ID, STATEMENT_ID, query

LATER = START + timedelta(seconds=2)
DAY = timedelta(hours=24)
FINISHED = End("finished", LATER, STATEMENT_ID, rows=30, result_expires_at=LATER + DAY)
EMPTY = replace(FINISHED, rows=0)
FAILED = End("failed", LATER, STATEMENT_ID, error_code="sql_error", error_message="No such column.")
UNSTARTED = End("failed", LATER, error_code="not_started", error_message="Not started in time.")
CANCELLED = End("cancelled", LATER, cancelled_by="user")
UNKNOWN = "00000000-0000-0000-0000-000000000000"


def found(records: Records, record: QueryRecord) -> QueryRecord:
    current = records.find(record.owner, record.query_id)
    assert current is not None
    return current


def test_a_record_is_kept_as_it_was_written(records: Records, owner: str) -> None:
    record = query(owner=owner, connection_ids=frozenset({"c1=", "c2="}), synthetic=False)
    assert records.create(record) is None
    assert records.find(owner, record.query_id) == record


def test_a_record_without_parameters_is_kept_too(records: Records, owner: str) -> None:
    record = query(owner=owner, parameters={})
    records.create(record)
    assert records.find(owner, record.query_id) == record


def test_a_record_is_created_once_and_then_given_as_it_is(records: Records, held: QueryRecord) -> None:
    # facts DY-1, DY-5
    assert records.create(replace(held, topic_name="another")) == held
    assert found(records, held) == held


def test_another_owners_record_is_not_found(records: Records, held: QueryRecord) -> None:
    assert records.find(uuid.uuid4().hex, held.query_id) is None


def test_attaching_adds_a_connection_once(records: Records, held: QueryRecord) -> None:
    for connection in ("c1=", "c2=", "c2="):
        current = records.attach(held.owner, held.query_id, connection)
    assert current == replace(held, connection_ids=frozenset({"c1=", "c2="}))
    assert found(records, held) == current


def test_an_ended_query_is_given_but_not_watched(records: Records, held: QueryRecord) -> None:
    records.end(held.owner, held.query_id, FINISHED)
    assert records.attach(held.owner, held.query_id, "c1=") == ended(held, FINISHED)
    assert found(records, held).connection_ids == frozenset()


def test_a_query_that_is_not_there_cannot_be_watched_and_does_not_appear(
    records: Records, owner: str
) -> None:
    assert records.attach(owner, UNKNOWN, "c1=") is None
    assert records.find(owner, UNKNOWN) is None


def test_detaching_takes_one_connection_out_ended_or_not(records: Records, held: QueryRecord) -> None:
    for connection in ("c1=", "c2="):
        records.attach(held.owner, held.query_id, connection)
    records.detach(held.owner, held.query_id, "c1=")
    assert found(records, held).connection_ids == {"c2="}
    records.end(held.owner, held.query_id, FINISHED)
    records.detach(held.owner, held.query_id, "c2=")
    records.detach(held.owner, held.query_id, "c2=")
    assert found(records, held) == ended(held, FINISHED)


def test_detaching_from_nothing_makes_nothing(records: Records, owner: str) -> None:
    records.detach(owner, UNKNOWN, "c1=")
    assert records.find(owner, UNKNOWN) is None


# statements


def test_a_statement_that_started_moves_its_query_to_running(records: Records, held: QueryRecord) -> None:
    running = replace(held, state="running", statement_id=STATEMENT_ID)
    assert records.run(held.owner, held.query_id, STATEMENT_ID) == running
    assert records.run(held.owner, held.query_id, STATEMENT_ID) == running
    assert found(records, held) == running


def test_a_query_never_changes_its_statement(records: Records, held: QueryRecord) -> None:
    records.run(held.owner, held.query_id, STATEMENT_ID)
    current = records.run(held.owner, held.query_id, OTHER_STATEMENT_ID)
    assert current is not None
    assert current.statement_id == found(records, held).statement_id == STATEMENT_ID


def test_a_query_that_ended_first_learns_its_statement_and_stays_ended(
    records: Records, held: QueryRecord
) -> None:
    records.end(held.owner, held.query_id, CANCELLED)
    expected = replace(ended(held, CANCELLED), statement_id=STATEMENT_ID)
    assert records.run(held.owner, held.query_id, STATEMENT_ID) == expected
    assert records.run(held.owner, held.query_id, OTHER_STATEMENT_ID) == expected


def test_a_statement_of_a_query_that_is_not_there_makes_nothing(records: Records, owner: str) -> None:
    assert records.run(owner, UNKNOWN, STATEMENT_ID) is None
    assert records.find(owner, UNKNOWN) is None


def test_the_way_from_a_statement_leads_its_owner_alone(records: Records, held: QueryRecord) -> None:
    assert records.query_of(held.owner, STATEMENT_ID) is None
    for _ in range(2):
        records.put_statement(held.owner, STATEMENT_ID, held.query_id, LATER)
    assert records.query_of(held.owner, STATEMENT_ID) == held.query_id
    assert records.query_of(uuid.uuid4().hex, STATEMENT_ID) is None


# the end


@pytest.mark.parametrize("end", [FINISHED, EMPTY, FAILED, UNSTARTED, CANCELLED])
def test_a_move_answers_the_record_before_and_leaves_it_ended(
    records: Records, held: QueryRecord, end: End
) -> None:
    assert records.end(held.owner, held.query_id, end) == Change(held, made=True)
    assert found(records, held) == ended(held, end)


@pytest.mark.parametrize("first", [FINISHED, FAILED, CANCELLED])
@pytest.mark.parametrize("second", [FINISHED, FAILED, CANCELLED])
def test_the_first_end_wins(records: Records, held: QueryRecord, first: End, second: End) -> None:
    records.end(held.owner, held.query_id, first)
    before = found(records, held)
    assert records.end(held.owner, held.query_id, second) == Change(before, made=False)
    assert found(records, held) == before


def test_the_end_of_another_statement_is_not_this_querys(records: Records, held: QueryRecord) -> None:
    running = records.run(held.owner, held.query_id, OTHER_STATEMENT_ID)
    assert records.end(held.owner, held.query_id, FINISHED) == Change(running, made=False)
    assert found(records, held) == running


def test_an_end_without_statement_keeps_the_one_that_is_known(records: Records, held: QueryRecord) -> None:
    records.run(held.owner, held.query_id, STATEMENT_ID)
    assert records.end(held.owner, held.query_id, CANCELLED).made
    assert found(records, held).statement_id == STATEMENT_ID


def test_a_failure_without_statement_does_not_end_what_has_one(records: Records, held: QueryRecord) -> None:
    running = records.run(held.owner, held.query_id, STATEMENT_ID)
    assert records.end(held.owner, held.query_id, UNSTARTED) == Change(running, made=False)
    assert found(records, held) == running


def test_the_end_of_a_query_that_is_not_there_makes_nothing(records: Records, owner: str) -> None:
    assert records.end(owner, UNKNOWN, FINISHED) == Change(None, made=False)
    assert records.find(owner, UNKNOWN) is None


def test_the_first_instant_of_the_notice_stays(records: Records, held: QueryRecord) -> None:
    records.end(held.owner, held.query_id, FINISHED)
    records.mark_notified(held.owner, held.query_id, LATER)
    records.mark_notified(held.owner, held.query_id, LATER + DAY)
    assert found(records, held) == replace(ended(held, FINISHED), notified_at=LATER)


def test_a_notice_of_a_query_that_is_not_there_makes_nothing(records: Records, owner: str) -> None:
    records.mark_notified(owner, UNKNOWN, LATER)
    assert records.find(owner, UNKNOWN) is None


# history


def test_the_history_is_every_query_of_the_owner_and_nothing_else(
    records: Records, held: QueryRecord
) -> None:
    second = replace(held, query_id=str(uuid.uuid4()))
    records.create(second)
    records.create(query(owner=uuid.uuid4().hex))
    records.reserve(held.owner, held.query_id, 5, START)
    records.put_statement(held.owner, STATEMENT_ID, held.query_id, LATER)
    assert {r.query_id: r for r in records.history(held.owner)} == {
        held.query_id: held,
        second.query_id: second,
    }


def test_a_history_longer_than_one_answer_of_the_table_is_whole(records: Records, owner: str) -> None:
    large = {f"p{n}": "x" * 60_000 for n in range(4)}
    written: set[str] = set()
    for n in range(6):
        record = query(owner=owner, query_id=str(uuid.UUID(int=n)), parameters=large)
        records.create(record)
        written.add(record.query_id)
    assert {r.query_id for r in records.history(owner)} == written


def test_an_owner_without_queries_has_an_empty_history(records: Records, owner: str) -> None:
    history: Any = records.history(owner)
    assert list(history) == []
