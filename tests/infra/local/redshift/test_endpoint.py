"""Statements for a workgroup or a database that is not there are refused by the call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from infra.local.redshift import Endpoint, Engine
from tests.infra.local.redshift.service import Service, error_of, execute, serving

ARN = "arn:aws:redshift-serverless:us-east-1:123456789012:workgroup/one"
ENDPOINT = Endpoint(frozenset({"local", ARN}), "dev")


@pytest.fixture
def service(engine: Engine) -> Iterator[Service]:
    with serving(engine, ENDPOINT) as running:
        yield running


@pytest.mark.parametrize("workgroup", ["local", ARN])
def test_the_workgroup_is_known_by_its_name_and_by_its_arn(client: Any, workgroup: str) -> None:
    assert client.execute_statement(WorkgroupName=workgroup, Database="dev", Sql="SELECT 1 AS a")["Id"]


@pytest.mark.parametrize(
    ("workgroup", "name", "message"),
    [
        ("other", "dev", "Redshift endpoint doesn't exist in this region."),
        ("local", "client_connections", 'FATAL: database "client_connections" does not exist'),
    ],
)
def test_any_other_is_refused(client: Any, workgroup: str, name: str, message: str) -> None:
    with pytest.raises(ClientError) as raised:
        client.execute_statement(WorkgroupName=workgroup, Database=name, Sql="SELECT 1 AS a")
    assert error_of(raised) == ("ValidationException", message)


def test_without_an_endpoint_every_name_is_taken(engine: Engine) -> None:
    with serving(engine) as anything:
        assert execute(anything.client(), "SELECT 1 AS a")
