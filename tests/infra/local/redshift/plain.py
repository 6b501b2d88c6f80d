"""What a plain translation by sqlglot gives on DuckDB, without any of our rules: the measure of `same`."""

from __future__ import annotations

import re
from typing import Any

import duckdb
import sqlglot
from sqlglot.errors import SqlglotError

from infra.local.redshift.errors import SqlError
from infra.local.redshift.results import small_result
from infra.local.redshift.scope import Column
from infra.local.redshift.types import (
    BOOL,
    DATE,
    FLOAT4,
    FLOAT8,
    INT2,
    INT4,
    INT8,
    TIMESTAMP,
    VARCHAR,
    RedshiftType,
    numeric,
)

Answer = tuple[list[list[Any]], str]

# The types that a result may have, by DuckDB's names.
ENGINE_TYPES = {
    "SMALLINT": INT2,
    "INTEGER": INT4,
    "BIGINT": INT8,
    "FLOAT": FLOAT4,
    "DOUBLE": FLOAT8,
    "BOOLEAN": BOOL,
    "VARCHAR": VARCHAR,
    "DATE": DATE,
    "TIMESTAMP": TIMESTAMP,
}
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")


def engine_type(name: str) -> RedshiftType | None:
    """The type that DuckDB calls so; None for one that no client may see."""
    decimal = _DECIMAL.fullmatch(name)
    return numeric(int(decimal[1]), int(decimal[2])) if decimal else ENGINE_TYPES.get(name)


def plain_answer(connection: duckdb.DuckDBPyConnection, sql: str) -> Answer | None:
    """The rows and types; None where it does not run or gives a type that Redshift does not have."""
    try:
        cursor = connection.execute(sqlglot.transpile(sql, read="redshift", write="duckdb")[0])
        kinds = [engine_type(str(column[1])) for column in cursor.description or ()]
        columns = [Column("", kind) for kind in kinds if kind is not None]
        if len(columns) < len(kinds):
            return None
        records = small_result(cursor.fetchall(), columns).page(0)
    except (SqlglotError, duckdb.Error, SqlError):
        return None
    return fields_of(records), ", ".join(str(column.type) for column in columns)


def fields_of(records: list[list[dict[str, Any]]]) -> list[list[Any]]:
    """The values of Fields, None for NULL."""
    return [[None if "isNull" in field else next(iter(field.values())) for field in one] for one in records]
