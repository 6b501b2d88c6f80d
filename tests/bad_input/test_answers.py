"""Answers that are not there: not yours, not yet, never, no more."""

from __future__ import annotations

from typing import Any

import requests

from tests.bad_input.cases import NOBODYS_ID, WEEK
from tests.bad_input.talk import FOREVER, ask, cancel
from tests.flow.client import User


def test_56_a_strangers_answer_cannot_be_told_from_none(eve: User, bob: User) -> None:
    with eve.connected() as session:
        statement_id = ask(session)["statementId"]
    foreign, absent = bob.get(f"/results/{statement_id}"), bob.get(f"/results/{NOBODYS_ID}")
    for _, body in (foreign, absent):
        assert body["error"].pop("requestId")
    assert foreign == absent
    assert foreign[0] == 404


def test_63_a_running_statement_says_when_to_ask_again(eve: User, faults: Any) -> None:
    faults(statements={"delay_ms": FOREVER})
    with eve.connected() as session:
        session.run("every-kind", **WEEK)
        accepted = session.receive()
        address = f"{eve.pipeline.rest}/results/{accepted['statementId']}"
        reply = requests.get(address, headers={"Authorization": f"Bearer {eve.token}"}, timeout=20)
        assert (reply.status_code, reply.headers["Retry-After"]) == (202, "2")
        assert reply.json() == {"state": "running", "queryId": accepted["queryId"], "retryAfterSeconds": 2}
        cancel(session, accepted["queryId"])
        status, body = eve.get(f"/results/{accepted['statementId']}")
    assert (status, body["error"]["code"]) == (409, "query_cancelled")


def test_64_what_failed_or_was_cancelled_has_no_rows(eve: User, faults: Any) -> None:
    faults(statements={"fail": 1})
    with eve.connected() as session:
        session.run("every-kind", **WEEK)
        failed = session.until("failed")  # the end may overtake `accepted`, and be the answer itself
    status, body = eve.get(f"/results/{failed['statementId']}")
    assert (status, body["error"]["code"], body["error"]["message"]) == (
        409,
        "query_failed",
        failed["message"],
    )


def test_65_an_answer_that_has_expired_is_gone(eve: User, faults: Any) -> None:
    with eve.connected() as session:
        statement_id = ask(session)["statementId"]
    faults(results={"expire": 1})
    status, body = eve.get(f"/results/{statement_id}")
    assert (status, body["error"]["code"]) == (410, "result_expired")
