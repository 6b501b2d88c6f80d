"""The grants of every role, against what the handlers really do: nothing is missing, and nothing is too much."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.flow.client import Session, User, get, put_faults
from tests.flow.conftest import Pipeline
from tests.waiting import wait_until

JUNE = {"startDate": "2015-06-01", "endDate": "2015-06-30"}
UNSEEN = {
    "logs:CreateLogStream": "Lambda itself writes what a function logs",
    "logs:PutLogEvents": "Lambda itself writes what a function logs",
    "sqs:SendMessage": "Lambda itself sends the events that a function failed on three times",
}
"""Grants that no call of a handler can use, and why they are needed all the same."""


@pytest.fixture
def lea(pipeline: Pipeline) -> User:
    return User.named(pipeline, f"lea-{uuid4().hex[:8]}")


def run_to_its_end(session: Session) -> dict[str, Any]:
    session.run("daily-summary", **JUNE)
    return session.until("finished", "failed")


def cancel(pipeline: Pipeline, session: Session) -> None:
    put_faults(pipeline, statements={"delay_ms": 5000})
    query_id = session.run("daily-summary", **JUNE)
    session.until("accepted")
    session.send(action="cancel", queryId=query_id)
    session.until("cancelled")
    put_faults(pipeline, statements={"delay_ms": 0})


def fail(pipeline: Pipeline, session: Session) -> None:
    put_faults(pipeline, statements={"fail": 1})
    assert run_to_its_end(session)["type"] == "failed"


def ask_for_what_is_not_there(user: User, session: Session) -> None:
    session.run("no-such-report", **JUNE)
    assert session.until("error")["code"] == "unknown_report"
    assert user.get(f"/reports?topicName=daily-summary&version={'0' * 64}")[0] == 404


def lose_an_event(pipeline: Pipeline, session: Session) -> str:
    put_faults(pipeline, events={"drop": 1})
    query_id = session.run("daily-summary", **JUNE)
    session.until("accepted")
    return query_id


def is_repaired(user: User, query_id: str) -> bool:
    """Read the history, which looks after a query that has been silent for ten seconds."""
    states = {query["queryId"]: query["state"] for query in user.get("/queries")[1]["queries"]}
    return bool(states[query_id] == "finished")


def differences(pipeline: Pipeline, more: str, less: str) -> set[tuple[str, str]]:
    """Give each (role, action) that is in one list of the ledger and not in the other."""
    _, ledger = get(pipeline.tokens.replace("token", "ledger"))
    return {
        (role_id, action)
        for role_id, actions in ledger["roles"].items()
        for action in set(actions[more]) - set(actions[less]) - UNSEEN.keys()
    }


def test_every_granted_action_is_used_and_every_used_one_is_granted(pipeline: Pipeline, lea: User) -> None:
    with lea.connected() as session:
        finished = run_to_its_end(session)
        assert lea.get(f"/results/{finished['statementId']}")[0] == 200
        session.send(action="resume", queryIds=[finished["queryId"]])
        session.until("resumed")
        fail(pipeline, session)
        cancel(pipeline, session)
        ask_for_what_is_not_there(lea, session)
        assert lea.get("/reports")[0] == lea.get("/queries")[0] == 200
        lost = lose_an_event(pipeline, session)
        wait_until(lambda: is_repaired(lea, lost), seconds=60)
    # The end of a connection is told to OnDisconnect after it: what it does is waited for.
    wait_until(lambda: "OnDisconnectRole" not in dict(differences(pipeline, "granted", "used")))
    assert differences(pipeline, "granted", "used") == set()
    assert differences(pipeline, "used", "granted") == set()
    assert "does not allow" not in pipeline.log.text
