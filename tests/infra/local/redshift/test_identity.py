"""Idempotency, ownership, listing, events and faults."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.infra.local.redshift.service import ACCOUNT, ROLE, USER, Service, ended, error_of, execute

SUBMIT = {"WorkgroupName": "local", "Database": "dev", "Sql": "select count(*) as trips from trips"}
UNKNOWN = ("ResourceNotFoundException", "Query does not exist.")


class TestClientToken:
    """The same token is the same statement."""

    def test_eight_racing_submits_are_one_execution(self, service: Service) -> None:
        request = {**SUBMIT, "ClientToken": "t" * 64, "WithEvent": True}
        together, identifiers = threading.Barrier(8), []

        def submit() -> None:
            together.wait()
            _, body = service.api.answer("ExecuteStatement", dict(request), f"{ROLE}/one")
            identifiers.append(body["Id"])

        threads = [threading.Thread(target=submit) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(identifiers) == 8
        assert len(set(identifiers)) == 1
        client = service.client(f"{ROLE}/one")
        ended(client, identifiers[0])
        assert len(client.list_statements(Status="ALL")["Statements"]) == 1
        assert len(service.inbox.wait_for(1)) == 1

    def test_other_tokens_and_none_are_other_statements(self, client: Any) -> None:
        made = {execute(client, "select 1", ClientToken=token) for token in ("a", "b", "a")}
        assert len(made | {execute(client, "select 1"), execute(client, "select 1")}) == 4

    def test_another_role_with_the_same_token_has_its_own_statement(self, service: Service) -> None:
        mine = execute(service.client(f"{ROLE}/one"), "select 1", ClientToken="same")
        assert execute(service.client(), "select 1", ClientToken="same") != mine

    def test_a_token_is_forgotten_after_eight_hours(self, service: Service, client: Any) -> None:
        first = execute(client, "select 1", ClientToken="same")
        service.clock.offset = timedelta(hours=7, minutes=59)
        assert execute(client, "select 1", ClientToken="same") == first
        service.clock.offset = timedelta(hours=8, seconds=1)
        assert execute(client, "select 1", ClientToken="same") != first


class TestOwnership:
    """A statement belongs to the role that submitted it."""

    def test_another_session_of_the_role_reads_it(self, service: Service) -> None:
        identifier = execute(service.client(f"{ROLE}/on-connect"), "select 1")
        reader = service.client(f"{ROLE}/get-results")
        ended(reader, identifier)
        assert reader.get_statement_result(Id=identifier)["TotalNumRows"] == 1

    @pytest.mark.parametrize("call", ["describe_statement", "get_statement_result", "cancel_statement"])
    @pytest.mark.parametrize("stranger", [USER, f"arn:aws:sts::{ACCOUNT}:assumed-role/other/on-connect"])
    def test_for_everybody_else_it_does_not_exist(self, service: Service, call: str, stranger: str) -> None:
        identifier = execute(service.client(f"{ROLE}/on-connect"), "select 1")
        ended(service.client(f"{ROLE}/on-connect"), identifier)
        with pytest.raises(ClientError) as raised:
            getattr(service.client(stranger), call)(Id=identifier)
        assert error_of(raised) == UNKNOWN


class TestListing:
    """ListStatements shows the role's own, newest first."""

    def test_by_default_only_finished_ones_are_listed(self, client: Any) -> None:
        good = execute(client, "select 1", StatementName="ana/1")
        bad = execute(client, "select nothing", StatementName="ana/2")
        ended(client, good), ended(client, bad)
        listed = client.list_statements()["Statements"]
        assert [(one["Id"], one["StatementName"], one["Status"]) for one in listed] == [
            (good, "ana/1", "FINISHED")
        ]
        assert [one["Id"] for one in client.list_statements(Status="ALL")["Statements"]] == [bad, good]
        assert [one["Id"] for one in client.list_statements(Status="FAILED")["Statements"]] == [bad]

    def test_a_name_is_a_prefix_with_case(self, client: Any) -> None:
        for name in ("ana/1", "Ana/1", "bob/1"):
            execute(client, "select 1", StatementName=name)
        listed = client.list_statements(Status="ALL", StatementName="ana/")["Statements"]
        assert [one["StatementName"] for one in listed] == ["ana/1"]

    def test_pages_hold_what_was_asked_for(self, client: Any) -> None:
        made = [execute(client, "select 1") for _ in range(5)]
        pages = list(
            client.get_paginator("list_statements").paginate(Status="ALL", PaginationConfig={"PageSize": 2})
        )
        assert [one["Id"] for page in pages for one in page["Statements"]] == made[::-1]
        assert [len(page["Statements"]) for page in pages] == [2, 2, 1]

    def test_others_statements_are_not_listed(self, service: Service) -> None:
        execute(service.client(f"{ROLE}/one"), "select 1")
        execute(service.client(f"{ROLE}/two"), "select 1")
        assert service.client().list_statements(Status="ALL")["Statements"] == []
        one = service.client(f"{ROLE}/one")
        assert len(one.list_statements(Status="ALL")["Statements"]) == 2
        assert len(one.list_statements(Status="ALL", RoleLevel=False)["Statements"]) == 1


