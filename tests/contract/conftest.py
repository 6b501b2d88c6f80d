"""What the contract suites run against: in-memory ports, adapters over local servers, and, on demand, a real stack."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pipeline.aws.records import DynamoDbRecords
from pipeline.aws.table import Table
from pipeline.core.records import QueryRecord
from pipeline.ports import Records
from tests.contract.clients import local_client
from tests.contract.stack import stack_output
from tests.fakes.records import FakeRecords
from tests.pipeline.builders import query

TABLE = "client_connections"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a deployed stack, unless it is asked for by `-m aws`."""
    if "aws" in str(config.option.markexpr):
        return
    on_aws = [item for item in items if item.get_closest_marker("aws")]
    if on_aws:
        config.hook.pytest_deselected(items=on_aws)
        items[:] = [item for item in items if item not in on_aws]


@pytest.fixture(scope="session")
def moto_address() -> Iterator[str]:
    """Run moto over HTTP for the whole session; only a suite that needs it pays for its import."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="session")
def dynamodb(moto_address: str) -> Iterator[Any]:
    """Give a client of a DynamoDB that has the table as the template makes it."""
    client = local_client("dynamodb", moto_address)
    client.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
        ],
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
    )
    yield client
    client.close()


@pytest.fixture(params=["fake", "local", pytest.param("aws", marks=pytest.mark.aws)])
def records(request: pytest.FixtureRequest) -> Records:
    """Give the table: in memory, over moto, or that of a stack."""
    kinds: dict[str, Callable[[], Records]] = {
        "fake": FakeRecords,
        "local": lambda: DynamoDbRecords(Table(request.getfixturevalue("dynamodb"), TABLE)),
        "aws": lambda: DynamoDbRecords.connect(stack_output("ClientConnectionsTableName")),
    }
    return kinds[request.param]()


@pytest.fixture
def owner() -> str:
    """Give an owner that no other test has."""
    return uuid.uuid4().hex


@pytest.fixture
def connection() -> str:
    """Give a connection that no other test has."""
    return f"{uuid.uuid4().hex[:15]}="


@pytest.fixture
def held(records: Records, owner: str) -> QueryRecord:
    """Give a query that is in the table."""
    record = query(owner=owner)
    assert records.create(record) is None
    return record
