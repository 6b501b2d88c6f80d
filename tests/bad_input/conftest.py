"""A stand-in with one more report, which has a parameter of every kind; and what it has been made to do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import boto3
import pytest
import requests

from tests.flow.client import User
from tests.flow.conftest import REPOSITORY, Pipeline, running


class Statements:
    """Counts what the warehouse was given."""

    def __init__(self, data_api: Any) -> None:
        self._data_api = data_api

    def count(self) -> int:
        pages = self._data_api.get_paginator("list_statements").paginate(Status="ALL")
        return sum(len(page["Statements"]) for page in pages)


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    sql = tmp_path_factory.mktemp("analyst") / "sql"
    shutil.copytree(REPOSITORY / "sql", sql)
    shutil.copy(Path(__file__).with_name("every-kind.sql"), sql / "reports")
    with running(tmp_path_factory.mktemp("data"), 0.001, sql) as pipeline:
        yield pipeline
    # What a caller did wrong is his fault, not one of ours.
    assert [line for line in pipeline.log.lines if " ERROR " in line] == []


@pytest.fixture
def eve(pipeline: Pipeline) -> User:
    """Somebody who has asked nothing yet."""
    return User.named(pipeline, f"eve-{uuid4().hex[:8]}")


@pytest.fixture
def bob(pipeline: Pipeline) -> User:
    """Somebody else."""
    return User.named(pipeline, f"bob-{uuid4().hex[:8]}")


@pytest.fixture
def port(pipeline: Pipeline) -> int:
    """The port of the gateway."""
    found = urlsplit(pipeline.rest).port
    assert found is not None
    return found


@pytest.fixture(scope="session")
def statements(pipeline: Pipeline) -> Iterator[Statements]:
    """The statements that the warehouse was ever given."""
    client = boto3.Session("local", "local", region_name="us-east-1").client(
        "redshift-data", endpoint_url=pipeline.aws
    )
    yield Statements(client)
    client.close()


@pytest.fixture
def nothing_submitted(statements: Statements, eve: User) -> Iterator[None]:
    """Whatever the test sends, no statement and no record of the user's comes of it."""
    before = statements.count()
    yield
    assert statements.count() == before
    assert eve.get("/queries")[1]["queries"] == []


@pytest.fixture
def faults(pipeline: Pipeline) -> Iterator[Any]:
    """Switches faults of the stand-in on; they are off again after the test."""
    address = pipeline.tokens.replace("token", "faults")

    def put(**groups: Any) -> None:
        requests.put(address, json=groups, timeout=10).raise_for_status()

    yield put
    put(statements={"delay_ms": 0, "fail": 0}, results={"expire": 0})
