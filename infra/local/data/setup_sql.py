"""The warehouse's own set-up files, run in DuckDB: one text for both engines, so that they cannot drift apart."""

from __future__ import annotations

from pathlib import Path

import duckdb
import sqlglot

from infra.local.data.setup_files import FOLDER, TABLES, VIEW

__all__ = ["FOLDER", "TABLES", "VIEW", "for_duckdb", "run_setup"]


def run_setup(connection: duckdb.DuckDBPyConnection, *files: Path) -> None:
    """Execute every statement of these files of Redshift SQL, in order."""
    for file in files:
        for statement in for_duckdb(file.read_text(encoding="utf-8")):
            connection.execute(statement)


def for_duckdb(redshift_sql: str) -> list[str]:
    """The same statements in DuckDB's SQL. Sort keys and distribution mean nothing in one file: they are left out."""
    statements = []
    for statement in sqlglot.parse(redshift_sql, read="redshift", error_level=sqlglot.ErrorLevel.RAISE):
        if statement is not None:
            statement.set("properties", None)
            statements.append(statement.sql(dialect="duckdb", comments=False))
    return statements
