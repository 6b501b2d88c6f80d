"""One row for each construct, over the Data API: what a client gets for it, of which type, or with which sentence.

The rows stand in golden/, golden.py tells how to read them. Sources of the expected values: AWS, Redshift Database
Developer Guide (the page of each function).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from infra.local.redshift import Engine
from infra.local.redshift.errors import SqlError
from infra.local.redshift.gate import DOCUMENTED, function_classes
from infra.local.redshift.walk import FUNCTION_NAMES
from tests.infra.local.redshift.golden import (
    CORRECTED,
    ENGINE_WORDS,
    PAGE,
    REFUSED,
    SAME,
    Row,
    page,
    read_rows,
)
from tests.infra.local.redshift.plain import engine_type, fields_of, plain_answer
from tests.infra.local.redshift.service import ended, execute, serving
from tests.infra.local.redshift.warehouse import make_warehouse

ROWS = read_rows()
ANSWERED = [row for row in ROWS if row.verdict != REFUSED]
REFUSALS = [row for row in ROWS if row.verdict == REFUSED]


@pytest.fixture(scope="module")
def golden_client(engine: Engine) -> Iterator[Any]:
    with serving(engine) as running:
        yield running.client()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("plain") / "taxi.duckdb"
    make_warehouse(path)
    connection = duckdb.connect(str(path), read_only=True)
    yield connection
    connection.close()


def named(row: Row) -> str:
    return row.sql[:70]


def type_of(column: dict[str, Any]) -> str:
    name = str(column["typeName"])
    return f"{name}({column['precision']},{column['scale']})" if name == "numeric" else name


@pytest.mark.parametrize("row", ANSWERED, ids=named)
def test_a_client_gets_redshifts_values_and_types(golden_client: Any, row: Row) -> None:
    identifier = execute(golden_client, row.sql)
    described = ended(golden_client, identifier)
    assert described["Status"] == "FINISHED", described.get("Error")
    result = golden_client.get_statement_result(Id=identifier)
    got = fields_of(result["Records"])
    assert got == row.values()
    assert [[type(value) for value in record] for record in got] == [
        [type(value) for value in record] for record in row.values()
    ]
    assert ", ".join(type_of(column) for column in result["ColumnMetadata"]) == row.types


@pytest.mark.parametrize("row", REFUSALS, ids=named)
def test_a_client_is_told_why_it_cannot_run_and_what_to_write(
    golden_client: Any, engine: Engine, row: Row
) -> None:
    if row.sql and ":many" not in row.sql:
        error = ended(golden_client, execute(golden_client, row.sql))["Error"]
    else:  # botocore sends no empty text
        with engine.session() as session, pytest.raises(SqlError) as raised:
            session.run(row.sql, {})
        error = str(raised.value)
    assert error.startswith("ERROR: ")
    assert row.sentence in error
    assert not ENGINE_WORDS.search(error), error


@pytest.mark.parametrize("row", [row for row in ANSWERED if row.verdict in {SAME, CORRECTED}], ids=named)
def test_same_and_corrected_are_told_apart_by_a_plain_translation(
    plain: duckdb.DuckDBPyConnection, row: Row
) -> None:
    verdict = SAME if plain_answer(plain, row.sql) == (row.values(), row.types) else CORRECTED
    assert verdict == row.verdict


@pytest.mark.parametrize("row", ANSWERED, ids=named)
def test_the_engine_gives_the_very_types_that_the_metadata_names(engine: Engine, row: Row) -> None:
    translation = engine.translate(row.sql)
    with engine.session() as session:
        description = session._cursor.execute(translation.sql).description
    kinds = [engine_type(str(column[1])) for column in description or ()]
    assert ", ".join(str(kind) for kind in kinds) == row.types


@pytest.mark.parametrize(
    "row", [row for row in ANSWERED if not re.search(r"limit|;|\btop\b", row.sql)], ids=named
)
def test_few_rows_are_read_another_way_and_give_the_same(engine: Engine, row: Row) -> None:
    with engine.session() as session:
        result = session.run(f"{row.sql}\nlimit 401", {})
    assert fields_of(result.page(0)) == row.values()


def test_each_function_that_the_laptop_has_stands_in_a_table() -> None:
    written = " ".join(row.sql for row in ANSWERED).upper()
    missing = [name for name in FUNCTION_NAMES if not re.search(rf"\b{name}\b", written)]
    assert missing == []


def test_each_listed_function_has_a_class_and_each_of_ours_is_documented() -> None:
    classes = function_classes()
    ours = {name for name in FUNCTION_NAMES if not name.startswith("APPROXIMATE ")}
    assert {name: classes.get(name) for name in ours} == dict.fromkeys(ours, DOCUMENTED)


def test_no_statement_stands_twice_in_a_table() -> None:
    statements = [row.sql for row in ROWS]
    assert [sql for sql in statements if statements.count(sql) > 1] == []


def test_the_page_is_made_of_these_tables() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), f"write it with: python -m {page.__module__}"
