"""A statement's life as a client sees it: submit, describe, result; and what each call refuses."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.infra.local.redshift.service import USER, Service, ended, error_of, execute, serving

JUNE = """with days as (
    select tpep_pickup_datetime::date as pickup_date, count(*) as trips,
           round(avg(fare_amount::float8), 2) as mean_fare,
           sum(case when valid_fare then total_amount end)::float8
               / nullif(sum(case when valid_fare then 1 end), 0) as per_trip
    from trips
    where tpep_pickup_datetime >= :startDate::date and tpep_pickup_datetime < :endDate::date + 1
    group by 1
)
select days.*, calendar.event from days left join calendar on calendar.day = days.pickup_date order by 1
limit 401"""
DATES = [{"name": "startDate", "value": "2015-06-01"}, {"name": "endDate", "value": "2015-06-30"}]


def test_a_daily_report_comes_back_with_its_types(client: Any) -> None:
    identifier = execute(client, JUNE, Parameters=DATES)
    description = ended(client, identifier)
    assert description["Status"] == "FINISHED", description.get("Error")
    result = client.get_statement_result(Id=identifier)
    assert [column["name"] for column in result["ColumnMetadata"]] == [
        "pickup_date", "trips", "mean_fare", "per_trip", "event",
    ]  # fmt: skip
    assert [column["typeName"] for column in result["ColumnMetadata"]] == [
        "date", "int8", "float8", "float8", "varchar",
    ]  # fmt: skip
    assert result["TotalNumRows"] == len(result["Records"]) == 30
    assert "NextToken" not in result
    assert result["Records"][0][:2] == [{"stringValue": "2015-06-01"}, {"longValue": 85}]
    assert result["Records"][27][4] == {"stringValue": "Pride"}
    assert result["Records"][0][4] == {"isNull": True}


def test_a_submit_answers_with_id_time_database_and_workgroup(client: Any) -> None:
    answer = client.execute_statement(WorkgroupName="local", Database="dev", Sql="select 1 as one")
    del answer["ResponseMetadata"]
    # facts RD-1 and RD-2: nothing more
    assert set(answer) == {"Id", "CreatedAt", "Database", "WorkgroupName"}


def test_select_1_is_described_as_on_aws(client: Any) -> None:
    identifier = execute(client, "select 1")
    ended(client, identifier)
    result = client.get_statement_result(Id=identifier)
    # fact RD-14
    assert result["Records"] == [[{"longValue": 1}]]
    assert result["ColumnMetadata"] == [
        {
            "isCaseSensitive": False, "isCurrency": False, "isSigned": True, "label": "?column?",
            "name": "?column?", "length": 0, "nullable": 1, "precision": 10, "scale": 0,
            "schemaName": "", "tableName": "", "typeName": "int4",
        }
    ]  # fmt: skip


def test_while_it_runs_the_description_has_no_figures(service: Service, client: Any) -> None:
    service.switches.values["delay_ms"] = 60_000
    identifier = execute(client, "select 1")
    description = client.describe_statement(Id=identifier)
    # fact RD-8
    assert description["Status"] in {"SUBMITTED", "PICKED", "STARTED"}
    assert [description[key] for key in ("Duration", "ResultRows", "ResultSize")] == [-1, -1, -1]
    assert description["RedshiftQueryId"] == 0
    assert description["HasResultSet"] is False
    with pytest.raises(ClientError) as raised:
        client.get_statement_result(Id=identifier)
    assert error_of(raised) == (
        "ResourceNotFoundException",
        "Query does not have result. Please check query status with DescribeStatement.",
    )


def test_afterwards_it_has_them(client: Any) -> None:
    identifier = execute(client, JUNE, Parameters=DATES)
    description = ended(client, identifier)
    assert description["Duration"] > 0
    assert description["ResultRows"] == 30
    assert description["ResultSize"] > 0
    assert description["HasResultSet"] is True
    assert description["RedshiftPid"] > 1 << 30  # fact RD-4
    assert description["QueryString"] == JUNE
    assert description["QueryParameters"] == DATES
    assert description["UpdatedAt"] >= description["CreatedAt"]


def test_bad_sql_is_a_failed_statement_and_no_error_of_the_call(client: Any) -> None:
    description = ended(client, execute(client, "select * from no_such_table"))
    # fact RD-11
    assert description["Status"] == "FAILED"
    assert description["Error"].startswith('ERROR: relation "no_such_table" does not exist')
    assert description["HasResultSet"] is False


def test_an_empty_result_is_a_result(client: Any) -> None:
    identifier = execute(client, "select vendorid from trips where fare_amount > 1000000")
    assert ended(client, identifier)["HasResultSet"] is True
    result = client.get_statement_result(Id=identifier)
    assert (result["Records"], result["TotalNumRows"]) == ([], 0)
    assert result["ColumnMetadata"][0]["typeName"] == "int2"


@pytest.mark.parametrize("call", ["describe_statement", "get_statement_result", "cancel_statement"])
def test_an_unknown_id_does_not_exist(client: Any, call: str) -> None:
    unknown = "d9b6c0c9-0747-4bf4-b142-e8883122f766"
    with pytest.raises(ClientError) as raised:
        getattr(client, call)(Id=unknown)
    assert error_of(raised) == ("ResourceNotFoundException", "Query does not exist.")
    assert raised.value.response["ResourceId"] == unknown


def test_a_malformed_id_is_refused_with_the_pattern(client: Any) -> None:
    with pytest.raises(ClientError) as raised:
        client.describe_statement(Id="nonsense")
    assert error_of(raised) == (
        "ValidationException",
        r"id must satisfy regex pattern: ^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}(:\d+)?$",
    )


def test_a_result_is_forgotten_after_24_hours(service: Service, client: Any) -> None:
    identifier = execute(client, "select 1")
    ended(client, identifier)
    service.clock.offset = timedelta(hours=23, minutes=59)
    assert client.get_statement_result(Id=identifier)["TotalNumRows"] == 1
    service.clock.offset = timedelta(hours=24, seconds=1)
    with pytest.raises(ClientError, match=r"Query does not exist\."):
        client.get_statement_result(Id=identifier)


def test_closing_ends_what_runs_and_leaves_no_thread(engine: Any) -> None:
    with serving(engine) as service:
        service.switches.values["delay_ms"] = 60_000
        for _ in range(3):
            execute(service.client(), "select 1")
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("statement")]


SUBMIT = {"WorkgroupName": "local", "Database": "dev", "Sql": "select 1"}
ANY_ID = {"Id": "d9b6c0c9-0747-4bf4-b142-e8883122f766"}


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in SUBMIT.items() if name != key}


@pytest.mark.parametrize(
    ("call", "request_", "named"),
    [
        ("batch_execute_statement", {**without("Sql"), "Sqls": ["select 1"]}, "BatchExecuteStatement"),
        ("list_tables", without("Sql"), "ListTables"),
        ("get_statement_result_v2", ANY_ID, "GetStatementResultV2"),
        ("describe_statement", {**ANY_ID, "WaitTimeSeconds": 5}, "WaitTimeSeconds"),
        ("execute_statement", {**SUBMIT, "WaitTimeSeconds": 5}, "WaitTimeSeconds"),
        ("execute_statement", {**SUBMIT, "ResultFormat": "CSV"}, "CSV"),
        ("execute_statement", {**SUBMIT, "SessionKeepAliveSeconds": 9}, "SessionKeepAliveSeconds"),
        ("execute_statement", {**without("WorkgroupName"), "ClusterIdentifier": "c"}, "ClusterIdentifier"),
        ("execute_statement", without("WorkgroupName"), "WorkgroupName"),
        ("execute_statement", {**SUBMIT, "WorkgroupName": "No Such!"}, "WorkgroupName"),
        ("execute_statement", without("Database"), "Database"),
        ("execute_statement", {**SUBMIT, "StatementName": "n" * 501}, "StatementName"),
        ("execute_statement", {**SUBMIT, "Sql": f"select '{'x' * 102_400}'"}, "100 KB"),
    ],
)
def test_what_is_not_imitated_or_not_valid_is_refused_by_name(
    client: Any, call: str, request_: dict[str, Any], named: str
) -> None:
    with pytest.raises(ClientError) as raised:
        getattr(client, call)(**request_)
    code, message = error_of(raised)
    assert code == "ValidationException"
    assert named in message


def test_500_active_statements_are_the_limit(service: Service, client: Any) -> None:
    service.switches.values["delay_ms"] = 120_000
    request = {"WorkgroupName": "local", "Database": "dev", "Sql": "select 1"}
    for _ in range(500):
        assert service.api.answer("ExecuteStatement", request, USER)[0] == 200
    with pytest.raises(ClientError) as raised:
        execute(client, "select 1")
    assert error_of(raised) == (
        "ActiveStatementsExceededException",
        "Active statements exceeded the allowed quota (500).",
    )
