"""The synthetic data at a thousandth of the year and as the sample of one per cent, each made once for all tests.

Also where several processes run them: who comes second waits for the first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from infra.local.data import Dataset, prepare

SCALE = 0.001
SAMPLE = 0.01


def quiet(_: str) -> None:
    """For tests that do not care what is said."""


def folder_of_all(factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder for all processes of a run of the tests; nothing in it may be changed."""
    own = factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return prepare(folder_of_all(tmp_path_factory, "data"), SCALE, quiet)


@pytest.fixture(scope="session")
def year(dataset: Dataset) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(dataset.database), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def whole_sample(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return prepare(folder_of_all(tmp_path_factory, "sample"), SAMPLE, quiet)


@pytest.fixture(scope="session")
def sample(whole_sample: Dataset) -> Iterator[duckdb.DuckDBPyConnection]:
    """1,461,130 trips: where chance would blur what a test must tell apart."""
    with duckdb.connect(str(whole_sample.database), read_only=True) as connection:
        yield connection


def one(connection: duckdb.DuckDBPyConnection, expression: str, condition: str = "true") -> float:
    """One number over the trips that meet a condition."""
    row = connection.execute(f"SELECT ({expression})::DOUBLE FROM trips WHERE {condition}").fetchone()
    assert row is not None
    return float(row[0])


def share(connection: duckdb.DuckDBPyConnection, predicate: str, condition: str = "true") -> float:
    """The share of the trips that meet a condition for which a predicate is true."""
    return one(connection, f"avg(CASE WHEN {predicate} THEN 1 ELSE 0 END)", condition)
