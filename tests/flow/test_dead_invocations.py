"""Functions that die between two calls, and a warehouse whose clock is wrong: the answer still comes, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from tests.flow.client import Session, User, put_faults
from tests.flow.conftest import Pipeline
from tests.waiting import wait_until

JUNE = {"startDate": "2015-06-01", "endDate": "2015-06-30"}


@pytest.fixture
def kim(pipeline: Pipeline) -> User:
    return User.named(pipeline, f"kim-{uuid4().hex[:8]}")


def run_again(session: Session, query_id: str) -> None:
    session.send(action="run", queryId=query_id, topicName="daily-summary", parameters=JUNE)


@pytest.mark.parametrize("step", range(1, 7))
def test_a_submission_that_dies_after_any_step_is_completed_by_the_same_run(
    pipeline: Pipeline, kim: User, step: int
) -> None:
    put_faults(pipeline, handlers={"OnConnectFunction": {"kill_after": step}})
    with kim.connected() as session:
        query_id = session.run("daily-summary", **JUNE)
        refusal = session.receive()
        while "type" in refusal:  # the outcome may come before API Gateway says that the answer did not
            refusal = session.receive()
        assert refusal["message"] == "Internal server error"
        run_again(session, query_id)
        finished = session.until("finished")
    assert kim.get(f"/results/{finished['statementId']}")[0] == 200
    assert [query["queryId"] for query in kim.get("/queries")[1]["queries"]] == [query_id]


@pytest.mark.parametrize("step", range(1, 4))
def test_a_notice_whose_sender_dies_after_any_step_comes_from_the_next_try(
    pipeline: Pipeline, kim: User, step: int
) -> None:
    put_faults(pipeline, handlers={"SendMessageFunction": {"kill_after": step}})
    with kim.connected() as session:
        query_id = session.run("daily-summary", **JUNE)
        assert session.until("finished")["queryId"] == query_id
    # The notice is here before its sender has the answer to the post, after which it may be the one to die.
    wait_until(lambda: put_faults(pipeline)["handlers"]["SendMessageFunction"]["kill_after"] == 0)


def test_a_warehouse_whose_clock_is_behind_keeps_its_result_as_long_as_it_says_itself(
    pipeline: Pipeline, kim: User
) -> None:
    put_faults(pipeline, clock={"skew_s": -3600})
    try:
        with kim.connected() as session:
            session.run("daily-summary", **JUNE)
            submitted = session.until("accepted")["submittedAt"]
            expires = session.until("finished")["resultExpiresAt"]
    finally:
        put_faults(pipeline, clock={"skew_s": 0})
    kept = datetime.fromisoformat(expires) - datetime.fromisoformat(submitted)
    assert kept < timedelta(hours=24)
