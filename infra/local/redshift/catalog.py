"""Which tables and views the warehouse has, with Redshift's types."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
from sqlglot import exp

from infra.local.redshift.scope import Column, Columns
from infra.local.redshift.types import declared

_COLUMNS = """
    SELECT table_name, column_name, data_type FROM information_schema.columns
    WHERE table_schema = 'main' ORDER BY table_name, ordinal_position
"""


def read_relations(connection: duckdb.DuckDBPyConnection) -> Mapping[str, Columns]:
    """The columns of each table and view, by its lower-case name.

    Raises:
        RuntimeError: a column has a type that Redshift does not have.
    """
    relations: dict[str, list[Column]] = {}
    for table, name, data_type in connection.execute(_COLUMNS).fetchall():
        kind = declared(exp.DataType.build(data_type, dialect="duckdb"))
        if kind is None:
            raise RuntimeError(
                f"Column {table}.{name} has the type {data_type}, which Redshift does not have."
            )
        relations.setdefault(table.lower(), []).append(Column(name.lower(), kind))
    return relations
