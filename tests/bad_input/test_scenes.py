"""Rows of the table that need something to be there first."""

from __future__ import annotations

from typing import Any

import pytest
import websocket

from tests.bad_input.cases import NOBODYS_ID, WEEK, query, run
from tests.bad_input.conftest import Statements
from tests.bad_input.talk import FOREVER, answer, ask, cancel
from tests.flow.client import User


@pytest.mark.parametrize("text", [":startDate", "{x}", "' OR '1'='1", "%s", "--", "\\", "${x}"])
def test_15_what_looks_like_a_placeholder_stays_text(eve: User, text: str) -> None:
    with eve.connected() as session:
        finished = ask(session, word=text)
    assert eve.get(f"/results/{finished['statementId']}")[1]["records"] == [[text, 7]]


def test_18_zero_with_a_sign_is_zero(eve: User) -> None:
    with eve.connected() as session:
        ask(session, ratio="-0")
    assert eve.get("/queries")[1]["queries"][0]["parameters"]["ratio"] == "0"


def test_26_an_id_keeps_its_question(eve: User, statements: Statements) -> None:
    with eve.connected() as session:
        ask(session)
        before = statements.count()
        query_id = eve.get("/queries")[1]["queries"][0]["queryId"]
        error = answer(session, **run({"word": "other"}, queryId=query_id))
        assert (error["code"], error["queryId"]) == ("query_conflict", query_id)
        with (
            pytest.raises(websocket.WebSocketBadStatusException) as refused,
            eve.connected(query(queryId=query_id, word="other")),
        ):
            pass
    assert refused.value.status_code == 409
    assert statements.count() == before


def test_27_an_id_of_somebody_else_is_a_new_one(eve: User, bob: User) -> None:
    ids = []
    for user in (eve, bob):
        with user.connected() as session:
            session.send(**run())
            ids.append(session.by_type("accepted", "finished")["finished"]["statementId"])
    assert ids[0] != ids[1]


def test_30_one_query_too_many_is_refused_until_another_ends(
    eve: User, bob: User, faults: Any, statements: Statements
) -> None:
    faults(statements={"delay_ms": FOREVER})
    with eve.connected() as session:
        ids = [session.run("every-kind", **WEEK) for _ in range(5)]
        assert {session.receive()["type"] for _ in ids} == {"accepted"}
        before = statements.count()
        session.run("every-kind", **WEEK)
        error = session.receive()
        assert (error["code"], error["field"], error["retryable"]) == ("too_many_queries", None, True)
        with pytest.raises(websocket.WebSocketBadStatusException) as refused, eve.connected(query()):
            pass
        assert refused.value.status_code == 429
        assert statements.count() == before
        cancel(session, ids[0])
        ids.append(session.run("every-kind", **WEEK))
        assert session.receive()["type"] == "accepted"
        cancel(session, *ids[1:])


def test_49_a_strangers_query_cannot_be_cancelled_nor_told_from_none(
    eve: User, bob: User, faults: Any
) -> None:
    faults(statements={"delay_ms": FOREVER})
    with eve.connected() as mine, bob.connected() as theirs:
        query_id = mine.run("every-kind", **WEEK)
        mine.receive()
        foreign = answer(theirs, action="cancel", queryId=query_id)
        absent = answer(theirs, action="cancel", queryId=NOBODYS_ID)
        assert {**foreign, "queryId": ""} == {**absent, "queryId": ""}
        assert eve.get("/queries")[1]["queries"][0]["state"] == "running"
        cancel(mine, query_id)


def test_50_what_has_ended_keeps_its_outcome(eve: User) -> None:
    with eve.connected() as session:
        finished = ask(session)
        assert answer(session, action="cancel", queryId=finished["queryId"]) == finished


def test_51_a_strangers_query_is_unknown_however_often_it_is_asked_after(eve: User, bob: User) -> None:
    with eve.connected() as mine, bob.connected() as theirs:
        finished = ask(mine)
        asked = [finished["queryId"], NOBODYS_ID, finished["queryId"]]
        unknown = [{"type": "unknown", "queryId": query_id} for query_id in asked]
        assert answer(theirs, action="resume", queryIds=asked)["queries"] == unknown
        assert answer(mine, action="resume", queryIds=asked)["queries"] == [finished, unknown[1], finished]


def test_52_the_same_query_again_is_told_where_it_stands(eve: User, statements: Statements) -> None:
    with eve.connected() as session:
        finished = ask(session)
        before = statements.count()
        assert answer(session, **run(queryId=finished["queryId"])) == finished
    assert statements.count() == before
