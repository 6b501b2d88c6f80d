"""What the adapter asks of the Data API, and how it reads the API's errors."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from pipeline.aws.warehouse import RedshiftWarehouse, Workgroup
from pipeline.ports import (
    ResultGoneError,
    ResultTooLargeError,
    StatementRefusedError,
    WarehouseBusyError,
)
from tests.contract.clients import local_client
from tests.contract.servers import Reply, Server, serving
from tests.pipeline.builders import STATEMENT_ID

Act = Callable[[RedshiftWarehouse], object]


def execute(warehouse: RedshiftWarehouse, **parameters: str) -> str:
    return warehouse.execute("select 1\nlimit 2", parameters, "owner/query", "t" * 64)


def describe(warehouse: RedshiftWarehouse) -> object:
    return warehouse.describe(STATEMENT_ID)


def cancel(warehouse: RedshiftWarehouse) -> None:
    warehouse.cancel(STATEMENT_ID)


def page(warehouse: RedshiftWarehouse) -> object:
    return warehouse.page(STATEMENT_ID, None)


EVERY_CALL = pytest.mark.parametrize("act", [execute, describe, cancel, page])


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with serving(lambda _: Reply()) as server:
        yield server


@pytest.fixture(scope="module")
def client(running: Server) -> Iterator[Any]:
    client = local_client("redshift-data", running.address)
    yield client
    client.close()


@pytest.fixture
def server(running: Server) -> Server:
    """Give the server with nothing asked yet, and a healthy answer."""
    running.answer = lambda _: said({"Id": STATEMENT_ID})
    running.requests.clear()
    return running


@pytest.fixture
def warehouse(server: Server, client: Any) -> RedshiftWarehouse:
    return RedshiftWarehouse(client, Workgroup("local", "dev"))


def said(body: dict[str, Any]) -> Reply:
    return Reply(200, json.dumps(body).encode(), "application/x-amz-json-1.1")


def failing(server: Server, code: str, message: str = "Why.", status: int = 400) -> None:
    body = json.dumps({"__type": code, "Message": message, "message": message}).encode()
    server.answer = lambda _: Reply(status, body, "application/x-amz-json-1.1")


def asked(server: Server) -> Any:
    return json.loads(server.requests[-1].body)


def test_a_statement_is_asked_for_exactly_as_published(warehouse: RedshiftWarehouse, server: Server) -> None:
    assert execute(warehouse, startDate="2015-06-01") == STATEMENT_ID
    assert asked(server) == {
        "WorkgroupName": "local",
        "Database": "dev",
        "Sql": "select 1\nlimit 2",
        "Parameters": [{"name": "startDate", "value": "2015-06-01"}],
        "StatementName": "owner/query",
        "ClientToken": "t" * 64,
        "WithEvent": True,
    }


def test_a_report_without_parameters_sends_no_list_of_them(
    warehouse: RedshiftWarehouse, server: Server
) -> None:
    execute(warehouse)
    assert "Parameters" not in asked(server)


def test_a_function_without_a_workgroup_starts_nothing(server: Server, client: Any) -> None:
    with pytest.raises(StatementRefusedError):
        execute(RedshiftWarehouse(client, None))
    assert server.requests == []


@EVERY_CALL
@pytest.mark.parametrize(
    "code", ["ThrottlingException", "TooManyRequestsException", "ActiveStatementsExceededException"]
)
def test_an_error_that_says_not_now_is_a_busy_warehouse(
    warehouse: RedshiftWarehouse, server: Server, act: Act, code: str
) -> None:
    failing(server, code)
    with pytest.raises(WarehouseBusyError) as caught:
        act(warehouse)
    assert caught.value.code == "warehouse_busy"


@EVERY_CALL
@pytest.mark.parametrize(
    ("code", "status"),
    [("InternalServerException", 500), ("ExecuteStatementException", 500), ("ServiceUnavailable", 503)],
)
def test_an_error_of_the_service_is_an_unavailable_warehouse(
    warehouse: RedshiftWarehouse, server: Server, act: Act, code: str, status: int
) -> None:
    failing(server, code, status=status)
    with pytest.raises(WarehouseBusyError) as caught:
        act(warehouse)
    assert caught.value.code == "warehouse_unavailable"


@EVERY_CALL
def test_a_warehouse_that_cannot_be_reached_is_unavailable(act: Act) -> None:
    client = local_client("redshift-data", "http://127.0.0.1:9")
    with pytest.raises(WarehouseBusyError) as caught:
        act(RedshiftWarehouse(client, Workgroup("local", "dev")))
    client.close()
    assert caught.value.code == "warehouse_unavailable"


@EVERY_CALL
def test_an_error_of_our_own_making_is_not_hidden(
    warehouse: RedshiftWarehouse, server: Server, act: Act
) -> None:
    failing(server, "AccessDeniedException")
    with pytest.raises(ClientError, match="AccessDenied"):
        act(warehouse)


def test_a_statement_that_is_invalid_is_refused_with_the_services_words(
    warehouse: RedshiftWarehouse, server: Server
) -> None:
    failing(server, "ValidationException", "Parameters list contains unused parameters.")
    with pytest.raises(StatementRefusedError, match="unused parameters"):
        execute(warehouse)


@pytest.mark.parametrize("code", ["ResourceNotFoundException", "ValidationException"])
def test_a_statement_that_is_not_there_is_none_and_its_result_is_gone(
    warehouse: RedshiftWarehouse, server: Server, code: str
) -> None:
    failing(server, code, "Query does not exist.")
    assert describe(warehouse) is None
    cancel(warehouse)
    with pytest.raises(ResultGoneError):
        page(warehouse)


def test_a_result_over_the_services_limit_is_too_large(warehouse: RedshiftWarehouse, server: Server) -> None:
    failing(server, "ValidationException", "Database response exceeded size limit")
    with pytest.raises(ResultTooLargeError):
        page(warehouse)


@pytest.mark.parametrize(
    ("more", "rows", "error"),
    [
        ({"Status": "FINISHED", "ResultRows": 30}, 30, None),
        ({"Status": "FINISHED", "ResultRows": -1}, None, None),
        ({"Status": "STARTED"}, None, None),
        ({"Status": "FAILED", "ResultRows": -1, "Error": "Divide by zero"}, None, "Divide by zero"),
    ],
)
def test_a_description_has_the_services_counts_and_words(
    warehouse: RedshiftWarehouse, server: Server, more: dict[str, Any], rows: int | None, error: str | None
) -> None:
    # facts RD-3, RD-7, RD-8
    server.answer = lambda _: said({"Id": STATEMENT_ID, "UpdatedAt": 1_598_306_926.667, **more})
    description = warehouse.describe(STATEMENT_ID)
    assert description is not None
    assert (description.state, description.rows, description.error) == (more["Status"], rows, error)
    assert description.updated_at.timestamp() == pytest.approx(1_598_306_926.667)


def test_a_page_is_asked_for_by_its_token_and_the_last_has_none(
    warehouse: RedshiftWarehouse, server: Server
) -> None:
    # fact RD-14
    column = {"name": "?column?", "typeName": "int4"}
    body = {"ColumnMetadata": [column], "Records": [[{"longValue": 1}]], "TotalNumRows": 1, "NextToken": ""}
    server.answer = lambda _: said(body)
    raw = warehouse.page(STATEMENT_ID, "token/+=")
    assert asked(server) == {"Id": STATEMENT_ID, "NextToken": "token/+="}
    assert (raw.columns, raw.records, raw.total_rows, raw.next_token) == (
        [("?column?", "int4")],
        [[{"longValue": 1}]],
        1,
        None,
    )
