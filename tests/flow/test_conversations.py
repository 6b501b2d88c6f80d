"""Every message of the protocol, over a real connection to the real handlers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
import websocket

from tests.flow.client import Session, User, put_faults
from tests.flow.conftest import Pipeline

JUNE = {"startDate": "2015-06-01", "endDate": "2015-06-30"}
OUTCOMES = {"finished", "failed", "cancelled"}


@pytest.fixture
def dora(pipeline: Pipeline) -> User:
    return User.named(pipeline, f"dora-{uuid4().hex[:8]}")


@pytest.fixture
def faults(pipeline: Pipeline) -> Iterator[Any]:
    yield partial(put_faults, pipeline)
    put_faults(pipeline, statements={"delay_ms": 0, "fail": 0}, events={"drop": 0})


def outcome(session: Session) -> dict[str, Any]:
    """Receive until a query's outcome comes."""
    return session.until(*OUTCOMES)


def test_run_again_joins_and_never_runs_twice(dora: User, faults: Any) -> None:
    faults(statements={"delay_ms": 700})
    with dora.connected() as first, dora.connected() as second:
        query_id = first.run("daily-summary", **JUNE)
        accepted = first.receive()
        second.send(action="run", queryId=query_id, topicName="daily-summary", parameters=JUNE)
        assert second.receive() == accepted
        assert outcome(first) == outcome(second)
        first.send(action="run", queryId=query_id, topicName="daily-summary", parameters=JUNE)
        assert first.receive()["statementId"] == accepted["statementId"]
    assert [query["queryId"] for query in dora.get("/queries")[1]["queries"]] == [query_id]


def test_the_same_id_for_another_question_is_a_conflict(dora: User) -> None:
    with dora.connected() as session:
        query_id = session.run("daily-summary", **JUNE)
        outcome(session)
        other = {**JUNE, "endDate": "2015-06-29"}
        session.send(action="run", queryId=query_id, topicName="daily-summary", parameters=other)
        error = session.receive()
        while error["type"] == "accepted":
            error = session.receive()
    assert (error["code"], error["queryId"]) == ("query_conflict", query_id)


def test_resume_tells_where_each_query_stands_and_nothing_of_a_stranger(
    pipeline: Pipeline, dora: User, faults: Any
) -> None:
    with dora.connected() as session:
        done = session.run("daily-summary", **JUNE)
        outcome(session)
    faults(statements={"delay_ms": 1500})
    with dora.connected() as session:
        going = session.run("daily-summary", **JUNE)
        session.receive()
    with dora.connected() as session:
        session.send(action="resume", queryIds=[going, done, str(uuid4())])
        types = [query["type"] for query in session.receive()["queries"]]
        assert types == ["accepted", "finished", "unknown"]
        assert outcome(session)["queryId"] == going
    with User.named(pipeline, "stranger").connected() as session:
        session.send(action="resume", queryIds=[going, done])
        assert [query["type"] for query in session.receive()["queries"]] == ["unknown", "unknown"]


def test_cancel_stops_a_query_and_its_rows_are_not_there(dora: User, faults: Any) -> None:
    faults(statements={"delay_ms": 5000})
    with dora.connected() as session:
        query_id = session.run("daily-summary", **JUNE)
        statement_id = session.receive()["statementId"]
        assert dora.get(f"/results/{statement_id}") == (
            202,
            {"state": "running", "queryId": query_id, "retryAfterSeconds": 2},
        )
        session.send(action="cancel", queryId=query_id)
        cancelled = outcome(session)
    assert (cancelled["type"], cancelled["by"]) == ("cancelled", "user")
    status, body = dora.get(f"/results/{statement_id}")
    assert (status, body["error"]["code"]) == (409, "query_cancelled")


def test_cancel_after_the_end_answers_what_came_first(dora: User) -> None:
    with dora.connected() as session:
        query_id = session.run("daily-summary", **JUNE)
        outcome(session)
        session.send(action="cancel", queryId=query_id)
        assert outcome(session)["type"] == "finished"


def test_a_statement_that_fails_says_why(dora: User, faults: Any) -> None:
    faults(statements={"fail": 1})
    with dora.connected() as session:
        session.run("daily-summary", **JUNE)
        failed = outcome(session)
    assert (failed["type"], failed["code"]) == ("failed", "sql_error")
    assert failed["message"].startswith("The report's SQL was refused by the warehouse: ")
    status, body = dora.get(f"/results/{failed['statementId']}")
    assert (status, body["error"]["code"]) == (409, "query_failed")


def test_a_lost_event_is_healed_by_whoever_reads_the_record(dora: User, faults: Any) -> None:
    faults(events={"drop": 1}, statements={"delay_ms": 11_000})
    with dora.connected() as session:
        query_id = session.run("daily-summary", **JUNE)
        assert session.receive()["type"] == "accepted"
        session.client.settimeout(12)
        with pytest.raises(websocket.WebSocketTimeoutException):
            session.receive()
        session.client.settimeout(20)
        session.send(action="resume", queryIds=[query_id])
        (query,) = session.receive()["queries"]
    assert (query["type"], query["rows"]) == ("finished", 30)


def test_the_sixth_query_at_once_is_refused_with_a_sentence_and_may_come_later(
    dora: User, faults: Any
) -> None:
    faults(statements={"delay_ms": 3000})
    with dora.connected() as session:
        ids = [session.run("daily-summary", **JUNE) for _ in range(6)]
        answers = [session.receive() for _ in range(6)]
        (refused,) = [answer for answer in answers if answer["type"] == "error"]
        assert (refused["code"], refused["retryable"]) == ("too_many_queries", True)
        assert refused["message"].startswith("5 queries are running")
        for query_id in ids:
            session.send(action="cancel", queryId=query_id)
        session.until("error")
        faults(statements={"delay_ms": 0})
        session.run("daily-summary", **JUNE)
        session.until("finished")