class TestEvents:
    """One event per ended statement that asked for it, as EventBridge delivers it."""

    def test_a_finished_statement(self, service: Service) -> None:
        client = service.client(f"{ROLE}/OnConnectFunction")
        identifier = execute(client, SUBMIT["Sql"], WithEvent=True, StatementName="owner/query")
        (event,) = service.inbox.wait_for(1)
        # fact EV-1
        assert set(event) == {
            "version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail",
        }  # fmt: skip
        assert (event["version"], event["source"]) == ("0", "aws.redshift-data")
        assert event["detail-type"] == "Redshift Data Statement Status Change"
        assert (event["account"], event["region"]) == (ACCOUNT, "us-east-1")
        assert datetime.strptime(event["time"], "%Y-%m-%dT%H:%M:%S%z")
        # fact RD-16
        (resource,) = event["resources"]
        assert resource.startswith(f"arn:aws:redshift-serverless:us-east-1:{ACCOUNT}:workgroup/")
        expires_at = event["detail"].pop("expireAt")
        assert type(expires_at) is int  # fact EV-5
        created_at = client.describe_statement(Id=identifier)["CreatedAt"].timestamp()
        assert expires_at == int(created_at + 24 * 3600)
        # facts EV-2 and EV-3
        assert event["detail"] == {
            "principal": f"{ROLE}/OnConnectFunction",
            "statementName": "owner/query",
            "statementId": identifier,
            "state": "FINISHED",
            "rows": 1,
        }

    def test_a_failed_statement_has_no_rows(self, service: Service, client: Any) -> None:
        execute(client, "select nothing", WithEvent=True)
        (event,) = service.inbox.wait_for(1)
        assert (event["detail"]["state"], event["detail"]["rows"]) == ("FAILED", -1)  # fact EV-4

    def test_without_with_event_there_is_none(self, service: Service, client: Any) -> None:
        ended(client, execute(client, "select 1"))
        execute(client, "select 2", WithEvent=True)
        assert len(service.inbox.wait_for(1)) == 1

    def test_the_status_can_be_read_when_the_event_comes(self, service: Service, client: Any) -> None:
        seen: list[str] = []

        def look(event: dict[str, Any]) -> None:
            request = {"Id": event["detail"]["statementId"]}
            seen.append(service.api.answer("DescribeStatement", request, USER)[1]["Status"])

        service.inbox.look_first = look
        execute(client, "select 1", WithEvent=True)
        service.inbox.wait_for(1)
        assert seen == ["FINISHED"]


class TestFaults:
    """What the local console can make go wrong."""

    def test_fail(self, service: Service, client: Any) -> None:
        service.switches.counts["fail"] = 1
        states = [ended(client, execute(client, "select 1"))["Status"] for _ in range(2)]
        assert states == ["FAILED", "FINISHED"]

    def test_abort(self, service: Service, client: Any) -> None:
        service.switches.counts["abort"] = 1
        states = [ended(client, execute(client, "select 1"))["Status"] for _ in range(2)]
        assert states == ["ABORTED", "FINISHED"]

    def test_throttle_is_what_a_client_retries(self, service: Service, client: Any) -> None:
        service.switches.counts["throttle"] = 1
        answer = service.api.answer("ExecuteStatement", dict(SUBMIT), USER)
        assert answer == (400, {"__type": "ThrottlingException", "message": "Rate exceeded"})
        service.switches.counts["throttle"] = 1
        assert ended(client, execute(client, "select 1"))["Status"] == "FINISHED"

    def test_no_answer_runs_the_statement_once(self, service: Service, client: Any) -> None:
        service.switches.counts["no_answer"] = 2
        identifier = execute(client, "select 1")
        ended(client, identifier)
        assert service.switches.counts["no_answer"] == 0
        assert [one["Id"] for one in client.list_statements(Status="ALL")["Statements"]] == [identifier]

    def test_delay_comes_before_the_run(self, service: Service, client: Any) -> None:
        service.switches.values["delay_ms"] = 50
        description = ended(client, execute(client, "select 1"))
        assert description["Duration"] >= 50_000_000
