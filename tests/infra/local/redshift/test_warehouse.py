"""Another database takes the place of the one in service while statements run."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from infra.local.redshift import Engine, Warehouse
from infra.local.redshift.engine import Session


def engine(folder: Path, name: str, number: int) -> Engine:
    file = folder / f"{name}.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"CREATE TABLE numbers AS SELECT {number}::INTEGER AS n")
    return Engine(file)


@pytest.fixture
def old(tmp_path: Path) -> Engine:
    return engine(tmp_path, "old", 1)


@pytest.fixture
def new(tmp_path: Path) -> Engine:
    return engine(tmp_path, "new", 2)


def number(session: Session) -> object:
    return session.run("select n from numbers limit 1", {}).page(0)


def is_open(engine: Engine) -> bool:
    try:
        with engine.session():
            return True
    except duckdb.ConnectionException:
        return False


def test_a_statement_keeps_the_rows_that_it_began_with(old: Engine, new: Engine) -> None:
    warehouse = Warehouse(old)
    with warehouse.session() as before:
        expected = number(before)
        warehouse.replace(new)
        with warehouse.session() as after:
            assert number(after) != expected
        assert number(before) == expected
    warehouse.close()


def test_the_old_database_is_closed_when_its_last_statement_has_ended(old: Engine, new: Engine) -> None:
    warehouse = Warehouse(old)
    with warehouse.session(), warehouse.session():
        warehouse.replace(new)
        assert is_open(old)

    assert not is_open(old)
    assert is_open(new)
    warehouse.close()


def test_a_database_that_nobody_reads_is_closed_at_once(old: Engine, new: Engine) -> None:
    warehouse = Warehouse(old)

    warehouse.replace(new)

    assert not is_open(old)
    warehouse.close()
    assert not is_open(new)


def test_a_statement_that_fails_holds_the_old_database_no_longer(old: Engine, new: Engine) -> None:
    warehouse = Warehouse(old)
    with suppress(LookupError), warehouse.session():
        warehouse.replace(new)
        raise LookupError

    assert not is_open(old)
    warehouse.close()
