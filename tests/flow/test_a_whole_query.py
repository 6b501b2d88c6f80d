"""One query, all the way: what a client that is not ours sees."""

from __future__ import annotations

import pytest

from tests.flow.client import User, get, items
from tests.flow.conftest import Pipeline
from tests.waiting import wait_until

JUNE = {"startDate": "2015-06-01", "endDate": "2015-06-30"}


@pytest.fixture
def ana(pipeline: Pipeline) -> User:
    return User.named(pipeline, "ana")


def attachments(pipeline: Pipeline, query_id: str) -> list[dict[str, object]]:
    """Find the items that tie a connection to a query."""
    return [item for item in items(pipeline) if "connectionId" in item and item.get("queryId") == query_id]


def test_a_query_goes_all_the_way_and_leaves_only_its_record(pipeline: Pipeline, ana: User) -> None:
    with ana.connected() as session:
        query_id = session.run("daily-summary", **JUNE)
        answers = session.by_type("accepted", "finished")
        (attachment,) = attachments(pipeline, query_id)
        statement_id = answers["accepted"]["statementId"]
        assert answers["finished"]["queryId"] == answers["accepted"]["queryId"] == query_id
        assert answers["finished"]["statementId"] == statement_id
        assert answers["finished"]["rows"] == 30
        assert attachment["topicName"] == "daily-summary"
        assert attachment["statementId"] == statement_id
        status, page = ana.get(f"/results/{statement_id}")
        assert (status, len(page["records"]), page["totalRows"]) == (200, 30, 30)
        assert User.named(pipeline, "bob").get(f"/results/{statement_id}")[0] == 404
    wait_until(lambda: not attachments(pipeline, query_id))
    status, history = ana.get("/queries")
    states = {query["queryId"]: query["state"] for query in history["queries"]}
    assert (status, states[query_id]) == (200, "finished")


def test_a_query_may_start_with_the_connection(ana: User) -> None:
    with ana.connected("?topicName=daily-summary&startDate=2015-06-01&endDate=2015-06-02") as session:
        finished = session.receive()
    assert (finished["type"], finished["rows"]) == ("finished", 2)
    assert ana.get(f"/results/{finished['statementId']}")[1]["totalRows"] == 2


def test_every_used_action_is_granted_and_no_call_was_refused(pipeline: Pipeline, ana: User) -> None:
    with ana.connected() as session:
        session.run("daily-summary", **JUNE)
        session.by_type("accepted", "finished")
    _, ledger = get(pipeline.tokens.replace("token", "ledger"))
    assert "does not allow" not in pipeline.log.text
    assert "redshift-data:ExecuteStatement" in ledger["roles"]["StatementRole"]["used"]


def test_reports_and_data_are_described(ana: User) -> None:
    status, catalogue = ana.get("/reports")
    assert status == 200
    assert "daily-summary" in {report["topicName"] for report in catalogue["reports"]}
    assert catalogue["data"]["synthetic"] is True
    assert catalogue["problems"] == []
