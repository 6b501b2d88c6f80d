"""Cancel: it wins or the end wins, never both."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.infra.local.redshift.service import Service, ended, error_of, execute

HEAVY = """select count(*) as pairs from trips a, trips b, trips c
where (a.vendorid + b.vendorid + c.vendorid) % 7 = 6"""


def wait_until_started(client: Any, identifier: str) -> None:
    for _ in range(2_000):
        if client.describe_statement(Id=identifier)["Status"] == "STARTED":
            return
        time.sleep(0.005)
    raise AssertionError("it did not start")


def test_a_running_statement_ends_as_aborted_without_a_result(service: Service, client: Any) -> None:
    identifier = execute(client, HEAVY, WithEvent=True)
    wait_until_started(client, identifier)
    assert client.cancel_statement(Id=identifier)["Status"] is True
    description = ended(client, identifier)
    assert (description["Status"], description["HasResultSet"]) == ("ABORTED", False)
    assert "Error" not in description
    assert [event["detail"]["state"] for event in service.inbox.wait_for(1)] == ["ABORTED"]


def test_a_delayed_statement_is_cancelled_at_once(service: Service, client: Any) -> None:
    service.switches.values["delay_ms"] = 3_600_000
    identifier = execute(client, "select 1", WithEvent=True)
    client.cancel_statement(Id=identifier)
    assert client.describe_statement(Id=identifier)["Status"] == "ABORTED"
    assert len(service.inbox.wait_for(1)) == 1


@pytest.mark.parametrize(("sql", "state"), [("select 1", "FINISHED"), ("select nothing", "FAILED")])
def test_an_ended_statement_cannot_be_cancelled(client: Any, sql: str, state: str) -> None:
    identifier = execute(client, sql)
    ended(client, identifier)
    with pytest.raises(ClientError) as raised:
        client.cancel_statement(Id=identifier)
    assert error_of(raised) == (
        "ValidationException",
        f"Could not cancel a query that is already in {state} state with ID: {identifier}",
    )


def test_cancel_and_end_never_both_win(service: Service, client: Any) -> None:
    for _ in range(40):
        identifier = execute(client, "select count(*) as trips from trips", WithEvent=True)
        answers: list[bool] = []

        def cancel(wanted: str = identifier, answers: list[bool] = answers) -> None:
            status, _ = service.api.answer(
                "CancelStatement", {"Id": wanted}, "arn:aws:iam::123456789012:user/local"
            )
            answers.append(status == 200)

        threads = [threading.Thread(target=cancel) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        state = ended(client, identifier)["Status"]
        assert state == ("ABORTED" if any(answers) else "FINISHED")
    assert len(service.inbox.wait_for(40)) == 40
